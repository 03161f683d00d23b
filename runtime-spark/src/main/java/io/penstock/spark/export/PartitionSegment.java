package io.penstock.spark.export;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/**
 * One step of a partition's path, such as {@code day=2026-03-01}. The value is percent-encoded as
 * Hive and Spark do, so that it can hold anything; a column name that would need it is refused.
 *
 * @param column letters, digits and underscores
 * @param value not empty, and all of it Unicode
 */
public record PartitionSegment(String column, String value) {
  private static final Pattern COLUMN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
  private static final Pattern LEFT_ALONE_BY_SPARK = Pattern.compile("[\\x00}]");

  public PartitionSegment {
    if (!COLUMN.matcher(column).matches()) {
      throw ExportErrors.unsafeColumn(column);
    }
    if (value.isEmpty()) {
      throw ExportErrors.emptyPartitionValue(column);
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
      throw ExportErrors.unstorablePartitionValue(column);
    }
  }

  /** The segment as a directory name. */
  public String directory() {
    String escaped = ExternalCatalogUtils.escapePathName(value);
    return column
        + "="
        + LEFT_ALONE_BY_SPARK
            .matcher(escaped)
            .replaceAll(
                match -> String.format(Locale.ROOT, "%%%02X", (int) match.group().charAt(0)));
  }

  /** The segment that {@link #directory} names. */
  static PartitionSegment parse(String directory) {
    int equals = directory.indexOf('=');
    if (equals < 0) {
      throw ExportErrors.notAPartition(directory);
    }
    return new PartitionSegment(
        directory.substring(0, equals),
        ExternalCatalogUtils.unescapePathName(directory.substring(equals + 1)));
  }
}
