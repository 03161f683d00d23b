package io.penstock.spark.csv;

import io.penstock.spark.testing.SparkTestSession;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.sql.types.StructType;

/** Spark's own CSV reader, with options that make it follow RFC 4180. */
final class SparkLoader implements CsvLoader {
  @Override
  public String name() {
    return "Spark " + SparkTestSession.spark().version();
  }

  @Override
  public void load(Path file, StructType schema, Consumer<List<String>> rows) {
    Cells.each(
        SparkTestSession.spark()
            .read()
            .schema(schema)
            .option("header", "true")
            .option("multiLine", "true")
            .option("lineSep", "\n")
            .option("escape", "\"")
            // Otherwise U+0000 is taken for an escape.
            .option("charToEscapeQuoteEscaping", "\"")
            // The meaning of an empty field without quotes; it must differ from emptyValue.
            .option("nullValue", "\u0001 no value \u0001")
            .option("emptyValue", "")
            .option("positiveInf", "Infinity")
            .option("negativeInf", "-Infinity")
            .option("mode", "FAILFAST")
            .csv(file.toString()),
        rows);
  }
}
