package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.Cleaning;
import io.penstock.engine.CompiledRun;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.UnfinishedRun;
import io.penstock.engine.UnfinishedRun.Ending;
import io.penstock.plan.Write;
import io.penstock.spark.engine.ListeningEngines;
import io.penstock.spark.export.ExportTarget;
import io.penstock.spark.export.Exports;
import io.penstock.spark.export.PartitionSegment;
import io.penstock.spark.testing.Dying;
import io.penstock.spark.testing.EngineLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;

/** A lake on which whole runs go well or die, and beside it what it has to hold. */
final class WholeRuns implements AutoCloseable {
  private static final String TABLE = "mart/report";
  private static final String EXPORT = "export/report";
  private static final List<String> SINKS = List.of(EXPORT, TABLE);
  private static final Pipeline PIPELINE =
      pipeline(outputs(new Attempt(1, 0, new AtomicBoolean())));
  private static final String RETENTION_CHECK =
      "spark.databricks.delta.retentionDurationCheck.enabled";
  private static final int ROWS = 3;
  private static final int DAYS = 2;

  /** From BEGUN to JOURNALLED, three for each of two outputs, and SETTLED. */
  private static final int STEPS_OF_A_RUN = 11;

  private final Random random;
  private final Tally tally;
  private final Dying dying = new Dying();
  private final EngineLake lake;
  private final Exports exports;
  private final Map<String, Attempt> held = new HashMap<>();
  private final List<Attempt> journal = new ArrayList<>();
  private int runs;

  /** What was done. */
  static final class Tally {
    private int steps;
    private int crashes;
    private int completed;
    private int givenUp;

    int crashes() {
      return crashes;
    }

    int steps() {
      return steps;
    }

    boolean reaches(int wantedCrashes, int wantedSteps) {
      return crashes >= wantedCrashes && steps >= wantedSteps;
    }

    @Override
    public String toString() {
      return "%s steps, %s of them crashes, %s completed by recovery, %s given up"
          .formatted(steps, crashes, completed, givenUp);
    }
  }

  /**
   * A run as the model knows it.
   *
   * @param number of all runs: a later one of the same day has a higher one
   */
  private record Attempt(int day, int number, AtomicBoolean vacuumed) {
    String token() {
      return "t" + number;
    }
  }

  static void fill(Path root) {
    new EngineLake(root)
        .table(
            "raw/orders",
            "SELECT id, explode(array(DATE'2026-03-01', DATE'2026-03-02')) AS day FROM range("
                + ROWS
                + ")",
            "day");
  }

