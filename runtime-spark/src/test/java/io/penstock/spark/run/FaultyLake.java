package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.EngineProvider;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A table and an export of one day, in a lake on a machine with faults. */
final class FaultyLake {
  static final List<String> SINKS = List.of("mart/first", "export/second");

  private final EngineLake lake;
  private final Path root;

  private int arrived;

  /** A lake whose sinks hold a number; the next run is to bring them the next one. */
  FaultyLake(Path root, EngineProvider engines) {
    this.root = root;
    lake = new EngineLake(root, engines);
    arrives();
    succeed();
    arrives();
  }

  EngineLake lake() {
    return lake;
  }

  /** The input becomes one number, the next. */
  void arrives() {
    arrived++;
    lake.table("raw/orders", "SELECT %s AS id, DATE'2026-03-01' AS day".formatted(arrived), "day");
  }

  /** A run of the task to its end, whatever that is. */
  RunReport run() {
    return run(UnaryOperator.identity());
  }

  /** A run whose rows are transformed on the way. */
  RunReport run(UnaryOperator<Rows> transformation) {
    Rows rows = transformation.apply(read(delta("raw/orders").partition(DAY)).select("id", "day"));
    Write[] writes = {
      rows.to(delta("mart/first").overwrite(DAY)), rows.to(csv("export/second").overwrite(DAY))
    };
    CompiledRun run = lake.engine().compile(request(pipeline(writes)));
    RunReport report = run.execute(new PublishGate(), ProgressListener.SILENT);
    if (report.failure().isEmpty()) {
      run.settle();
    }
    return report;
  }

  /** A run that publishes everything, after which nothing is left to complete. */
  void succeed() {
    RunReport report = run();
    assertThat(report.failure()).isEmpty();
    assertThat(report.published()).isEqualTo(RunReport.Published.ALL);
    assertThat(lake.engine().lake().unfinished()).isEmpty();
  }

  /**
   * So many sinks, in the order of publication, hold what arrived last, and the others what came
   * before it.
   */
  void assertPublished(int published) {
    for (int i = 0; i < SINKS.size(); i++) {
      assertThat(held(SINKS.get(i)))
          .as(SINKS.get(i))
          .isEqualTo("%s,2026-03-01".formatted(i < published ? arrived : arrived - 1));
    }
  }

  /** The next run publishes everything; then something arrives for the one behind it. */
  void assertMended() {
    succeed();
    assertPublished(SINKS.size());
    arrives();
  }

  private static boolean isVisible(Path file) {
    return file.toString()
        .matches(".*/(_delta_log/[0-9]+[.]json|_published/.*[.]json|second/day=[^/]*/[^/]+)");
  }

  /** What a plain reader finds. */
  private String held(String sink) {
    return sink.startsWith("export")
        ? lake.content(sink + "/day=2026-03-01/second.csv").replaceFirst("id,day\n", "").strip()
        : String.join(
            "|",
            lake.rows(sink).selectExpr("concat_ws(',', id, day)").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList());
  }

  /**
   * What readers of the sinks go by, each file with its length. What a run has written and can't
   * remove for want of space is not among it.
   */
  Map<String, Long> files() {
    Map<String, Long> files = new TreeMap<>();
    for (String sink : SINKS) {
      try (Stream<Path> tree = Files.walk(root.resolve(sink))) {
        for (Path file : tree.filter(FaultyLake::isVisible).toList()) {
          files.put(root.relativize(file).toString(), Files.size(file));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return files;
  }
}
