package io.penstock.spark.run;

import io.penstock.engine.PublishGate;
import io.penstock.spark.compile.Compilation;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.sink.Attempt;
import io.penstock.spark.sink.PlannedSink;
import io.penstock.spark.sink.PreparedSink;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes all sinks of a run, invisibly and at the same time; their order matters for publication.
 */
final class SinkPreparer {
  /** More threads would only share the same executors. */
  private static final int MAX_THREADS = 4;

  private final Compilation compilation;
  private final RunContext context;
  private final Attempt attempt;
  private final PublishGate gate;
  private final AtomicBoolean cancelled = new AtomicBoolean();

  SinkPreparer(Compilation compilation, RunContext context, long epoch, PublishGate gate) {
    this.compilation = compilation;
    this.context = context;
    this.attempt =
        new Attempt(compilation.request(), context.session(), epoch, compilation.inputVersions());
    this.gate = gate;
  }

  /**
   * The written sinks in declared order. When one fails, the others are cancelled and what they
   * wrote is discarded; no sink is being written any more when this returns or throws.
   */
  List<PreparedSink> prepareAll() {
    List<PlannedSink> sinks = compilation.sinks();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(sinks.size(), MAX_THREADS), SinkPreparer::daemonThread);
    try {
      // Frames are built before any thread starts: their builder is made for one thread.
      List<Callable<PreparedSink>> tasks = new ArrayList<>();
      for (PlannedSink sink : sinks) {
        Dataset<Row> rows = compilation.frame(sink.write().rows());
        tasks.add(() -> prepare(sink, rows));
      }
      CompletionService<PreparedSink> ended = new ExecutorCompletionService<>(threads);
      List<Future<PreparedSink>> futures = tasks.stream().map(ended::submit).toList();
      return await(ended, futures);
    } finally {
      threads.shutdown();
    }
  }

  private static Thread daemonThread(Runnable work) {
    Thread thread = new Thread(work, "penstock-sink");
    thread.setDaemon(true);
    return thread;
  }

  private PreparedSink prepare(PlannedSink sink, Dataset<Row> rows) {
    if (cancelled.get()) {
      throw new CancellationException("Another sink of the run failed before");
    }
    gate.requireOpen();
    context.scope().enter(context.request().pipeline().name());
    return sink.prepare(rows, attempt);
  }

  private List<PreparedSink> await(
      CompletionService<PreparedSink> ended, List<Future<PreparedSink>> futures) {
    Throwable failure = null;
    boolean interrupted = false;
    IdentityHashMap<Future<PreparedSink>, PreparedSink> finished = new IdentityHashMap<>();
    for (int taken = 0; taken < futures.size(); ) {
      try {
        Future<PreparedSink> next = ended.take();
        taken++;
        finished.put(next, next.get());
      } catch (ExecutionException e) {
        failure = failure == null ? e.getCause() : failure;
        cancel();
      } catch (InterruptedException e) {
        interrupted = true;
        failure = failure == null ? e : failure;
        cancel();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      for (PreparedSink sink : finished.values()) {
        discard(sink, failure);
      }
      throw Failures.rethrown(failure);
    }
    return futures.stream().map(finished::get).toList();
  }

  /** Keeps the sinks that have not begun from beginning, and cancels the jobs of the others. */
  private void cancel() {
    cancelled.set(true);
    context.session().sparkContext().cancelJobGroup(context.scope().jobGroup());
  }

  /** What can't be removed is only added to why the run failed. */
  private static void discard(PreparedSink sink, Throwable failure) {
    try {
      sink.discard();
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }
}
