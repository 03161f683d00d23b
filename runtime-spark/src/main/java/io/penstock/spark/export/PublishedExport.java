package io.penstock.spark.export;

/** A version that is or was visible to consumers. */
public record PublishedExport(ExportTarget target, ExportManifest manifest)
    implements ExportVersion {}
