package io.penstock.spark.export;

import io.penstock.engine.RunReport;
import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.failures.OvertakenException;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.publication.SinkPublication;
import io.penstock.spark.publication.Step;
import io.penstock.spark.publication.Steps;
import java.util.Optional;
import java.util.OptionalLong;

/** Publishes a version of an export, by one entry that makes it current. */
public final class ExportPublication implements SinkPublication {
  private final JournalledExport sink;
  private final ExportTarget target;
  private final long epoch;
  private final String runId;
  private final Exports exports;

  public ExportPublication(
      JournalledExport sink, ExportTarget target, long epoch, String runId, Exports exports) {
    this.sink = sink;
    this.target = target;
    this.epoch = epoch;
    this.runId = runId;
    this.exports = exports;
  }

  @Override
  public void publish(Runnable gate, Steps steps) {
    StagedExport staged = exports.staged(target, runId);
    boolean isPublished = isPublished();
    exports.publish(
        staged,
        new Exports.Moments() {
          @Override
          public void ready() {
            steps.reached(Step.READY, sink.path());
            gate.run();
            // Not earlier: a publication that is refused must not state a contract.
            if (!isPublished) {
              stateContract();
            }
          }

          @Override
          public void visible() {
            steps.reached(Step.VISIBLE, sink.path());
          }
        });
  }

  private void stateContract() {
    Optional<OutputContract> contract = ContractProperties.read(sink.contract());
    if (contract.isPresent()) {
      exports.contracts().state(target.directory(), contract.get(), runId);
    } else {
      exports.contracts().requireNone(target.directory());
    }
  }

  @Override
  public void requireUnopposed() {
    if (isPublished()) {
      return;
    }
    exports.requirePublishable(exports.staged(target, runId));
    Optional<OutputContract> contract = ContractProperties.read(sink.contract());
    if (contract.isPresent()) {
      exports.contracts().requireAllowed(target.directory(), contract.get());
    } else {
      exports.contracts().requireNone(target.directory());
    }
  }

  @Override
  public Outcome outcomeOf(Exception failure) {
    boolean before =
        failure instanceof OvertakenException || failure instanceof UnpublishableException;
    if (before) {
      return Outcome.NOT_PUBLISHED;
    }
    try {
      if (isPublished()) {
        return Outcome.PUBLISHED;
      }
      return LakeFiles.mayActLate(target.directory()) ? Outcome.UNKNOWN : Outcome.NOT_PUBLISHED;
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      return Outcome.UNKNOWN;
    }
  }

  /** An attempt may have crashed before it replaced the stable path. */
  @Override
  public void repair() {
    exports.repairStablePath(target);
  }

  @Override
  public void requirePublishable() {
    exports.requireAsWritten(exports.staged(target, runId));
  }

  /** Only publications change an export, and a later one is recognised by its epoch. */
  @Override
  public void requireUntouched() {}

  @Override
  public Standing standing() {
    long latest = exports.currentEpoch(target).orElse(0);
    if (latest < epoch) {
      return Standing.WAITING;
    }
    return latest == epoch && isPublished() ? Standing.PUBLISHED : Standing.OVERTAKEN;
  }

  private boolean isPublished() {
    return exports.isPublished(target, epoch, runId);
  }

  @Override
  public RunReport.Output output() {
    return sink.output().report(OptionalLong.empty());
  }
}
