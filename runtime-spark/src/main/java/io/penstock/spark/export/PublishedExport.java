package io.penstock.spark.export;

/** A version that is or was what consumers see. */
public record PublishedExport(ExportTarget target, ExportManifest manifest)
    implements ExportVersion {}
