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
import io.penstock.spark.publication.Step;
import io.penstock.spark.testing.Dying;
import io.penstock.spark.testing.EngineLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A job and its reader, and between the two whatever can go wrong, each once and by name: the
 * reader copies the whole of a day, or says that it is missing; it never reads nothing.
 */
@Tag("spark")
final class WholeRunPairsTest {
  private static final String TABLE = "mart/report";
  private static final String COPY = "mart/copy";
  private static final int TODAY = 1;
  private static final int OTHER_DAY = 2;

  private static Path template;

  @TempDir private Path directory;
  private final Dying dying = new Dying();
  private EngineLake lake;
  private OthersOnDelta others;

  @BeforeAll
  static void makeALake(@TempDir Path made) {
    template = made;
    WholeRuns.fill(made);
  }

  @BeforeEach
  void aFreshLake() throws IOException {
    useLake(directory.resolve("lake"));
  }

  private void useLake(Path root) throws IOException {
    FileUtils.copyDirectory(template.toFile(), root.toFile());
    lake = new EngineLake(root, ListeningEngines.tell(dying));
    others = new OthersOnDelta(lake, TABLE);
  }

  @AfterEach
  void buryTheDead() {
    dying.bury();
  }

  @Test
  void aRefusedFirstRunIsNotReadAsEmpty() {
    Rows refused = rows("refused", 3).expect(satisfies("id < 0"));

    assertThat(run(report(refused)).failure().orElseThrow().kind()).isEqualTo(FailureKind.DATA);
    requireMissing();
    assertThat(run(report(refused)).failure().orElseThrow().kind()).isEqualTo(FailureKind.DATA);
    requireMissing();

    publish("good", 3);
    assertThat(copied()).containsExactly("0,good", "1,good", "2,good");
  }

  @Test
  void aFirstRunThatDiesIsReadAsAWholeOrNotAtAll() throws IOException {
    requireDeathAt(Step.WRITTEN, "", Optional.empty());
    requireDeathAt(Step.READY, TABLE, Optional.of(Ending.NOT_BEGUN));
    requireDeathAt(Step.VISIBLE, TABLE, Optional.of(Ending.COMPLETED));
  }

  /** The first run of a lake dies at a step, and recovery makes this of it. */
  private void requireDeathAt(Step step, String subject, Optional<Ending> ending)
      throws IOException {
    useLake(directory.resolve("lake-" + step));
    dying.dieWhen((reached, of) -> reached == step && (subject.isEmpty() || of.equals(subject)));
    assertThat(dying.runUntilDeath(() -> run(report(rows("killed", 3))))).as("dies").isTrue();

    assertThat(recover()).isEqualTo(ending.stream().toList());

    if (ending.equals(Optional.of(Ending.COMPLETED))) {
      assertThat(copied()).containsExactly("0,killed", "1,killed", "2,killed");
    } else {
      requireMissing();
    }
  }

  @Test
  void aDeleteBetweenTheTwoOutputsEndsTheRun() {
    publish("before", 3);
    dying.dieAt(Step.PUBLISHED, TABLE);
    dying.runUntilDeath(() -> run(report(rows("killed", 3))));
    others.delete(TODAY);

    assertThat(recover()).containsExactly(Ending.GIVEN_UP);

    requireMissing();
    publish("again", 3);
    assertThat(copied()).containsExactly("0,again", "1,again", "2,again");
  }

  @Test
  void aReaderFindsWhatOthersHaveLeft() {
    publish("empty", 0);
    assertThat(copied()).as("a day without rows").isEmpty();

    others.delete(TODAY);
    requireMissing();

    others.restore(0);
    assertThat(copied()).as("the day without rows, restored").isEmpty();

    others.replace(OTHER_DAY, "other");
    requireMissing();

    others.drop();
    requireMissing();
  }

  @Test
  void aJobThatBecameAnotherChangesNothing() {
    publish("before", 3);
    Rows rows = rows("stranger", 3);
    Rows whole = WholeRuns.rows(read(delta("raw/orders")), "stranger", 3);
    List<Pipeline> strangers =
        List.of(
            named("renamed", rows.to(delta(TABLE).overwrite(DAY))),
            named("renamed", rows.to(csv("export/report").overwrite(DAY))),
            named("tested", whole.to(delta(TABLE).overwrite())),
            named("tested", whole.to(csv("export/report").overwrite())),
            named("nested", rows.to(delta(TABLE + "/detail").overwrite(DAY))),
            named("nested", rows.to(csv(TABLE + "/export").overwrite(DAY))),
            named("nested", rows.to(delta("export/report/detail").overwrite(DAY))));

    for (Pipeline stranger : strangers) {
      assertThat(lake.invalid(today(stranger)).failure().kind())
          .as("%s", stranger.writes().get(0).sink())
          .isEqualTo(FailureKind.INVALID);
    }

    assertThat(others.version()).isZero();
    assertThat(Files.exists(lake.path(TABLE + "/detail"))).isFalse();
    assertThat(copied()).containsExactly("0,before", "1,before", "2,before");
  }

  private void publish(String token, int count) {
    assertThat(run(report(rows(token, count))).failure()).isEmpty();
  }

  private List<Ending> recover() {
    return lake.engine().lake().unfinished().stream().map(WholeRunPairsTest::recovered).toList();
  }

  private static Ending recovered(UnfinishedRun run) {
    Ending ending = run.complete(new PublishGate()).ending();
    run.settle();
    return ending;
  }

  private void requireMissing() {
    assertThat(lake.invalid(today(copy())).failure().kind()).isEqualTo(FailureKind.INPUT_MISSING);
  }

  /** What the reader writes, {@code id,token}. */
  private List<String> copied() {
    assertThat(run(copy()).failure()).isEmpty();
    return lake.rows(COPY).selectExpr("id", "token").collectAsList().stream()
        .map(row -> row.get(0) + "," + row.get(1))
        .sorted()
        .toList();
  }

  private RunReport run(Pipeline pipeline) {
    CompiledRun run = lake.engine().compile(today(pipeline));
    RunReport report = run.execute(new PublishGate(), ProgressListener.SILENT);
    run.settle();
    return report;
  }

  private static RunRequest today(Pipeline pipeline) {
    return request(pipeline, pipeline.partition().map(partition -> march(TODAY)), Map.of());
  }

  private static Pipeline report(Rows rows) {
    return pipeline(
        rows.to(delta(TABLE).overwrite(DAY)), rows.to(csv("export/report").overwrite(DAY)));
  }

  private static Pipeline copy() {
    return named(
        "copy",
        read(delta(TABLE).partition(DAY))
            .select("id", "day", "token")
            .to(delta(COPY).overwrite(DAY)));
  }

  private static Pipeline named(String name, Write write) {
    return new Pipeline(name, "", List.of(), List.of(), List.of(write));
  }

  private static Rows rows(String token, int count) {
    return WholeRuns.rows(read(delta("raw/orders").partition(DAY)), token, count);
  }
}
