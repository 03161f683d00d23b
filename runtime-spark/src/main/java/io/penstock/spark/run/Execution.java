package io.penstock.spark.run;

import io.penstock.engine.CompiledRun;
import io.penstock.engine.DamagedInputException;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunReport.Published;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Node;
import io.penstock.spark.compile.Compilation;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.publication.FencingScope;
import io.penstock.spark.publication.JournalEntry;
import io.penstock.spark.publication.Publication;
import io.penstock.spark.publication.Step;
import io.penstock.spark.sink.PreparedSink;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;

/** One run: prepare every sink, audit what was written, publish in declared order. */
public final class Execution implements CompiledRun {
  private final Compilation compilation;
  private final Supplier<Compilation> recompile;
  private final RunContext context;
  private final RunState state;

  /**
   * A run that has not begun.
   *
   * @param recompile for when another attempt of the task has begun since
   */
  public Execution(Compilation compilation, Supplier<Compilation> recompile, RunContext context) {
    this.compilation = compilation;
    this.recompile = recompile;
    this.context = context;
    this.state = new RunState(compilation);
  }

  @Override
  public RunPlan plan() {
    return compilation.plan();
  }

  @Override
  public RunReport execute(PublishGate gate, ProgressListener progress) {
    return context.within(shared -> execute(shared, gate, progress));
  }

  private RunReport execute(SharedState shared, PublishGate gate, ProgressListener progress) {
    try (CheckpointedRows kept = new CheckpointedRows();
        TaskProgress tasks = new TaskProgress(context.scope(), progress)) {
      tasks.start();
      gate.requireOpen();
      Instant startedAt = context.publications().now();
      long epoch = begin();
      context.reached(Step.BEGUN);
      requireDelivered();
      prepare(kept, epoch, gate, progress);
      requireSameFiles();
      context.reached(Step.WRITTEN);
      if (audit(progress)) {
        context.requireUnchanged(shared);
        context.reached(Step.CHECKED);
        progress.phase("publishing");
        gate.publish(() -> publish(epoch, startedAt, gate));
      }
    } catch (Throwable e) {
      state.discard(e);
      state.fail(failure(e, gate));
    }
    return state.report();
  }

  @Override
  public void settle() {
    state.publication().ifPresent(Publication::settle);
  }

  /**
   * Takes the attempt's number. An attempt that began in the meantime may have published from newer
   * inputs than were pinned here; a later number must not cover older inputs, so they are pinned
   * anew.
   */
  private long begin() {
    while (true) {
      Compilation pinned = state.compilation();
      long published =
          pinned.sinks().stream()
              .mapToLong(sink -> sink.latestEpoch(context.request()))
              .max()
              .orElse(0);
      long epoch = context.attempts().begin(published);
      if (epoch == Math.max(pinned.attemptsBefore(), published) + 1) {
        return epoch;
      }
      // The number given out doesn't cover inputs that are pinned only now: they get a later one.
      state.recompiled(recompile.get());
    }
  }

  private void publish(long epoch, Instant startedAt, PublishGate gate) {
    Publication publication = context.publications().of(journalled(epoch, startedAt));
    state.publishes(publication);
    publication.publish(gate);
  }

  private JournalEntry journalled(long epoch, Instant startedAt) {
    RunRequest request = context.request();
    return new JournalEntry(
        FencingScope.of(request.pipeline(), request.unit()),
        epoch,
        request.runId(),
        request.unit(),
        startedAt,
        state.inputs(),
        state.checks(),
        state.compilation().plan().doubts(),
        state.sinks().stream().map(PreparedSink::journalled).toList());
  }

  private void prepare(
      CheckpointedRows kept, long epoch, PublishGate gate, ProgressListener progress) {
    Compilation current = state.compilation();
    for (Node node : current.toKeep()) {
      progress.phase("computing " + node.place() + " once");
      current.keep(node, kept.compute(current.frame(node)));
    }
    progress.phase("writing " + String.join(", ", current.outputs()));
    state.prepared(new SinkPreparer(current, context, epoch, gate).prepareAll());
  }

  private void requireDelivered() {
    Optional<Failure> undelivered = state.compilation().undelivered();
    if (undelivered.isPresent()) {
      throw new RunFailedException(undelivered.get());
    }
  }

  private void requireSameFiles() throws IOException {
    Optional<Path> changed = changedFile();
    if (changed.isPresent()) {
      throw new RunFailedException(RunFailures.changedFile(changed.get()));
    }
  }

  private Optional<Path> changedFile() throws IOException {
    return state.compilation().changedFile(context.session().sessionState().newHadoopConf());
  }

  /** The failure with what only the run knows: which inputs it reads, whether it was stopped. */
  private Failure failure(Throwable thrown, PublishGate gate) {
    Failure failure = Failures.of(thrown);
    if (failure.kind() == FailureKind.STOPPED) {
      // Spark's jobs may be cancelled by others than the one who stops the process.
      if (!gate.isStopped()) {
        return RunFailures.cancelledFromOutside(thrown);
      }
      return state.extent() == Published.NONE
          ? failure
          : RunFailures.stoppedWhilePublishing(thrown);
    }
    try {
      // A file that is still being written looks malformed: the next attempt finds it complete.
      Optional<Path> changed = state.sinks().isEmpty() ? changedFile() : Optional.empty();
      if (changed.isPresent()) {
        return RunFailures.changedFile(changed.get()).causedBy(thrown);
      }
      if (thrown instanceof DamagedInputException damaged) {
        return damaged.failure().causedBy(damaged);
      }
      return state
          .compilation()
          .explain(thrown)
          .orElseGet(
              () -> FailingSteps.of(context.request().pipeline().writes()).placed(failure, thrown));
    } catch (Exception e) {
      // Looking for the damage may meet it again; Scala throws checked exceptions undeclared.
      thrown.addSuppressed(e);
      return failure;
    }
  }

  /** Whether all checks pass. */
  private boolean audit(ProgressListener progress) {
    progress.phase("checking");
    state.checked(new RunAudit(state.compilation()).results(state.sinks()));
    List<RunReport.Check> failed = state.failedChecks();
    if (failed.isEmpty()) {
      return true;
    }
    Failure refusal = RunFailures.checks(failed);
    state.fail(refusal);
    try {
      context
          .rejections()
          .keep(
              context.request().runId(),
              state.sinks().stream().map(PreparedSink::rejected).toList());
    } catch (RuntimeException e) {
      // The failed check matters more than that its rows can't be shown.
      state.discard(e);
      state.fail(refusal.causedBy(e));
    }
    return false;
  }
}
