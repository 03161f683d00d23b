package io.penstock.samples.testing;

import io.penstock.engine.EngineSettings;
import io.penstock.jobs.Job;
import io.penstock.jobs.cli.CliContext;
import io.penstock.jobs.cli.CommandLineProgram;
import io.penstock.jobs.cli.EngineFinder;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.result.Redaction;
import io.penstock.jobs.run.Console;
import io.penstock.jobs.run.Stop;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.oracle.ResultTable;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A lake in a temporary folder, with the program to work on it: the one that users start. */
public final class TestLake {
  /**
   * The days that {@link #landed} has landed: the first and the last, the silent one, one on which
   * nobody paid by newsletter, one on which all that came through partners was refunded, two in a
   * row, that of the pages, and those whose folders hold unclosed quotes, lines of other days and
   * one without instant.
   */
  public static final List<LocalDate> LANDED_DAYS =
      Stream.of(
              "2026-01-01",
              "2026-01-17",
              "2026-01-19",
              "2026-02-14",
              "2026-02-20",
              "2026-02-21",
              "2026-03-01",
              "2026-03-03",
              "2026-03-09",
              "2026-03-12",
              "2026-03-24",
              "2026-03-31")
          .map(LocalDate::parse)
          .toList();

  private static final Path SAMPLE = RawLake.samplePath().resolve("arrivals");

  private final Path root;

  private TestLake(Path root) {
    this.root = root;
  }

  /** A lake where nothing has arrived yet. */
  public static TestLake empty() {
    return new TestLake(Folders.temporary());
  }

  /** A lake that somebody else has left, once more. */
  public static TestLake copyOf(Path left) {
    TestLake copy = empty();
    Folders.copy(left, copy.root);
    return copy;
  }

  /** A lake with everything that ever arrived in the sample lake, and nothing made of it. */
  public static TestLake withArrivals() {
    return empty().deliver("");
  }

  /**
   * The lake that all tests of a JVM share: with all arrivals, and landed from them the channels,
   * the payments, and the sessions of {@link #LANDED_DAYS}. Tests may run the jobs that only read
   * what has landed; whoever wants to change more takes a {@link #copy}.
   */
  public static TestLake landed() {
    return Landed.LAKE;
  }

  /**
   * The lake once more, without what jobs have made of the landed tables since. Delta tables name
   * their files relative to themselves.
   */
  public TestLake copy() {
    TestLake copy = empty();
    for (String folder : List.of("arrivals", "raw", "_penstock")) {
      Folders.copy(root.resolve(folder), copy.root.resolve(folder));
    }
    return copy;
  }

  /** Delivers a file or folder below {@code arrivals} of the sample lake, as it arrived there. */
  public TestLake deliver(String path) {
    Folders.copy(SAMPLE.resolve(path), root.resolve("arrivals").resolve(path));
    return this;
  }

