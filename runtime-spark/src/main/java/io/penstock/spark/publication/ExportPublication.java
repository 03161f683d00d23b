package io.penstock.spark.publication;

import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.spark.export.Exports;
import io.penstock.spark.export.FencedExportException;
import io.penstock.spark.export.StagedExport;
import io.penstock.spark.export.StagedExportException;

/** A version of an export that one entry makes the current one. */
final class ExportPublication implements SinkPublication {
  private final JournalledSink.Export sink;
  private final StagedExport staged;
  private final Exports exports;

  ExportPublication(JournalledSink.Export sink, StagedExport staged, Exports exports) {
    this.sink = sink;
    this.staged = staged;
    this.exports = exports;
  }

  @Override
  public void publish(Runnable gate, Steps steps) {
    exports.publish(
        staged,
        new Exports.Moments() {
          @Override
          public void ready() {
            steps.reached(Step.READY, sink.path());
            gate.run();
          }

          @Override
          public void visible() {
            steps.reached(Step.VISIBLE, sink.path());
          }
        });
  }

  @Override
  public Outcome outcomeOf(Exception failure) {
    boolean before =
        failure instanceof RunFailedException
            || failure instanceof FencedExportException
            || failure instanceof StagedExportException;
    if (before) {
      return Outcome.NOT_PUBLISHED;
    }
    try {
      return exports.isPublished(staged) ? Outcome.PUBLISHED : Outcome.NOT_SEEN;
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      return Outcome.UNKNOWN;
    }
  }

  @Override
  public Standing standing() {
    long own = staged.manifest().attempt().epoch();
    long latest = exports.currentEpoch(staged.target()).orElse(0);
    if (latest < own) {
      return Standing.WAITING;
    }
    return latest == own && exports.isPublished(staged) ? Standing.PUBLISHED : Standing.OVERTAKEN;
  }

  @Override
  public RunReport.Output output() {
    return sink.output();
  }
}
