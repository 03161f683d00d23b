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
 * <pre>java @jobs/jvm.options -cp … io.penstock.spark.json.JsonReaderCost 7 "one array"</pre>
 */
final class JsonReaderCost {
  private static final int OBJECTS = 200_000;
  private static final int ORDERS_OF_A_DOCUMENT = 1_000;
  private static final int SMALL_DOCUMENTS = 2_000;

  private static final String ORDER =
      "id BIGINT, customer STRING, amount DECIMAL(12,2), weight DOUBLE, paid BOOLEAN,"
          + " at TIMESTAMP, day DATE, items ARRAY<STRUCT<sku: STRING, n: INT>>, note STRING";

  private static final String ALL_KEYS =
      IntStream.range(0, 31)
          .mapToObj(key -> "k" + key + " STRING")
          .collect(Collectors.joining(", ", "id BIGINT, ", ""));

  /** How the objects stand in files. */
  private enum Form {
    LINES("lines", Layout.LINES),
    ARRAY("one array", Layout.MULTI_LINE),
    /** Which Spark reads as lines: it knows no other objects that follow each other. */
    SEQUENCE("one after the other", Layout.MULTI_LINE),
    /** Objects over several lines that hold many, each in a file of its own. */
    DOCUMENTS("large documents", Layout.MULTI_LINE),
    SMALL("small documents", Layout.MULTI_LINE);

    private final String title;
    private final Layout layout;

    Form(String title, Layout layout) {
      this.title = title;
      this.layout = layout;
    }

    StructType schema(String columns) {
      return StructType.fromDDL(
          this == DOCUMENTS
              ? "batch INT, all ARRAY<" + StructType.fromDDL(columns).sql() + ">"
              : columns);
    }

    void write(Path folder, IntFunction<String> object) throws IOException {
      switch (this) {
        case LINES, SEQUENCE ->
            Files.write(folder.resolve("x.json"), objects(0, OBJECTS, object).toList());
        case ARRAY -> Files.writeString(folder.resolve("x.json"), array(0, OBJECTS, object));
        case DOCUMENTS -> {
          for (int i = 0; i < OBJECTS; i += ORDERS_OF_A_DOCUMENT) {
            Files.writeString(
                folder.resolve(i + ".json"),
                "{\n  \"batch\": "
                    + i
                    + ",\n  \"all\": "
                    + array(i, i + ORDERS_OF_A_DOCUMENT, object)
                    + "}\n");
          }
        }
        case SMALL -> {
          for (int i = 0; i < SMALL_DOCUMENTS; i++) {
            Files.writeString(
                folder.resolve(i + ".json"), object.apply(i).replace(", ", ",\n  ") + "\n");
          }
        }
      }
    }

    private static Stream<String> objects(int from, int to, IntFunction<String> object) {
      return IntStream.range(from, to).mapToObj(object);
    }

    private static String array(int from, int to, IntFunction<String> object) {
      return objects(from, to, object).collect(Collectors.joining(",\n", "[\n", "\n]\n"));
    }
  }

  private JsonReaderCost() {}

  /** Prints the medians; the arguments are the number of pairs and a part of what is compared. */
  public static void main(String[] arguments) throws IOException {
    int pairs = Integer.parseInt(arguments[0]);
    String part = arguments.length > 1 ? arguments[1] : "";
    for (Form form : Form.values()) {
      compare("all of nested orders", form, part, pairs, ORDER, JsonReaderCost::order);
      compare(
          "2 of 9 keys of them", form, part, pairs, "id BIGINT, day DATE", JsonReaderCost::order);
      compare("2 of 32 keys", form, part, pairs, "id BIGINT, k7 STRING", JsonReaderCost::wide);
      compare("all of 32 keys", form, part, pairs, ALL_KEYS, JsonReaderCost::wide);
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

  private static void compare(
      String what, Form form, String part, int pairs, String columns, IntFunction<String> object)
      throws IOException {
    String title = what + ", " + form.title;
    if (!title.contains(part)) {
      return;
    }
    Path folder = Files.createTempDirectory("cost");
    form.write(folder, object);
    SparkSession spark = SparkTestSession.spark();
    StructType schema = form.schema(columns);
    List<InputFile> files = new ArrayList<>();
    long bytes = 0;
    for (Path file : files(folder)) {
      files.add(InputFile.of("file:" + file, Files.size(file)));
      bytes += Files.size(file);
    }
    Dataset<Row> ours =
        RecordFiles.rows(
            spark,
            JsonFormat.of(form.layout, ValueParsers.STRICT, schema),
            RecordColumns.of(schema),
            files);
    Dataset<Row> sparks =
        spark
            .read()
            .schema(schema)
            .option("mode", "FAILFAST")
            .option("multiLine", form.layout == Layout.MULTI_LINE && form != Form.SEQUENCE)
            .json(folder.toString());
    double megabytes = bytes / 1e6;
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
        "%s (%.0f MB): %.1f MB/s of CPU, Spark's reader %.1f, ratio %.2f%n",
        title,
        megabytes,
        median(first),
        median(second),
        median(first) / median(second));
    for (Path file : files(folder)) {
      Files.delete(file);
    }
    Files.delete(folder);
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
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
