package io.penstock.spark.export;

/** A version that is complete and not visible to consumers. */
public record StagedExport(ExportTarget target, ExportManifest manifest) implements ExportVersion {}
