package io.penstock.spark.export;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/**
 * One segment of a partition's path, such as {@code day=2026-03-01}. Any value is possible, since
 * it is percent-encoded as in Hive and Spark; a column name that would need encoding is refused.
 *
 * @param column letters, digits and underscores
 * @param value not empty, without half a surrogate pair
 */
public record PartitionSegment(String column, String value) {
  private static final Pattern COLUMN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
  private static final Pattern NOT_ESCAPED_BY_SPARK = Pattern.compile("[\\x00}]");

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
        + NOT_ESCAPED_BY_SPARK
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
