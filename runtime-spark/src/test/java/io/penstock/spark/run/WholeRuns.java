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
import io.penstock.engine.CompiledRun;
import io.penstock.engine.FailureKind;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.engine.UnfinishedRun;
import io.penstock.engine.UnfinishedRun.Ending;
import io.penstock.plan.Write;
import io.penstock.spark.engine.ListeningEngines;
import io.penstock.spark.export.ExportTarget;
import io.penstock.spark.export.Exports;
import io.penstock.spark.export.PartitionSegment;
import io.penstock.spark.run.WholeModel.Attempt;
import io.penstock.spark.testing.Dying;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.LakePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.Row;

/**
 * A lake on which whole runs go well or die, and on which others do what they like, and beside it
 * the {@linkplain WholeModel model} of what it has to hold.
 */
final class WholeRuns implements AutoCloseable {
  private static final String TABLE = "mart/report";
  private static final String EXPORT = "export/report";
  private static final String COPY = "mart/copy";
  private static final int ROWS = 3;
  private static final int DAYS = 2;

  /** From BEGUN to JOURNALLED, three for each of two outputs, and SETTLED. */
  private static final int STEPS_OF_A_RUN = 11;

  private final Random random;
  private final WholeRunsDeck deck;
  private final WholeRunsTally tally;
  private final Dying dying = new Dying();
  private final EngineLake lake;
  private final RandomOthers others;
  private final Exports exports;
  private final boolean tableFirst;
  private final WholeModel model;
  private int runs;

  static void fill(Path root) {
    new EngineLake(root)
        .table(
            "raw/orders",
            "SELECT id, explode(array(DATE'2026-03-01', DATE'2026-03-02')) AS day FROM range("
                + ROWS
                + ")",
            "day");
  }

  WholeRuns(Path template, Path root, Random random, WholeRunsDeck deck, WholeRunsTally tally) {
    try {
      FileUtils.copyDirectory(template.toFile(), root.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.random = random;
    this.deck = deck;
    this.tally = tally;
    this.lake = new EngineLake(root, ListeningEngines.tell(dying));
    this.exports = new Exports(lake.spark().sessionState().newHadoopConf());
    this.tableFirst = random.nextBoolean();
    this.model = new WholeModel(TABLE, anyRun().name());
    this.others = new RandomOthers(random, new OthersOnDelta(lake, TABLE), model);
  }

  /** Something happens, and everything is as it has to be. */
  void step() {
    tally.steps++;
    int day = 1 + random.nextInt(DAYS);
    switch (deck.next()) {
      case RUN_DIES -> die(day);
      case RUN_SUCCEEDS -> succeed(day);
      case RUN_IS_REFUSED -> refuse(day);
      case RECOVER -> recover();
      case DAY_IS_COPIED -> copy(day);
      case STRANGER_COMES -> comeAsStranger(day);
      case OTHERS_ACT -> letOthers(day);
    }
    requireHeld();
  }

  /** Every day is brought to an end, by a run that nobody disturbs. */
  void finish() {
    for (int day = 1; day <= DAYS; day++) {
      succeed(day);
    }
    requireHeld();
    assertThat(lake.engine().lake().unfinished()).isEmpty();
  }

  private void succeed(int day) {
    completeEarlier(day);
    Attempt attempt = nextAttempt(day);
    dying.dieWhen(
        (step, subject) -> {
          model.reached(attempt, step, subject);
          return false;
        });
    assertThat(run(day, outputs(attempt)).failure()).isEmpty();
    dying.dieWhen((step, subject) -> false);
    assertThat(model.table().lines(day)).isEqualTo(attempt.lines());
    assertThat(lake.content(EXPORT + "/day=2026-03-0" + day + "/report.csv"))
        .isEqualTo(file(attempt));
  }

  private void refuse(int day) {
    completeEarlier(day);
    Rows rows = rows(nextAttempt(day).token(), ROWS).expect(satisfies("id < 0"));
    RunReport report = run(day, sinks(rows));
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
          model.reached(attempt, step, subject);
          return steps.incrementAndGet() == last;
        });
    boolean died = dying.runUntilDeath(() -> run(day, outputs(attempt)));
    assertThat(died).as("the run has %s steps", last).isTrue();
    tally.crashes++;
  }

  private void recover() {
    assertThat(lake.engine().lake().unfinished())
        .hasSize(model.journal(1).size() + model.journal(2).size());
    for (int day = 1; day <= DAYS; day++) {
      completeEarlier(day);
    }
  }

  /** What the next run of a task does first. */
  private void completeEarlier(int day) {
    List<Ending> endings = new ArrayList<>();
    for (UnfinishedRun run : lake.engine().lake().unfinished(anyRun(), Optional.of(march(day)))) {
      endings.add(run.complete(new PublishGate()).ending());
      run.settle();
    }
    List<Ending> expected = model.journal(day).stream().map(model::recovered).toList();
    assertThat(endings).isEqualTo(expected);
    tally.completed += Collections.frequency(endings, Ending.COMPLETED);
    tally.givenUp += Collections.frequency(endings, Ending.GIVEN_UP);
  }

