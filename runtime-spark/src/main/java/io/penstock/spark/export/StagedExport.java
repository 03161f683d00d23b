package io.penstock.spark.export;

/** A version that is complete and that no consumer sees. */
public record StagedExport(ExportTarget target, ExportManifest manifest) implements ExportVersion {}
