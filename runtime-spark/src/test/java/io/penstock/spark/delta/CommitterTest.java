package io.penstock.spark.delta;

import static io.penstock.spark.delta.Lake.FIRST;
import static io.penstock.spark.delta.Lake.stamp;
import static io.penstock.spark.delta.Lake.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.spark.delta.CommitOutcomeException.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of a commit that failed and that the history doesn't hold. */
@Tag("spark")
final class CommitterTest {
  private static final TableIdentity IDENTITY =
      new TableIdentity("id", List.of(), "id BIGINT", Map.of());

  /** A request to a remote store may be on its way when its answer is given up. */
  @ParameterizedTest
  @CsvSource({
    "file:/lake/t, NOT_COMMITTED",
    "hdfs://names/lake/t, NOT_SEEN",
    "s3a://bucket/lake/t, NOT_SEEN"
  })
  void onlyTheMachinesOwnDiskIsKnownNotToActLate(String table, Outcome outcome) {
    CommitOutcomeException failure =
        catchThrowableOfType(
            CommitOutcomeException.class,
            () ->
                new Committer(
                        new Path(table), commit(), new Unanswering(), new Configuration(), () -> {})
                    .commit());

    assertThat(failure.outcome()).isEqualTo(outcome);
  }

  private static PreparedCommit commit() {
    return new PreparedCommit(
        0,
        IDENTITY,
        IDENTITY.storage(),
        Optional.empty(),
        Optional.empty(),
        Replacement.wholeTable(),
        List.of(),
        stamp(unit("mine", FIRST), 1),
        TableDescription.NONE);
  }

  /** Then it is made, and nobody can tell whether it is behind what everybody reads. */
  @Test
  void aCommitBehindWhichTheLogCanNotBeReadIsUnknown() {
    CommitOutcomeException failure =
        catchThrowableOfType(
            CommitOutcomeException.class,
            () ->
                new Committer(
                        new Path("file:/lake/t"),
                        commit(),
                        new Unanswering() {
                          @Override
                          public OptionalLong commit() {
                            return OptionalLong.of(1);
                          }

                          @Override
                          public OptionalLong epochOf(UnitId unit) {
                            throw new IllegalStateException("the log is gone");
                          }
                        },
                        new Configuration(),
                        () -> {})
                    .commit());

    assertThat(failure.outcome()).isEqualTo(Outcome.UNKNOWN);
  }

  /** A log to which every commit fails without a trace. */
  private static class Unanswering implements TableLog, TableLog.Transaction {
    @Override
    public Transaction begin(PreparedCommit commit) {
      return this;
    }

    @Override
    public CommitTrace find(CommitStamp stamp, long afterVersion) {
      return new CommitTrace(OptionalLong.empty(), true);
    }

    @Override
    public boolean isTakenBack(PreparedCommit commit, long version) {
      return false;
    }

    @Override
    public UnitHistory sinceVersion(PreparedCommit commit, long version) {
      return UnitHistory.UNCHANGED;
    }

    @Override
    public OptionalLong epochOf(UnitId unit) {
      return OptionalLong.empty();
    }

    @Override
    public long version() {
      return 0;
    }

    @Override
    public TableIdentity table() {
      return IDENTITY;
    }

    @Override
    public OptionalLong guardedEpoch(UnitId unit) {
      return OptionalLong.empty();
    }

    @Override
    public OptionalLong commit() {
      throw new IllegalStateException("no answer in time");
    }
  }
}
