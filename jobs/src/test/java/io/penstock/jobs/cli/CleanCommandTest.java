package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.Leftover;
import io.penstock.engine.Leftover.Kind;
import io.penstock.jobs.Jobs;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code clean} tells what it removes, and removes nothing that may still be needed. */
class CleanCommandTest {
  private static final Instant LONG_AGO = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path directory;
  private Program program;

  @BeforeEach
  void start() {
    program = new Program(directory);
    program.lake.leftovers().add(new Leftover(Kind.TABLE_FILE, "raw/sales/x", 2048, LONG_AGO));
    program
        .lake
        .leftovers()
        .add(new Leftover(Kind.REPLACED_VERSION, "export/sales/y", 100, LONG_AGO));
  }

  @Test
  void everythingThatIsFoundIsRemovedAndTold() {
    assertThat(program.run("clean")).isZero();

    assertThat(program.lake.leftovers()).isEmpty();
    assertThat(program.err())
        .contains(
            "raw/sales/x, table file, last changed 2026-01-01T00:00:00Z, 2.0 KiB",
            "Removing 2 leftovers, 2.1 KiB.");
    assertThat(program.lines().get(0).toString())
        .startsWith(
            "{\"clean\":{\"dryRun\":false,\"leftovers\":2,\"bytes\":2148,\"table_file\":1,");
  }

  @Test
  void aDryRunRemovesNothing() {
    assertThat(program.run("clean", "--dry-run")).isZero();

    assertThat(program.lake.leftovers()).hasSize(2);
    assertThat(program.err()).contains("Would remove 2 leftovers");
  }

  @Test
  void whatCanNotBeLookedThroughIsTold() {
    program.lake.unreadable(
        "raw/newer",
        new Failure(FailureKind.INVALID, "TABLE_DAMAGED", "Cannot open raw/newer.", "mend it."));

    assertThat(program.run("clean")).isZero();

    assertThat(program.lake.leftovers()).isEmpty();
    assertThat(program.err())
        .contains("Left alone, because it can't be looked through: raw/newer", "Cannot open");
    JsonNode skipped = program.lines().get(0).at("/clean/skipped/0");
    assertThat(skipped.get("path").textValue()).isEqualTo("raw/newer");
    assertThat(skipped.at("/error/code").textValue()).isEqualTo("TABLE_DAMAGED");
  }

  @Test
  void aRunThatPublishedInPartIsToldWithTheCommandThatLooksAfterIt() {
    program.lake.leftBehind(
        "land-sales",
        "run-1",
        Optional.of(Jobs.day("2026-03-01")),
        () -> {
          throw new AssertionError("Cleaning up publishes nothing.");
        });

    assertThat(program.run("clean")).isZero();

    assertThat(program.err())
        .contains("Run run-1 of land-sales has published", "Repair: penstock recover land-sales");
    JsonNode unfinished = program.lines().get(0).at("/clean/unfinished/0");
    assertThat(unfinished.get("runId").textValue()).isEqualTo("run-1");
    assertThat(unfinished.get("repair").textValue()).isEqualTo("penstock recover land-sales");
    assertThat(program.lake.settled()).isEmpty();
  }

  @Test
  void onlyThePathsNamedAreCleaned() {
    program.lake.holding("raw/sales");

    assertThat(program.run("clean", "raw/sales")).isZero();

    assertThat(program.lake.leftovers())
        .extracting(Leftover::path)
        .containsExactly("export/sales/y");
  }

  @Test
  void whatALivingRunMayOwnIsNotCleaned() {
    assertThat(program.run("clean", "--older-than", "6d")).isEqualTo(64);

    assertThat(program.err()).contains("only 6 days old", "use --older-than 7d or longer");
    assertThat(program.lake.leftovers()).hasSize(2);
  }

  @Test
  void aPathThatIsNoneIsAMistake() {
    assertThat(program.run("clean", "../elsewhere")).isEqualTo(64);
  }
}
