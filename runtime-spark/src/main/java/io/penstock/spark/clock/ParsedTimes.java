package io.penstock.spark.clock;

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
 * Tells of Spark's parsers of documents and patterns whether a time that they read can depend on
 * the clock.
 *
 * <p>Without a pattern they parse a TIMESTAMP as a cast does, a time of day included. With one they
 * take the missing date from 1970, unless they are told to try the cast afterwards. Spark's legacy
 * policy, by which two digits of a year are put into the century around the present, is among the
 * settings that are refused.
 */
final class ParsedTimes {
  private ParsedTimes() {}

  /** Whether the expression parses documents with a TIMESTAMP in them that the clock completes. */
  static boolean completes(Expression expression) {
    SQLConf conf = SQLConf.get();
    if (expression instanceof JsonToStructs json) {
      return completes(json.schema(), json.options(), conf.jsonEnableDateTimeParsingFallback());
    }
    if (expression instanceof CsvToStructs csv) {
      return completes(csv.schema(), csv.options(), conf.csvEnableDateTimeParsingFallback());
    }
    return expression instanceof XmlToStructs xml
        && completes(xml.schema(), xml.options(), Option.empty());
  }

  private static boolean completes(
      DataType schema,
      scala.collection.immutable.Map<String, String> options,
      Option<Object> configuredFallback) {
    if (!TextToTime.holdsTimestamp(schema)) {
      return false;
    }
    Map<String, String> given = CollectionConverters.asJava(options);
    boolean fallsBack =
        option(given, "enableDateTimeParsingFallback")
            ? given.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase("enableDateTimeParsingFallback"))
                .anyMatch(entry -> entry.getValue().equalsIgnoreCase("true"))
            : configuredFallback.isDefined() && (Boolean) configuredFallback.get();
    return !option(given, "timestampFormat") || fallsBack;
  }

  private static boolean option(Map<String, String> given, String name) {
    return given.keySet().stream().anyMatch(name::equalsIgnoreCase);
  }
}
