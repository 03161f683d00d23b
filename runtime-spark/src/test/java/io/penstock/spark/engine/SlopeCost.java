package io.penstock.spark.engine;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.oneOf;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.unique;
import static io.penstock.spark.testing.EngineLake.DAY;
import static java.util.stream.Collectors.joining;

import io.penstock.dsl.Rows;
import io.penstock.engine.Cleaning;
import io.penstock.spark.export.Exports;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.LandedFiles;
import io.penstock.spark.testing.PublishedDays;
import io.penstock.spec.Expectation;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import io.penstock.spec.Source;
import io.penstock.spec.UnitDate;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/**
 * How the cost of plans and looks grows with what they are about: folders, steps, columns,
 * partitions, units. For each work it prints the median for growing sizes, and how much an element
 * of the largest costs beside one of the smallest: about 1, or less, where the cost is linear; and
 * how much memory each size took at once, beyond what was in use before. Run it with the test class
 * path of this module and the JVM options of a task:
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
    for (LandedFiles format : LandedFiles.values()) {
      String name = format.name().toLowerCase(Locale.ROOT);
      WORKS.put(
          "plan " + name + " folders",
          sizes(List.of(25, 50, 100), List.of(100, 200, 400), planFolders(format)));
      WORKS.put(
          "run " + name + " folders",
          sizes(List.of(25, 50, 100), List.of(91, 182, 365), runFolders(format)));
    }
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
        "write files with Delta alone",
        sizes(List.of(25, 50, 100), List.of(250, 500, 1_000), SlopeCost::writeFiles));
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
        "plan absent units",
        sizes(List.of(20, 40, 80), List.of(50, 100, 200), SlopeCost::planAbsentUnits));
    WORKS.put(
        "plan over commits",
        sizes(
            List.of(25, 50, 100),
            List.of(125, 250, 500),
            commits(
                lake -> lake.compile(read(delta("raw/log")).to(delta("mart/out").overwrite())))));
    WORKS.put(
        "run over commits",
        sizes(
            List.of(25, 50, 100),
            List.of(125, 250, 500),
            commits(lake -> lake.succeed(read(delta("raw/t")).to(delta("raw/log").overwrite())))));
    WORKS.put(
        "clean over commits",
        sizes(
            List.of(25, 50, 100),
            List.of(125, 250, 500),
            commits(
                lake ->
                    lake.engine()
                        .lake()
                        .cleaning(List.of(new LakePath("raw/log")), Cleaning.LEAST_AGE))));
    WORKS.put(
        "plan of a table's units",
        sizes(List.of(50, 100, 200), List.of(100, 200, 400), SlopeCost::planUnits));
  }

  private SlopeCost() {}

  /** Prints the table. */
  public static void main(String[] arguments) throws IOException {
    boolean large = arguments.length > 0 && arguments[0].equals("large");
    List<String> wanted = Stream.of(arguments).skip(1).toList();
    System.out.println("| work | sizes | median, s | last / first, per element | memory, MiB |");
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
    List<Long> mebibytes = new ArrayList<>();
    String end = "";
    warmUp(sizes.get(0), work);
    for (int size : sizes) {
      Path root = Files.createTempDirectory("slope");
      try {
        Runnable timed = work.of(new EngineLake(root), size);
        medians.add(median(timed));
        mebibytes.add(LiveMemory.during(timed) >> 20);
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
        "| %s | %s | %s | %s | %s | %s%n",
        name,
        sizes.stream().map(String::valueOf).collect(joining(", ")),
        medians.stream().map(s -> String.format(Locale.ROOT, "%.2f", s)).collect(joining(", ")),
        ratio,
        mebibytes.stream().map(String::valueOf).collect(joining(", ")),
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

  private static Work planFolders(LandedFiles format) {
    return (lake, size) -> {
      Source source = folders(lake, format, size);
      return () -> lake.compile(read(source).to(csv("export/out").overwrite(REPORT)));
    };
  }

  private static Work runFolders(LandedFiles format) {
    return (lake, size) -> {
      Source source = folders(lake, format, size);
      return () -> lake.succeed(read(source).to(delta("mart/out").overwrite(REPORT)));
    };
  }

  private static Source folders(EngineLake lake, LandedFiles format, int size) {
    format.deliver(lake, "made");
    try (Stream<Path> files = Files.list(lake.path("made"))) {
      Path file =
          files
              .filter(found -> !found.getFileName().toString().matches("[._].*"))
              .findFirst()
              .orElseThrow();
      for (int i = 0; i < size; i++) {
        Path folder = Files.createDirectories(lake.path("arrivals/x/" + day(i)));
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return format.source("arrivals/x/{day}").partition(DAY.last(size).as("report_day"));
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

  /** The same without Penstock. */
  private static Runnable writeFiles(EngineLake lake, int files) {
    lake.table("raw/t", "SELECT id FROM range(" + 10 * files + ")");
    return () ->
        lake.rows("raw/t")
            .repartition(files)
            .write()
            .format("delta")
            .mode("overwrite")
            .save(lake.path("mart/out").toString());
  }

  /** A table that has half of the units that are read, each published by a run. */
  private static Runnable planAbsentUnits(EngineLake lake, int units) {
    lake.table("raw/t", "SELECT 1 AS n");
    for (Interval unit : DAY.last(2 * units).unitsFor(UNIT).subList(0, units)) {
      lake.succeed(
          EngineLake.request(
              EngineLake.pipeline(
                  read(delta("raw/t"))
                      .with("day", "CAST(:from AS DATE)")
                      .to(delta("mart/days").overwrite(DAY))),
              Optional.of(unit),
              Map.of()));
    }
    return () ->
        lake.compile(
            read(delta("mart/days").partition(DAY.last(2 * units)).orEmpty())
                .to(csv("export/out").overwrite(DAY)));
  }

  /** A table with so many commits, none of which is Penstock's. */
  private static Work commits(Consumer<EngineLake> timed) {
    return (lake, commits) -> {
      lake.table("raw/t", "SELECT 1 AS n");
      for (int i = 0; i < commits; i++) {
        lake.sql("SELECT 1 AS n")
            .write()
            .format("delta")
            .mode("append")
            .save(lake.path("raw/log").toString());
      }
      return () -> timed.accept(lake);
    };
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
