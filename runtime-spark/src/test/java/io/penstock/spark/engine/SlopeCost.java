package io.penstock.spark.engine;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.oneOf;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.text;
import static io.penstock.dsl.Penstock.unique;
import static io.penstock.spark.testing.EngineLake.DAY;
import static java.util.stream.Collectors.joining;

import io.penstock.dsl.Rows;
import io.penstock.spark.export.Exports;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.PublishedDays;
import io.penstock.spec.Expectation;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import io.penstock.spec.Source;
import io.penstock.spec.UnitDate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * How the cost of plans and looks grows with what they are about: folders, steps, columns,
 * partitions, units. For each work it prints the median for growing sizes, and how much an element
 * of the largest costs beside one of the smallest: about 1, or less, where the cost is linear. Run
 * it with the test class path of this module and the JVM options of a task:
 *
 * <pre>java @jobs/jvm.options -cp … io.penstock.spark.engine.SlopeCost small</pre>
 *
 * {@code large} takes the sizes that real lakes reach; further arguments name the works to run.
 */
final class SlopeCost {
  private static final double LONG = 20;
  private static final Partition REPORT = Partition.daily("report_day");
  private static final Interval UNIT = DAY.unitOf(UnitDate.of("2026-03-01"));

  /** Prepares a size of a work in a lake of its own, and gives what is to be timed. */
  @FunctionalInterface
  private interface Work {
    Runnable of(EngineLake lake, int size);
  }

  private record Sizes(List<Integer> small, List<Integer> large, Work work) {}

  private static final Map<String, Sizes> WORKS = new LinkedHashMap<>();

  static {
    for (String format : List.of("csv", "json", "text", "parquet")) {
      WORKS.put(
          "plan " + format + " folders",
          sizes(List.of(25, 50, 100), List.of(100, 200, 400), planFolders(format)));
    }
    WORKS.put(
        "run json folders",
        sizes(List.of(25, 50, 100), List.of(91, 182, 365), SlopeCost::runFolders));
    WORKS.put("plan diamond", sizes(List.of(3, 6, 9), List.of(5, 10, 15), SlopeCost::planDiamond));
    WORKS.put(
        "plan with steps", sizes(List.of(20, 40, 80), List.of(75, 150, 300), SlopeCost::planWith));
    WORKS.put(
        "show export",
        sizes(List.of(50, 100, 200), List.of(500, 1_000, 2_000), SlopeCost::showExport));
    WORKS.put(
        "publish files",
        sizes(List.of(25, 50, 100), List.of(250, 500, 1_000), SlopeCost::publishFiles));
    WORKS.put(
        "plan notNull",
        sizes(List.of(50, 100, 200), List.of(125, 250, 500), check(n -> notNull(names(n)))));
    WORKS.put(
        "plan unique",
        sizes(List.of(50, 100, 200), List.of(125, 250, 500), check(n -> unique(names(n)))));
    WORKS.put(
        "plan oneOf",
        sizes(
            List.of(500, 1_000, 2_000),
            List.of(1_250, 2_500, 5_000),
            check(
                n ->
                    oneOf(
                        "c0",
                        IntStream.range(0, n).mapToObj(i -> "v" + i).toArray(String[]::new)))));
    WORKS.put(
        "plan satisfies",
        sizes(
            List.of(50, 100, 200),
            List.of(250, 500, 1_000),
            check(
                n ->
                    satisfies(
                        IntStream.range(0, n)
                            .mapToObj(i -> "c0 <> 'v" + i + "'")
                            .collect(joining(" AND "))))));
    WORKS.put(
        "run notNull",
        sizes(List.of(50, 100, 200), List.of(125, 250, 500), runCheck(n -> notNull(names(n)))));
    WORKS.put(
        "run unique",
        sizes(List.of(50, 100, 200), List.of(125, 250, 500), runCheck(n -> unique(names(n)))));
    WORKS.put(
        "missing units",
        sizes(List.of(50, 100, 200), List.of(500, 1_000, 2_000), SlopeCost::missingUnits));
    WORKS.put(
        "plan of a table's units",
        sizes(List.of(50, 100, 200), List.of(100, 200, 400), SlopeCost::planUnits));
  }

