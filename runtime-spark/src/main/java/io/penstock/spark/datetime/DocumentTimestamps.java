package io.penstock.spark.datetime;

import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.CsvToStructs;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.JsonToStructs;
import org.apache.spark.sql.catalyst.expressions.XmlToStructs;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Tells whether Spark's parsers of JSON, CSV and XML may add today's date to a TIMESTAMP.
 *
 * <p>Without a pattern they parse a TIMESTAMP as a cast does, including a time of day. With a
 * pattern they use the date 1970-01-01, unless an option lets them fall back to the cast. Spark's
 * legacy parser, which resolves years of two digits relative to the present, is disabled by the
 * allowed settings.
 */
final class DocumentTimestamps {
  private DocumentTimestamps() {}

  /** Whether the expression parses documents and may add today's date to a TIMESTAMP in them. */
  static boolean mayReadClock(Expression expression) {
    SQLConf conf = SQLConf.get();
    if (expression instanceof JsonToStructs json) {
      return mayReadClock(json.schema(), json.options(), conf.jsonEnableDateTimeParsingFallback());
    }
    if (expression instanceof CsvToStructs csv) {
      return mayReadClock(csv.schema(), csv.options(), conf.csvEnableDateTimeParsingFallback());
    }
    return expression instanceof XmlToStructs xml
        && mayReadClock(xml.schema(), xml.options(), Option.empty());
  }

  private static boolean mayReadClock(
      DataType schema,
      scala.collection.immutable.Map<String, String> options,
      Option<Object> configuredFallback) {
    if (!TextToTime.holdsTimestamp(schema)) {
      return false;
    }
    Map<String, String> given = CollectionConverters.asJava(options);
    List<String> fallback = values(given, "enableDateTimeParsingFallback");
    boolean fallsBack =
        fallback.isEmpty()
            ? configuredFallback.isDefined() && (Boolean) configuredFallback.get()
            : fallback.stream().anyMatch("true"::equalsIgnoreCase);
    return fallsBack || values(given, "timestampFormat").isEmpty();
  }

  /** The values of an option: its name may be given several times, in other letter cases. */
  private static List<String> values(Map<String, String> given, String option) {
    return given.entrySet().stream()
        .filter(entry -> entry.getKey().equalsIgnoreCase(option))
        .map(Map.Entry::getValue)
        .toList();
  }
}