  /** Delivers a file of the test's own, in place of one of that name. */
  public TestLake deliver(String path, String content) {
    Path file = root.resolve("arrivals").resolve(path);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write '" + file + "'", e);
    }
    return this;
  }

  /**
   * Writes a Delta table with Spark alone, in one commit.
   *
   * @param query of Spark SQL
   */
  public TestLake write(String path, String query, String... partitionColumns) {
    spark()
        .sql(query)
        .write()
        .format("delta")
        .partitionBy(partitionColumns)
        .save(root.resolve(path).toString());
    return this;
  }

  /** Writes an undivided Delta table with Spark alone, in the place of what it was. */
  public TestLake overwrite(String path, String query) {
    spark()
        .sql(query)
        .write()
        .format("delta")
        .mode("overwrite")
        .save(root.resolve(path).toString());
    return this;
  }

  /** The rows of a query by Spark alone. */
  public Dataset<Row> query(String text) {
    return spark().sql(text);
  }

  /** Runs a statement by Spark alone, in which <code>{raw/x}</code> stands for a Delta table. */
  public TestLake sql(String statement) {
    spark().sql(statement.replaceAll("\\{([^}]*)}", "delta.`" + root + "/$1`"));
    return this;
  }

  /**
   * Lands the other sessions of a month with Spark alone, in one commit and as the oracle says they
   * land: whoever reads a month doesn't have to wait for thirty runs.
   *
   * @param landed the days that have landed
   */
  public TestLake landRestOf(YearMonth month, List<LocalDate> landed) {
    try (RawLake raw = RawLake.sample()) {
      ResultTable rest =
          raw.query(
              """
              SELECT sessionid, ts, day FROM landed_session
              WHERE date_trunc('month', day) = CAST(? AS DATE)
                AND NOT list_contains(CAST(? AS DATE[]), day)
              """,
              month.atDay(1),
              landed);
      Frames.of(spark(), "sessionid STRING, ts TIMESTAMP, day DATE", rest)
          .write()
          .format("delta")
          .mode("append")
          .save(root.resolve("raw/session_timestamp").toString());
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot close the raw lake", e);
    }
    return this;
  }

  /** The lake's root. */
  public Path root() {
    return root;
  }

  /** Runs the program with the sample jobs. */
  public Ended penstock(String... words) {
    return penstock(JobRegistry::onClassPath, unstopped(), words);
  }

  /** Runs the program with these jobs and no others. */
  public Ended penstock(List<Job> jobs, String... words) {
    return penstock(unstopped(), jobs, words);
  }

  /** The same until it is told to stop. */
  public Ended penstock(Stop stop, List<Job> jobs, String... words) {
    return penstock(() -> JobRegistry.of(jobs), stop, words);
  }

  private static Stop unstopped() {
    return new Stop(Stop.Limits.DEFAULT, reason -> {});
  }

  private Ended penstock(Supplier<JobRegistry> jobs, Stop stop, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    List<String> arguments = List.of(words);
    int exitCode =
        CommandLineProgram.execute(
            arguments,
            new CliContext(
                new Console(
                    new PrintStream(out, true, StandardCharsets.UTF_8),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    Console.Screen.LOG,
                    CommandLineProgram.logs(arguments),
                    Redaction.ofArguments(arguments)),
                jobs,
                EngineFinder::find,
                Map.of("PENSTOCK_LAKE", root.toString()),
                root,
                Clock.systemUTC(),
                stop));
    return new Ended(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  /** A Delta table as it is now, read by Spark alone. */
  public Dataset<Row> table(String path) {
    return spark().read().format("delta").load(root.resolve(path).toString());
  }

  /** A Delta table as it was at a version. */
  public Dataset<Row> table(String path, long version) {
    return spark()
        .read()
        .format("delta")
        .option("versionAsOf", version)
        .load(root.resolve(path).toString());
  }

  /** The newest version of a Delta table: its last commit. */
  public long version(String path) {
    try (Stream<Path> log = Files.list(root.resolve(path).resolve("_delta_log"))) {
      return log.map(file -> file.getFileName().toString())
          .filter(name -> name.matches("\\d{20}\\.json"))
          .mapToLong(name -> Long.parseLong(name.substring(0, 20)))
          .max()
          .orElseThrow();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list the commits of '" + path + "'", e);
    }
  }

  /** The versions of all Delta tables, by path. */
  public Map<String, Long> versions() {
    return below("", path -> path.endsWith("_delta_log")).stream()
        .map(log -> root.relativize(log.getParent()).toString())
        .collect(Collectors.toMap(path -> path, this::version));
  }

  /** The text of all exports at their stable paths, by path. */
  public Map<String, String> exports() {
    return below("export", path -> path.toString().matches(".*/export/[^_].*[.]csv")).stream()
        .filter(file -> !file.toString().contains("/_versions/"))
        .collect(Collectors.toMap(file -> root.relativize(file).toString(), TestLake::read));
  }

  private List<Path> below(String folder, Predicate<Path> wanted) {
    try (Stream<Path> paths = Files.walk(root.resolve(folder))) {
      return paths.filter(wanted).toList();
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look into '" + root.resolve(folder) + "'", e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read '" + file + "'", e);
    }
  }

  /** The export of a whole, such as {@code export/top_revenue}. */
  public ExportFile export(String path) {
    return new ExportFile(root.resolve(path), "");
  }

  /** One partition of an export, such as {@code day=2026-03-01}. */
  public ExportFile export(String path, String partition) {
    return new ExportFile(root.resolve(path), partition);
  }

  /** The session of the engine, which opening it starts. */
  private SparkSession spark() {
    EngineSettings settings =
        new EngineSettings(root.toString(), Optional.empty(), Map.of(), EngineSettings.Logs.QUIET);
    EngineFinder.find().open(settings).close();
    return SparkSession.active();
  }

  /** Landing takes most of the time of these tests, so it is done once. */
  private static final class Landed {
    static final TestLake LAKE = land();

    private static TestLake land() {
      TestLake lake = withArrivals();
      lake.penstock("run", "land-channels", "land-payments").well();
      for (LocalDate day : LANDED_DAYS) {
        lake.penstock("run", "land-sessions", "--date", day.toString()).well();
      }
      return lake;
    }
  }
}
