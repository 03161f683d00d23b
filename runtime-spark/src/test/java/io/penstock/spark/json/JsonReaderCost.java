package io.penstock.spark.json;

import com.sun.management.OperatingSystemMXBean;
import io.penstock.spark.records.InputFile;
import io.penstock.spark.records.RecordColumns;
import io.penstock.spark.records.RecordFiles;
import io.penstock.spark.records.ValueParsers;
import io.penstock.spark.testing.SparkTestSession;
import io.penstock.spec.JsonSource.Layout;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * What reading JSON costs, in MB for each second of CPU, beside Spark's own reader: medians of
 * pairs. Run it with the test class path of this module and the JVM options of a task:
 *
 * <pre>java @jobs/jvm.options -cp … io.penstock.spark.json.JsonReaderCost 9</pre>
 */
final class JsonReaderCost {
  private static final int LINES = 200_000;

  private static final StructType ORDERS =
      StructType.fromDDL(
          "id BIGINT, customer STRING, amount DECIMAL(12,2), weight DOUBLE, paid BOOLEAN,"
              + " at TIMESTAMP, day DATE, items ARRAY<STRUCT<sku: STRING, n: INT>>, note STRING");

  private static final StructType FEW_OF_MANY = StructType.fromDDL("id BIGINT, k7 STRING");

  private JsonReaderCost() {}

  /** Prints the medians; the argument is the number of pairs. */
  public static void main(String[] arguments) throws IOException {
    int pairs = Integer.parseInt(arguments[0]);
    for (Layout layout : Layout.values()) {
      compare("nested orders", layout, pairs, ORDERS, JsonReaderCost::order);
      compare("2 of 32 keys", layout, pairs, FEW_OF_MANY, JsonReaderCost::wide);
    }
  }

  private static String order(int i) {
    return String.format(
        Locale.ROOT,
        "{\"id\": %d, \"customer\": \"customer-%d\", \"amount\": %d.%02d, \"weight\": %s, \"paid\":"
            + " %s, \"at\": \"2026-03-%02dT%02d:%02d:%02d.%06dZ\", \"day\": \"2026-03-%02d\","
            + " \"items\": [{\"sku\": \"sku-%d\", \"n\": %d}, {\"sku\": \"é-%d\", \"n\": 1}],"
            + " \"note\": null}",
        i,
        i % 977,
        i % 100_000,
        i % 100,
        i / 7.0,
        i % 3 == 0,
        1 + i % 28,
        i % 24,
        i % 60,
        i % 60,
        i % 1_000_000,
        1 + i % 28,
        i % 5_000,
        i % 9,
        i % 77);
  }

  private static String wide(int i) {
    StringBuilder line = new StringBuilder("{\"id\": ").append(i);
    for (int key = 0; key < 31; key++) {
      line.append(", \"k").append(key).append("\": \"value ").append(i % (key + 2)).append('"');
    }
    return line.append('}').toString();
  }

  /** Of objects on lines, or of the elements of one array, which Spark knows of documents. */
  private static void compare(
      String what, Layout layout, int pairs, StructType schema, IntFunction<String> line)
      throws IOException {
    Path file = Files.createTempFile("cost", ".json");
    boolean isArray = layout != Layout.LINES;
    try {
      Stream<String> objects = IntStream.range(0, LINES).mapToObj(line);
      if (isArray) {
        Files.writeString(file, objects.collect(Collectors.joining(",\n", "[\n", "\n]\n")));
      } else {
        Files.write(file, objects.toList());
      }
      SparkSession spark = SparkTestSession.spark();
      Dataset<Row> ours =
          RecordFiles.rows(
              spark,
              JsonFormat.of(layout, ValueParsers.STRICT, schema),
              RecordColumns.of(schema),
              List.of(InputFile.of("file:" + file, Files.size(file))));
      Dataset<Row> sparks =
          spark
              .read()
              .schema(schema)
              .option("mode", "FAILFAST")
              .option("multiLine", isArray)
              .json(file.toString());
      double megabytes = Files.size(file) / 1e6;
      List<Double> first = new ArrayList<>();
      List<Double> second = new ArrayList<>();
      for (int i = 0; i < pairs + 2; i++) {
        double own = cpuSeconds(ours);
        double other = cpuSeconds(sparks);
        if (i >= 2) {
          first.add(megabytes / own);
          second.add(megabytes / other);
        }
      }
      System.out.printf(
          Locale.ROOT,
          "%s, %s (%.0f MB): %.1f MB/s of CPU, Spark's reader %.1f, ratio %.2f%n",
          what,
          isArray ? "one array" : "lines",
          megabytes,
          median(first),
          median(second),
          median(first) / median(second));
    } finally {
      Files.delete(file);
    }
  }

  private static double cpuSeconds(Dataset<Row> rows) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    long start = system.getProcessCpuTime();
    rows.write().format("noop").mode("overwrite").save();
    return (system.getProcessCpuTime() - start) / 1e9;
  }

  private static double median(List<Double> values) {
    Collections.sort(values);
    return values.get(values.size() / 2);
  }
}
