package io.penstock.spark.publication;

import io.penstock.engine.RunReport;
import io.penstock.spark.delta.CommitOutcomeException;
import io.penstock.spark.delta.TableCommits;
import io.penstock.spark.delta.UnitEpoch;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;

/** Files of a Delta table that one commit makes part of it. */
final class TablePublication implements SinkPublication {
  private final Path table;
  private final JournalledSink.Table sink;
  private final TableCommits commits;
  private OptionalLong version = OptionalLong.empty();

  TablePublication(Path table, JournalledSink.Table sink, TableCommits commits) {
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
    version = OptionalLong.of(commits.commit(table, sink.commit(), ready).version());
    steps.reached(Step.VISIBLE, sink.path());
  }

  @Override
  public Outcome outcomeOf(Exception failure) {
    boolean unknown =
        failure instanceof CommitOutcomeException commit
            && commit.outcome() == CommitOutcomeException.Outcome.UNKNOWN;
    return unknown ? Outcome.UNKNOWN : Outcome.NOT_PUBLISHED;
  }

  @Override
  public Standing standing() {
    long own = sink.commit().stamp().units().stream().mapToLong(UnitEpoch::epoch).max().orElse(0);
    long latest = commits.latestEpoch(table, sink.commit());
    if (latest < own) {
      return Standing.WAITING;
    }
    version = commits.committed(table, sink.commit());
    return latest == own && version.isPresent() ? Standing.PUBLISHED : Standing.OVERTAKEN;
  }

  @Override
  public RunReport.Output output() {
    RunReport.Output written = sink.output();
    return new RunReport.Output(
        written.name(),
        written.format(),
        written.path(),
        written.units(),
        written.rows(),
        written.files(),
        written.bytes(),
        written.milliseconds(),
        version);
  }
}
