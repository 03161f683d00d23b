package io.penstock.spark.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.dsl.Penstock;
import io.penstock.dsl.Pipeline;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.Engine;
import io.penstock.engine.EngineProvider;
import io.penstock.engine.EngineSettings;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.engine.SparkEngineProvider;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.TypedValue;
import io.penstock.spec.UnitDate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A lake in a directory of a test, with the real engine on it. */
public final class EngineLake {
  public static final Partition DAY = Partition.daily("day");

  private static final Instant STARTED = Instant.parse("2026-04-01T00:00:00Z");
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final SparkSession spark = SparkTestSession.spark();
  private final Path root;
  private final Engine engine;

  public EngineLake(Path root) {
    this(root, new SparkEngineProvider());
  }

  /** A lake with an engine that somebody listens to. */
  public EngineLake(Path root, EngineProvider provider) {
    this.root = root;
    this.engine =
        provider.open(
            new EngineSettings(
                root.toString(),
                Optional.empty(),
                Map.of("spark.sql.shuffle.partitions", "2", "spark.ui.enabled", "false"),
                EngineSettings.Logs.QUIET));
  }

  public Engine engine() {
    return engine;
  }

  public SparkSession spark() {
    return spark;
  }

  /** A place in the lake. */
  public Path path(String lakePath) {
    return root.resolve(lakePath);
  }

  /** Runs a statement in which {@code {lake}/…} stands for a path: {@code delta.`{lake}/raw/t`}. */
  public Dataset<Row> sql(String statement) {
    return spark.sql(statement.replace("{lake}", root.toString()));
  }

  /** A Delta table of a query's rows. */
  public void table(String path, String query, String... partitionColumns) {
    sql(query)
        .write()
        .format("delta")
        .partitionBy(partitionColumns)
        .mode("overwrite")
        .save(path(path).toString());
  }

  /** A file, with the folders above it. */
  public Path file(String path, String content) {
    try {
      Files.createDirectories(path(path).getParent());
      return Files.writeString(path(path), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a Delta table as it is now. */
  public Dataset<Row> rows(String path) {
    return sql("SELECT * FROM delta.`{lake}/" + path + "`");
  }

  /** The latest version of a Delta table. */
  public long version(String path) {
    return sql("DESCRIBE HISTORY delta.`{lake}/" + path + "` LIMIT 1").head().getLong(0);
  }

  /** The content of a file in the lake. */
  public String content(String path) {
    try {
      return Files.readString(path(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The day of March 2026. */
  public static Interval march(int day) {
    return DAY.unitOf(UnitDate.of(String.format(Locale.ROOT, "2026-03-%02d", day)));
  }

  /** A pipeline that has nothing but its writes. */
  public static Pipeline pipeline(Write... writes) {
    return new Pipeline("tested", "", List.of(), List.of(), List.of(writes));
  }

  /** A request for a run; the unit is 1 March where the pipeline has a partition. */
  public static RunRequest request(Pipeline pipeline) {
    return request(
        pipeline, pipeline.partition().map(p -> p.unitOf(UnitDate.of("2026-03-01"))), Map.of());
  }

  /** A request for a run of a unit with arguments. */
  public static RunRequest request(
      Pipeline pipeline, Optional<Interval> unit, Map<String, TypedValue> arguments) {
    return new RunRequest(pipeline, unit, arguments, "run-" + RUNS.incrementAndGet(), STARTED);
  }

  public CompiledRun compile(Write... writes) {
    return engine.compile(request(pipeline(writes)));
  }

  public RunReport run(Write... writes) {
    return run(request(pipeline(writes)));
  }

  public RunReport run(Interval unit, Write... writes) {
    return run(request(pipeline(writes), Optional.of(unit), Map.of()));
  }

  public RunReport run(RunRequest request) {
    return engine.compile(request).execute(new PublishGate(), ProgressListener.SILENT);
  }

  /** Runs, and lets something happen when everything is written and nothing is published. */
  public RunReport run(PublishGate gate, Runnable beforePublishing, Write... writes) {
    ProgressListener listener =
        new ProgressListener() {
          @Override
          public void phase(String name) {
            if (name.equals("publishing")) {
              beforePublishing.run();
            }
          }

          @Override
          public void tasks(int done, int known) {}
        };
    return engine.compile(request(pipeline(writes))).execute(gate, listener);
  }

  /** Runs and expects that everything was published. */
  public RunReport succeed(RunRequest request) {
    RunReport report = run(request);
    assertThat(report.failure()).isEmpty();
    assertThat(report.published()).isEqualTo(RunReport.Published.ALL);
    return report;
  }

  public RunReport succeed(Write... writes) {
    return succeed(request(pipeline(writes)));
  }

  /** What keeps a pipeline of these writes from being run. */
  public InvalidPipelineException invalid(Write... writes) {
    return invalid(request(pipeline(writes)));
  }

  public InvalidPipelineException invalid(RunRequest request) {
    InvalidPipelineException invalid =
        catchThrowableOfType(InvalidPipelineException.class, () -> engine.compile(request));
    assertThat(invalid).as("the pipeline is refused").isNotNull();
    assertThat(invalid.getMessage())
        .as("no stack trace, no plan of Spark and no code of its own")
        .doesNotContain("\tat ", "SQLSTATE", "'Project", "+- ", "Relation [", "java.", "scala.");
    return invalid;
  }

  /** The problems of rows, written to a table that isn't there. */
  public List<Problem> problems(io.penstock.dsl.Rows rows) {
    return invalid(rows.to(Penstock.delta("mart/out").overwrite())).problems();
  }

  /** The only problem of rows. */
  public Problem problem(io.penstock.dsl.Rows rows) {
    List<Problem> problems = problems(rows);
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }
}