  WholeRuns(Path template, Path root, Random random, Tally tally) {
    try {
      FileUtils.copyDirectory(template.toFile(), root.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.random = random;
    this.tally = tally;
    this.lake = new EngineLake(root, ListeningEngines.tell(dying));
    this.exports = new Exports(lake.spark().sessionState().newHadoopConf());
  }

  /** Something happens, and everything is as it has to be. */
  void step() {
    tally.steps++;
    int day = 1 + random.nextInt(DAYS);
    switch (random.nextInt(12)) {
      case 0 -> succeed(day);
      case 1 -> refuse(day);
      case 2 -> vacuum();
      case 3 -> lake.engine().lake().cleaning(List.of(), Cleaning.LEAST_AGE).remove();
      case 4 -> recover();
      default -> die(day);
    }
    requireHeld(day);
  }

  /** Every day is brought to an end, by a run that nobody disturbs. */
  void finish() {
    for (int day = 1; day <= DAYS; day++) {
      succeed(day);
      requireHeld(day);
    }
    assertThat(lake.engine().lake().unfinished()).isEmpty();
  }

  private void succeed(int day) {
    completeEarlier(day);
    Attempt attempt = nextAttempt(day);
    assertThat(run(day, outputs(attempt)).failure()).isEmpty();
    SINKS.forEach(sink -> held.put(day + sink, attempt));
    settled(attempt);
    assertThat(lake.content(EXPORT + "/day=2026-03-0" + day + "/report.csv"))
        .isEqualTo(file(attempt));
  }

  private void refuse(int day) {
    completeEarlier(day);
    Rows rows = rows(nextAttempt(day)).expect(satisfies("id < 0"));
    RunReport report = run(day, outputs(rows));
    assertThat(report.failure().orElseThrow().code()).isEqualTo("CHECK_FAILED");
  }

  /** A run whose process dies at one of its steps. */
  private void die(int day) {
    completeEarlier(day);
    Attempt attempt = nextAttempt(day);
    int last = 1 + random.nextInt(STEPS_OF_A_RUN);
    AtomicInteger steps = new AtomicInteger();
    dying.dieWhen(
        (step, subject) -> {
          switch (step) {
            case JOURNALLED -> journal.add(attempt);
            case VISIBLE -> held.put(day + subject, attempt);
            case SETTLED -> settled(attempt);
            default -> {
              // Nothing that anybody sees.
            }
          }
          return steps.incrementAndGet() == last;
        });
    boolean died = dying.runUntilDeath(() -> run(day, outputs(attempt)));
    assertThat(died).as("the run has %d steps", last).isTrue();
    tally.crashes++;
  }

  /** A run that came to its end is out of the journal, and so are those before it. */
  private void settled(Attempt attempt) {
    journal.removeIf(other -> other.day() == attempt.day() && other.number() <= attempt.number());
  }

  private void recover() {
    assertThat(lake.engine().lake().unfinished()).hasSameSizeAs(journal);
    for (int day = 1; day <= DAYS; day++) {
      completeEarlier(day);
    }
  }

  /** What the next run of a task does first. */
  private void completeEarlier(int day) {
    List<Ending> endings = new ArrayList<>();
    for (UnfinishedRun run : lake.engine().lake().unfinished(PIPELINE, Optional.of(march(day)))) {
      endings.add(run.complete(new PublishGate()).ending());
      run.settle();
    }
    List<Attempt> ofDay = journal.stream().filter(attempt -> attempt.day() == day).toList();
    assertThat(endings).isEqualTo(ofDay.stream().map(this::recovered).toList());
  }

  private Ending recovered(Attempt attempt) {
    int day = attempt.day();
    List<Optional<Attempt>> holders =
        SINKS.stream().map(sink -> Optional.ofNullable(held.get(day + sink))).toList();
    if (holders.stream()
        .flatMap(Optional::stream)
        .anyMatch(holder -> holder.number() > attempt.number())) {
      journal.remove(attempt);
      return Ending.OVERTAKEN;
    }
    if (!holders.contains(Optional.of(attempt))) {
      return Ending.NOT_BEGUN;
    }
    boolean whole = holders.equals(List.of(Optional.of(attempt), Optional.of(attempt)));
    if (!whole && attempt.vacuumed().get()) {
      journal.remove(attempt);
      tally.givenUp++;
      return Ending.GIVEN_UP;
    }
    SINKS.forEach(sink -> held.put(day + sink, attempt));
    settled(attempt);
    tally.completed++;
    return Ending.COMPLETED;
  }

  /** Takes the files of whoever has not committed them yet. */
  private void vacuum() {
    if (!Files.exists(lake.path(TABLE))) {
      return;
    }
    lake.spark().conf().set(RETENTION_CHECK, "false");
    try {
      lake.sql("VACUUM delta.`{lake}/" + TABLE + "` RETAIN 0 HOURS").collect();
    } finally {
      lake.spark().conf().unset(RETENTION_CHECK);
    }
    journal.forEach(attempt -> attempt.vacuumed().set(true));
  }

  private RunReport run(int day, Write... writes) {
    CompiledRun run =
        lake.engine().compile(request(pipeline(writes), Optional.of(march(day)), Map.of()));
    RunReport report = run.execute(new PublishGate(), ProgressListener.SILENT);
    run.settle();
    return report;
  }

  private static Write[] outputs(Attempt attempt) {
    return outputs(rows(attempt));
  }

  private static Write[] outputs(Rows rows) {
    return new Write[] {rows.to(csv(EXPORT).overwrite(DAY)), rows.to(delta(TABLE).overwrite(DAY))};
  }

  private static Rows rows(Attempt attempt) {
    return read(delta("raw/orders").partition(DAY))
        .select("id", "day")
        .with("token", "'" + attempt.token() + "'")
        .orderBy("id");
  }

  private Attempt nextAttempt(int day) {
    return new Attempt(day, runs++, new AtomicBoolean());
  }

  private void requireHeld(int day) {
    assertThat(inTable(day))
        .isEqualTo(Optional.ofNullable(held.get(day + TABLE)).map(Attempt::token));
    assertThat(inExport(day))
        .isEqualTo(Optional.ofNullable(held.get(day + EXPORT)).map(WholeRuns::file));
  }

  /** The token of a day's rows, which are all there and all of one attempt. */
  private Optional<String> inTable(int day) {
    if (!Files.exists(lake.path(TABLE))) {
      return Optional.empty();
    }
    List<Row> found =
        lake.rows(TABLE)
            .where("day = DATE'2026-03-0" + day + "'")
            .groupBy("token")
            .count()
            .collectAsList();
    if (found.isEmpty()) {
      return Optional.empty();
    }
    assertThat(found).as("rows of one attempt").hasSize(1);
    assertThat(found.get(0).getLong(1)).as("all rows of the attempt").isEqualTo(ROWS);
    return Optional.of(found.get(0).getString(0));
  }

  /** The content of the current version of a day. */
  private Optional<String> inExport(int day) {
    ExportTarget target =
        new ExportTarget(
            new org.apache.hadoop.fs.Path(lake.path(EXPORT).toUri()),
            List.of(new PartitionSegment("day", "2026-03-0" + day)));
    return exports
        .current(target)
        .map(export -> export.files().get(0))
        .map(file -> content(Path.of(file.toUri())));
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String file(Attempt attempt) {
    String day = "2026-03-0" + attempt.day();
    String lines =
        IntStream.range(0, ROWS)
            .mapToObj(id -> "%s,%s,%s\n".formatted(id, day, attempt.token()))
            .collect(Collectors.joining());
    return "id,day,token\n" + lines;
  }

  @Override
  public void close() {
    dying.bury();
  }
}
