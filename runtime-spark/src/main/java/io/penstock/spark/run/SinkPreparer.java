package io.penstock.spark.run;

import io.penstock.spark.compile.Compilation;
import io.penstock.spark.compile.PlannedSink;
import io.penstock.spec.DeltaSink;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes all sinks of a run, invisibly and at the same time; their order matters for publication.
 */
final class SinkPreparer {
  /** More would only share the same executors. */
  private static final int MOST_AT_ONCE = 4;

  private final Compilation compilation;
  private final RunContext context;
  private final long epoch;

  SinkPreparer(Compilation compilation, RunContext context, long epoch) {
    this.epoch = epoch;
    this.compilation = compilation;
    this.context = context;
  }

  /**
   * The written sinks in declared order. When one fails, the jobs of the others are cancelled, and
   * what they wrote is given up.
   */
  List<PreparedSink> prepareAll() {
    List<PlannedSink> sinks = compilation.sinks();
    ExecutorService threads =
        Executors.newFixedThreadPool(
            Math.min(sinks.size(), MOST_AT_ONCE), SinkPreparer::daemonThread);
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
    context.enter();
    return sink.write().sink() instanceof DeltaSink
        ? PreparedTable.prepare(sink, rows, context, epoch, compilation.inputVersions())
        : PreparedExport.prepare(sink, rows, context, epoch, compilation.inputVersions());
  }

  private List<PreparedSink> await(
      CompletionService<PreparedSink> ended, List<Future<PreparedSink>> futures) {
    Throwable failure = null;
    IdentityHashMap<Future<PreparedSink>, PreparedSink> finished = new IdentityHashMap<>();
    for (int i = 0; i < futures.size(); i++) {
      try {
        Future<PreparedSink> next = ended.take();
        finished.put(next, next.get());
      } catch (ExecutionException e) {
        if (failure == null) {
          failure = e.getCause();
          context.session().sparkContext().cancelJobGroup(context.jobGroup());
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("Interrupted while sinks were being written", e);
      }
    }
    if (failure != null) {
      finished.values().forEach(PreparedSink::discard);
      throw Failures.rethrown(failure);
    }
    return futures.stream().map(finished::get).toList();
  }
}
