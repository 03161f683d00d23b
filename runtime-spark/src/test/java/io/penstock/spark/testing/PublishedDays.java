package io.penstock.spark.testing;

import io.penstock.spark.csv.WrittenCsv;
import io.penstock.spark.export.ExportManifest;
import io.penstock.spark.export.ExportProvenance;
import io.penstock.spark.export.ExportTarget;
import io.penstock.spark.export.Exports;
import io.penstock.spark.export.PartitionSegment;
import io.penstock.spec.CsvForm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Publishes units of an export without a run, for tests that need very many of them. */
public final class PublishedDays {
  private PublishedDays() {}

  /**
   * Publishes a unit of one row.
   *
   * @param columns the first of type INT, all others STRING
   */
  public static void publish(
      Exports exports, Path export, String day, List<String> columns, String row) {
    ExportTarget target =
        new ExportTarget(
            new org.apache.hadoop.fs.Path("file:" + export),
            List.of(new PartitionSegment("day", day)));
    byte[] content =
        (String.join(",", columns) + "\n" + row + "\n").getBytes(StandardCharsets.UTF_8);
    Path file = export.resolve("_versions/day=" + day + "/run/rows.csv");
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(column, schema.isEmpty() ? DataTypes.IntegerType : DataTypes.StringType);
    }
    ExportManifest manifest =
        ExportManifest.of(
            target,
            schema,
            CsvForm.PLAIN,
            List.of(new WrittenCsv("rows.csv", 1, content.length, sha256(content))),
            new ExportProvenance("run", 1, "days", day, Map.of(), Instant.EPOCH));
    exports.publish(exports.add(target, manifest), () -> {});
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }
}