  private SlopeCost() {}

  /** Prints the table. */
  public static void main(String[] arguments) throws IOException {
    boolean large = arguments.length > 0 && arguments[0].equals("large");
    List<String> wanted = Stream.of(arguments).skip(1).toList();
    System.out.println("| work | sizes | median, s | last / first, per element |");
    for (Map.Entry<String, Sizes> work : WORKS.entrySet()) {
      if (wanted.isEmpty() || wanted.contains(work.getKey())) {
        Sizes sizes = work.getValue();
        measure(work.getKey(), large ? sizes.large() : sizes.small(), sizes.work());
      }
    }
    System.exit(0);
  }

  private static void measure(String name, List<Integer> sizes, Work work) throws IOException {
    List<Double> medians = new ArrayList<>();
    String end = "";
    warmUp(sizes.get(0), work);
    for (int size : sizes) {
      Path root = Files.createTempDirectory("slope");
      try {
        medians.add(median(work.of(new EngineLake(root), size)));
      } catch (RuntimeException | StackOverflowError e) {
        end =
            size
                + ": "
                + e.getClass().getSimpleName()
                + " "
                + String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        break;
      } finally {
        delete(root);
      }
    }
    int last = medians.size() - 1;
    String ratio =
        last < 1
            ? "-"
            : String.format(
                Locale.ROOT,
                "%.2f",
                medians.get(last) / medians.get(0) * sizes.get(0) / sizes.get(last));
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %s%n",
        name,
        sizes.stream().map(String::valueOf).collect(joining(", ")),
        medians.stream().map(s -> String.format(Locale.ROOT, "%.2f", s)).collect(joining(", ")),
        ratio,
        end);
  }

  private static void warmUp(int size, Work work) throws IOException {
    Path root = Files.createTempDirectory("slope");
    try {
      work.of(new EngineLake(root), size).run();
    } catch (RuntimeException | StackOverflowError e) {
      // The measurement tells of it.
    } finally {
      delete(root);
    }
  }

  /** Of three, after one that isn't counted; of one where it takes long. */
  private static double median(Runnable timed) {
    double first = seconds(timed);
    if (first > LONG) {
      return first;
    }
    List<Double> all = new ArrayList<>(List.of(seconds(timed), seconds(timed), seconds(timed)));
    Collections.sort(all);
    return all.get(1);
  }

  private static double seconds(Runnable timed) {
    long start = System.nanoTime();
    timed.run();
    return (System.nanoTime() - start) / 1e9;
  }

  private static Work planFolders(String format) {
    return (lake, size) -> {
      Source source = folders(lake, format, size);
      return () ->
          lake.compile(
              read(source).to(csv("export/out").overwrite(format.equals("json") ? REPORT : DAY)));
    };
  }

  private static Runnable runFolders(EngineLake lake, int size) {
    Source source = folders(lake, "json", size);
    return () -> lake.succeed(read(source).to(delta("mart/out").overwrite(REPORT)));
  }

  private static Source folders(EngineLake lake, String format, int size) {
    byte[] content = content(lake, format);
    String ending = format.equals("text") ? "txt" : format;
    IntStream.range(0, size)
        .forEach(i -> write(lake, "arrivals/x/" + day(i) + "/a." + ending, content));
    String path = "arrivals/x/{day}";
    return switch (format) {
      case "csv" -> csv(path).schema("a STRING, b INT").partition(DAY.last(size));
      case "json" ->
          json(path).schema("a STRING, b INT").partition(DAY.last(size).as("report_day"));
      case "text" -> text(path).partition(DAY.last(size));
      default -> parquet(path).partition(DAY.last(size));
    };
  }

  private static byte[] content(EngineLake lake, String format) {
    return switch (format) {
      case "csv" -> "a,b\nx,1\n".getBytes(StandardCharsets.UTF_8);
      case "json" -> "{\"a\": \"x\", \"b\": 1}\n".getBytes(StandardCharsets.UTF_8);
      case "text" -> "x\n".getBytes(StandardCharsets.UTF_8);
      default -> parquetFile(lake);
    };
  }

  private static byte[] parquetFile(EngineLake lake) {
    Path made = lake.path("made");
    lake.sql("SELECT 'x' AS a, 1 AS b").coalesce(1).write().parquet(made.toString());
    try (Stream<Path> files = Files.list(made)) {
      Path file = files.filter(f -> f.toString().endsWith(".parquet")).findFirst().orElseThrow();
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Each level joins the one before it with itself. */
  private static Runnable planDiamond(EngineLake lake, int depth) {
    lake.table("raw/t", "SELECT 1 AS id");
    return () -> {
      Rows rows = read(delta("raw/t"));
      for (int level = 0; level < depth; level++) {
        rows = rows.join(rows).using("id");
      }
      lake.compile(rows.to(delta("mart/out").overwrite()));
    };
  }

  private static Runnable planWith(EngineLake lake, int steps) {
    lake.table("raw/t", "SELECT 1 AS id");
    return () -> {
      Rows rows = read(delta("raw/t"));
      for (int step = 0; step < steps; step++) {
        rows = rows.with("c" + step, "id + " + step);
      }
      lake.compile(rows.to(delta("mart/out").overwrite()));
    };
  }

  private static Work check(java.util.function.IntFunction<Expectation> expectation) {
    return (lake, size) -> {
      lake.table("raw/t", wide(size));
      return () ->
          lake.compile(
              read(delta("raw/t"))
                  .expect(expectation.apply(size))
                  .to(delta("mart/out").overwrite()));
    };
  }

  private static Work runCheck(java.util.function.IntFunction<Expectation> expectation) {
    return (lake, size) -> {
      lake.table("raw/t", wide(size));
      return () ->
          lake.succeed(
              read(delta("raw/t"))
                  .expect(expectation.apply(size))
                  .to(delta("mart/out").overwrite()));
    };
  }

  private static String wide(int columns) {
    return Stream.of(names(Math.min(columns, 500)))
        .map(name -> "'x' AS " + name)
        .collect(joining(", ", "SELECT ", ""));
  }

  private static String[] names(int columns) {
    return IntStream.range(0, columns).mapToObj(i -> "c" + i).toArray(String[]::new);
  }

  private static Runnable showExport(EngineLake lake, int partitions) {
    Exports exports = new Exports(new Configuration());
    for (int i = 0; i < partitions; i++) {
      PublishedDays.publish(
          exports, lake.path("export/x"), day(i), List.of("n"), String.valueOf(i));
    }
    return () ->
        lake.engine().lake().show(new LakePath("export/x"), Optional.empty(), 3, Optional.empty());
  }

  /** With the journal, which names every file. */
  private static Runnable publishFiles(EngineLake lake, int files) {
    lake.table("raw/t", "SELECT id FROM range(" + 10 * files + ")");
    return () ->
        lake.succeed(
            read(delta("raw/t")).hint("repartition", files).to(delta("mart/out").overwrite()));
  }

  private static Runnable missingUnits(EngineLake lake, int units) {
    tableOfDays(lake, units);
    List<Interval> asked = DAY.last(2 * units).unitsFor(UNIT);
    return () -> lake.engine().lake().missingUnits(new LakePath("raw/days"), DAY, asked);
  }

  private static Runnable planUnits(EngineLake lake, int units) {
    tableOfDays(lake, units);
    return () ->
        lake.compile(
            read(delta("raw/days").partition(DAY.last(units)))
                .to(csv("export/out").overwrite(DAY)));
  }

  private static void tableOfDays(EngineLake lake, int units) {
    lake.table(
        "raw/days",
        "SELECT date_sub(DATE'2026-03-01', CAST(id AS INT)) AS day, 1 AS n FROM range(0, "
            + units
            + ", 1, 1)",
        "day");
  }

  private static String day(int before) {
    return LocalDate.of(2026, 3, 1).minusDays(before).toString();
  }

  private static void write(EngineLake lake, String path, byte[] content) {
    try {
      Files.createDirectories(lake.path(path).getParent());
      Files.write(lake.path(path), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Sizes sizes(List<Integer> small, List<Integer> large, Work work) {
    return new Sizes(small, large, work);
  }

  private static void delete(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      for (Path path : all.sorted(Collections.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