  /** A job that reads the day and writes what it finds elsewhere: all of it, or nothing. */
  private void copy(int day) {
    Rows found = read(delta(TABLE).partition(DAY)).select("id", "day", "token");
    Pipeline copy = named("copy", found.to(delta(COPY).overwrite(DAY)));
    if (!model.table().isPresent(day)) {
      requireRefused(copy, day, FailureKind.INPUT_MISSING);
      tally.missing++;
      return;
    }
    assertThat(run(copy, day).failure()).isEmpty();
    assertThat(lines(COPY).get(day - 1)).isEqualTo(model.table().lines(day));
    assertThat(isPresent(COPY, day)).as("the copy of what may have no rows").isTrue();
    tally.copied++;
  }

  /** A job that was renamed or regrained, or whose table is to lie inside this one. */
  private void comeAsStranger(int day) {
    if (model.table().identity().contract().isEmpty()) {
      return;
    }
    Rows rows = rows("stranger", ROWS);
    List<Pipeline> strangers =
        List.of(
            named("renamed", sinks(rows)),
            pipeline(
                rows(read(delta("raw/orders")), "stranger", ROWS).to(delta(TABLE).overwrite())),
            named("nested", rows.to(delta(TABLE + "/detail").overwrite(DAY))));
    requireRefused(strangers.get(random.nextInt(strangers.size())), day, FailureKind.INVALID);
    tally.strangers++;
  }

  private void requireRefused(Pipeline pipeline, int day, FailureKind kind) {
    RunRequest request =
        request(pipeline, pipeline.partition().map(partition -> march(day)), Map.of());
    assertThat(lake.invalid(request).failure().kind()).isEqualTo(kind);
  }

  private void letOthers(int day) {
    if (others.act(day, "o" + runs++)) {
      tally.byOthers++;
    }
  }

  private RunReport run(int day, Write... writes) {
    return run(pipeline(writes), day);
  }

  private RunReport run(Pipeline pipeline, int day) {
    CompiledRun run = lake.engine().compile(request(pipeline, Optional.of(march(day)), Map.of()));
    RunReport report = run.execute(new PublishGate(), ProgressListener.SILENT);
    run.settle();
    return report;
  }

  private Pipeline anyRun() {
    return pipeline(sinks(rows("", ROWS)));
  }

  private static Pipeline named(String name, Write... writes) {
    return new Pipeline(name, "", List.of(), List.of(), List.of(writes));
  }

  private Write[] outputs(Attempt attempt) {
    return sinks(rows(attempt.token(), attempt.rows()));
  }

  private Write[] sinks(Rows rows) {
    Write export = rows.to(csv(EXPORT).overwrite(DAY));
    Write table = rows.to(delta(TABLE).overwrite(DAY));
    return tableFirst ? new Write[] {table, export} : new Write[] {export, table};
  }

  private static Rows rows(String token, int count) {
    return rows(read(delta("raw/orders").partition(DAY)), token, count);
  }

  /** So many orders of each day that is read, under a token. */
  static Rows rows(Rows orders, String token, int count) {
    return orders
        .where("id < " + count)
        .select("id", "day")
        .with("token", "'" + token + "'")
        .orderBy("id");
  }

  private Attempt nextAttempt(int day) {
    return new Attempt(day, runs++, random.nextInt(4) == 0 ? 0 : ROWS);
  }

  private void requireHeld() {
    List<List<String>> lines = lines(TABLE);
    assertThat(lake.engine().lake().isPresent(new LakePath(TABLE)))
        .isEqualTo(model.table().isPresent(1) || model.table().isPresent(2));
    for (int day = 1; day <= DAYS; day++) {
      assertThat(lines.get(day - 1)).as("day %s", day).isEqualTo(model.table().lines(day));
      assertThat(isPresent(TABLE, day))
          .as("whether day %s is there", day)
          .isEqualTo(model.table().isPresent(day));
      assertThat(inExport(day)).isEqualTo(model.inExport(day).map(WholeRuns::file));
    }
  }

  private boolean isPresent(String table, int day) {
    return lake.engine()
        .lake()
        .missingUnits(new LakePath(table), DAY, List.of(march(day)))
        .isEmpty();
  }

  /** The rows of each day, {@code id,token}, in alphabetical order. */
  private List<List<String>> lines(String table) {
    List<List<String>> days =
        IntStream.range(0, DAYS).<List<String>>mapToObj(day -> new ArrayList<>()).toList();
    if (lake.engine().lake().isPresent(new LakePath(table))) {
      for (Row row : lake.rows(table).selectExpr("day(day)", "id", "token").collectAsList()) {
        days.get(row.getInt(0) - 1).add(row.get(1) + "," + row.get(2));
      }
    }
    days.forEach(Collections::sort);
    return days;
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
    String lines =
        IntStream.range(0, attempt.rows())
            .mapToObj(id -> id + ",2026-03-0" + attempt.day() + "," + attempt.token() + "\n")
            .collect(Collectors.joining());
    return "id,day,token\n" + lines;
  }

  @Override
  public void close() {
    dying.bury();
  }
}
