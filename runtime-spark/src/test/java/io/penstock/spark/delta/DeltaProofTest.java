package io.penstock.spark.delta;

import static io.penstock.spark.delta.Lake.FIRST;
import static io.penstock.spark.delta.Lake.stamp;
import static io.penstock.spark.delta.Lake.unit;
import static io.penstock.spark.testing.FailureAssertions.isFailure;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.delta.FaultyLogStore.Fault;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.testing.Proofs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commits of prepared files through Delta, in numbers: lost answers, and files that vanish. */
@Tag("proof")
final class DeltaProofTest {
  @TempDir Path directory;
  private Lake lake;
  private PreparedCommit prepared;
  private String name;
  private byte[] content;

  @BeforeEach
  void stageADay() throws IOException {
    lake = new Lake(directory);
    FaultyLogStore.install();
    lake.daily("t");
    prepared =
        lake.stage("t", lake.ids(7, FIRST).coalesce(1), FIRST)
            .prepared(attempt(1), TableDescription.NONE);
    name = prepared.files().get(0).replaceAll(".*\"path\":\"([^\"]*)\".*", "$1");
    content = Files.readAllBytes(lake.local("t").resolve(name));
  }

  @AfterEach
  void restoreLogStore() {
    FaultyLogStore.uninstall();
  }

  @Test
  void aCommitWhoseAnswerWasLostIsMadeOnce() throws IOException {
    int rounds = Proofs.full() ? 200 : 6;
    for (int round = 1; round <= rounds; round++) {
      PreparedCommit commit = again(round);
      Fault fault = round % 2 == 0 ? Fault.ANSWER_LOST : Fault.TAKEN_FOR_ANOTHER;
      FaultyLogStore.failNext(fault);

      assertThat(commit(commit).version()).hasValue(round);
      // As if its process had died here: whoever recovers it makes the commit again.
      assertThat(commit(commit).version()).hasValue(round);
      assertThat(lake.tables().open(lake.path("t")).version()).isEqualTo(round);
    }
    assertSameRows(lake.ids(7, FIRST), lake.rows("t"));
    Proofs.tell(
        "%s lost answers of Delta's log store, of two kinds, each commit then made a second time: exactly one version, %1$s of %1$s"
            .formatted(rounds));
  }

  @Test
  void aVacuumWithoutRetentionBetweenPreparationAndCommitIsFoundOut() throws IOException {
    int rounds = Proofs.full() ? 100 : 3;
    commit(again(1));
    lake.spark().conf().set("spark.databricks.delta.retentionDurationCheck.enabled", "false");
    try {
      for (int round = 2; round <= rounds + 1; round++) {
        PreparedCommit commit = again(round);
        lake.sql("t", "VACUUM {table} RETAIN 0 HOURS").collect();

        assertThatThrownBy(() -> commit(commit))
            .isInstanceOf(UnpublishableException.class)
            .satisfies(isFailure("FILE_GONE"));
      }
    } finally {
      lake.spark().conf().unset("spark.databricks.delta.retentionDurationCheck.enabled");
    }
    assertSameRows(lake.ids(7, FIRST), lake.rows("t"));
    Proofs.tell(
        "%s VACUUMs without retention between preparation and commit: refused, %1$s of %1$s"
            .formatted(rounds));
  }

  /** The same rows in a file of another name, as another attempt would have written them. */
  private PreparedCommit again(int number) throws IOException {
    String copied = name.replace("part-00000", String.format(Locale.ROOT, "part-%05d", number));
    Files.write(lake.local("t").resolve(copied), content);
    return new PreparedCommit(
        prepared.readVersion(),
        prepared.table(),
        prepared.storage(),
        prepared.newMetadata(),
        prepared.newProtocol(),
        prepared.replacement(),
        List.of(prepared.files().get(0).replace(name, copied)),
        attempt(number),
        prepared.description());
  }

  private CommitResult commit(PreparedCommit commit) {
    return lake.commit(lake.path("t"), commit, () -> {});
  }

  private static CommitStamp attempt(int number) {
    return stamp(unit("proof", FIRST), number);
  }
}
