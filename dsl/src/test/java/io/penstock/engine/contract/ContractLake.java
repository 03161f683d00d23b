package io.penstock.engine.contract;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.read;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.Engine;
import io.penstock.engine.EngineProvider;
import io.penstock.engine.EngineSettings;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A lake into which sales arrive, with the engine on it: they are landed, and reported by day. */
final class ContractLake {
  static final Partition DAY = Partition.daily("day");
  private static final List<Interval> DAYS =
      DAY.unitsIn(
          new Interval(
              Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-03T00:00:00Z")));

  static final Interval FIRST = DAYS.get(0);
  static final Interval SECOND = DAYS.get(1);
  static final LakePath SALES = new LakePath("raw/sales");
  static final LakePath MART = new LakePath("mart/sales");
  static final LakePath EXPORT = new LakePath("export/sales");
  private static final AtomicInteger RUNS = new AtomicInteger();

  private final Path root;
  private final Engine engine;

  ContractLake(Path directory, EngineProvider provider) {
    root = directory.resolve("lake");
    engine =
        provider.open(
            new EngineSettings(
                root.toString(), Optional.empty(), Map.of(), EngineSettings.Logs.QUIET));
  }

  Engine engine() {
    return engine;
  }

  /** Sales of a day as they arrive, of which the second has no number; none leaves the header. */
  ContractLake arrived(Interval day, String... numbers) {
    String date = DAY.valuesOf(day).get(0).text();
    Path file = root.resolve("arrivals/sales").resolve(date).resolve("sales.csv");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, "id,shop\n" + String.join("", List.of(numbers)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** Lands three sales of a day, of which one is of no shop. */
  ContractLake landed(Interval day) {
    arrived(day, "1,a\n", "2,\n", "3,b\n").run(landing(), day);
    return this;
  }

  /** Reads files that arrived, and replaces a day of {@link #SALES}. */
  static Pipeline landing() {
    return Pipeline.named("land-sales")
        .writes(
            read(csv("arrivals/sales/{day}").schema("id INT, shop STRING").partition(DAY))
                .to(delta(SALES.text()).overwrite(DAY)));
  }

  /** Reads a day of {@link #SALES}, and replaces it in {@link #MART} and {@link #EXPORT}. */
  static Pipeline report() {
    return report("report-sales", read(delta(SALES.text()).partition(DAY)));
  }

  /** The report, with a check that the sale of no shop fails. */
  static Pipeline strictReport() {
    return report(
        "report-strictly", read(delta(SALES.text()).partition(DAY)).expect(notNull("shop")));
  }

  private static Pipeline report(String name, Rows rows) {
    return Pipeline.named(name)
        .writes(
            rows.to(delta(MART.text()).overwrite(DAY)), rows.to(csv(EXPORT.text()).overwrite(DAY)));
  }

  static RunRequest request(Pipeline pipeline, Interval unit) {
    return new RunRequest(
        pipeline,
        Optional.of(unit),
        Map.of(),
        "run-" + RUNS.incrementAndGet(),
        Instant.parse("2026-03-03T00:00:00Z"));
  }

  CompiledRun compile(Pipeline pipeline, Interval unit) {
    return engine.compile(request(pipeline, unit));
  }

  /** Runs as a task does: the end is recorded. */
  RunReport run(Pipeline pipeline, Interval unit) {
    CompiledRun run = compile(pipeline, unit);
    RunReport report = run.execute(new PublishGate(), ProgressListener.SILENT);
    run.settle();
    return report;
  }

  /** Runs in a process that is gone before it could record the end. */
  String leaveBehind(Pipeline pipeline, Interval unit) {
    RunRequest request = request(pipeline, unit);
    engine.compile(request).execute(new PublishGate(), ProgressListener.SILENT);
    return request.runId();
  }

  /** The days of a table that aren't there. */
  List<Interval> missing(LakePath table) {
    return engine.lake().missingUnits(table, DAY, DAYS);
  }

  /** Whether anything of the report is published. */
  boolean holdsAReport() {
    return engine.lake().isPresent(MART) || engine.lake().hasExport(EXPORT);
  }
}
