package io.penstock.spark.coercion;

import io.penstock.spark.expressions.PlanWalk;
import io.penstock.spark.problems.PlanProblemException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A type with the values at which conversions of it fail, as rows with a column {@code v}. */
final class MetValues {
  private final String type;
  private final Dataset<Row> rows;
  private final Set<Object> keys;

  private MetValues(String type, Dataset<Row> rows) {
    this.type = type;
    this.rows = rows;
    this.keys = keys(rows.collectAsList());
  }

  static List<MetValues> ofEveryType(SparkSession spark) {
    return List.of(
        of(spark, "TINYINT", "-128", "127", "1"),
        of(spark, "SMALLINT", "-32768", "32767", "1"),
        of(spark, "INT", "-2147483648", "2147483647", "16777217", "16777216", "1"),
        of(
            spark,
            "BIGINT",
            "-9223372036854775808",
            "9223372036854775807",
            "9007199254740993",
            "9007199254740992",
            "16777217",
            "1"),
        of(spark, "DECIMAL(5,2)", "-999.99", "0.10", "1"),
        of(spark, "DECIMAL(10,0)", "9999999999", "16777217", "1"),
        of(spark, "DECIMAL(15,0)", "999999999999999", "1"),
        of(spark, "DECIMAL(16,0)", "9007199254740993", "9007199254740992", "1"),
        of(spark, "DECIMAL(20,2)", "900719925474099.31", "0.1", "1"),
        of(spark, "DECIMAL(38,0)", "9".repeat(38), "1"),
        of(spark, "DECIMAL(38,6)", "9".repeat(32) + ".123456", "1.123457", "1"),
        of(spark, "DECIMAL(38,12)", "1.123456789012", "1.123457", "1"),
        of(spark, "DECIMAL(38,20)", "0.00000000000000000001", "1"),
        of(spark, "DECIMAL(38,38)", "0." + "1".repeat(38)),
        of(spark, "FLOAT", "16777216", "0.1", "1", "3.4028235E38", "1.4E-45", "Infinity"),
        of(spark, "DOUBLE", "9007199254740992", "0.1", "16777217", "1", "4.9E-324", "Infinity"),
        of(spark, "STRING", "1", "01", "1.0", "true", "2026-03-01", "2026-03-01 00:00:00"),
        of(spark, "BOOLEAN", "true", "false"),
        of(spark, "BINARY", "1", "a"),
        of(spark, "DATE", "2026-03-01", "1970-01-02", "9999-12-31"),
        of(spark, "TIMESTAMP", "2026-03-01 00:00:00", "2026-03-01 12:00:00.123456"),
        of(spark, "TIMESTAMP_NTZ", "2026-03-01 00:00:00", "2026-03-01 12:00:00.123456"));
  }

  private static MetValues of(SparkSession spark, String type, String... texts) {
    String values =
        Stream.of(texts)
            .map(text -> "(CAST('%s' AS %s))".formatted(text, type))
            .collect(Collectors.joining(", "));
    // Rows of an inline table are columns, which aren't constants.
    return new MetValues(type, spark.sql("SELECT v FROM VALUES " + values + " AS t(v)"));
  }

  Dataset<Row> rows() {
    return rows;
  }

  Set<Object> and(MetValues other) {
    Set<Object> all = new HashSet<>(keys);
    all.addAll(other.keys);
    return all;
  }

  Set<Object> common(MetValues other) {
    Set<Object> common = new HashSet<>(keys);
    common.retainAll(other.keys);
    return common;
  }

  Set<Object> without(MetValues other) {
    Set<Object> own = new HashSet<>(keys);
    own.removeAll(other.keys);
    return own;
  }

  static Set<Object> keys(List<Row> rows) {
    return rows.stream().map(row -> key(row.get(0))).collect(Collectors.toSet());
  }

  /** Something that is equal for two values if they are the same value, whatever their types. */
  static Object key(Object value) {
    if (value instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.stripTrailingZeros();
    }
    if (value instanceof Float || value instanceof Double) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? new BigDecimal(number).stripTrailingZeros() : number;
    }
    if (value instanceof Number whole) {
      return BigDecimal.valueOf(whole.longValue()).stripTrailingZeros();
    }
    return time(value);
  }

  private static Object time(Object value) {
    if (value instanceof java.sql.Timestamp time) {
      return time.toInstant();
    }
    if (value instanceof java.sql.Date date) {
      return date.toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    if (value instanceof LocalDate date) {
      return date.atStartOfDay().toInstant(ZoneOffset.UTC);
    }
    return value instanceof LocalDateTime time ? time.toInstant(ZoneOffset.UTC) : value;
  }

  /** Whether values meet in an analysed plan that their common type doesn't hold. */
  static boolean isRefused(Dataset<Row> rows) {
    return !refusals(rows).isEmpty();
  }

  static List<String> refusals(Dataset<Row> rows) {
    List<PlanProblemException> found = new ArrayList<>();
    PlanWalk.over(
        rows.queryExecution().analyzed(),
        plan -> found.addAll(LossyMeetings.in(plan)),
        expression -> found.addAll(LossyMeetings.in(expression)));
    return found.stream().map(PlanProblemException::getMessage).distinct().toList();
  }

  @Override
  public String toString() {
    return type;
  }
}
