package io.penstock.spark.delta;

import io.penstock.engine.RunReport;
import io.penstock.spark.publication.SinkPublication;
import io.penstock.spark.publication.Step;
import io.penstock.spark.publication.Steps;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;

/** Files of a Delta table that one commit makes part of it. */
public final class TablePublication implements SinkPublication {
  private final Path table;
  private final JournalledTable sink;
  private final TableCommits commits;
  private OptionalLong version = OptionalLong.empty();

  public TablePublication(Path table, JournalledTable sink, TableCommits commits) {
    this.table = table;
    this.sink = sink;
    this.commits = commits;
  }

  @Override
  public void publish(Runnable gate, Steps steps) {
    Runnable ready =
        () -> {
          steps.reached(Step.READY, sink.path());
          gate.run();
        };
    version = commits.commit(table, sink.commit(), ready).version();
    steps.reached(Step.VISIBLE, sink.path());
  }

  @Override
  public Outcome outcomeOf(Exception failure) {
    boolean certain =
        !(failure instanceof CommitOutcomeException commit)
            || commit.outcome() == CommitOutcomeException.Outcome.NOT_COMMITTED;
    return certain ? Outcome.NOT_PUBLISHED : Outcome.UNKNOWN;
  }

  /** Readers of a table see what its log says, and nothing else. */
  @Override
  public void repair() {}

  @Override
  public void requireUnopposed() {
    commits.requireUnopposed(table, sink.commit());
  }

  @Override
  public void requirePublishable() {
    commits.requireFitting(table, sink.commit());
  }

  @Override
  public void requireUntouched() {
    commits.requireUntouched(table, sink.commit());
  }

  @Override
  public Standing standing() {
    CommitStanding standing = commits.standing(table, sink.commit());
    version = standing.version();
    return standing.standing();
  }

  @Override
  public RunReport.Output output() {
    return sink.output().report(version);
  }
}
