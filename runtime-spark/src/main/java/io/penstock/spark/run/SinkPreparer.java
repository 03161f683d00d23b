package io.penstock.spark.run;

import io.penstock.spark.compile.Compilation;
import io.penstock.spark.compile.PlannedSink;
import io.penstock.spec.DeltaSink;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
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

  SinkPreparer(Compilation compilation, RunContext context) {
    this.compilation = compilation;
    this.context = context;
  }

  /** The written sinks in declared order; when one fails, the others are waited for. */
  List<PreparedSink> prepareAll() {
    List<PlannedSink> sinks = compilation.sinks();
    long epoch = context.nextEpoch();
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(sinks.size(), MOST_AT_ONCE));
    try {
      // Frames are built before any thread starts: their builder is made for one thread.
      List<Callable<PreparedSink>> tasks = new ArrayList<>();
      for (PlannedSink sink : sinks) {
        Dataset<Row> rows = compilation.frame(sink.write().rows());
        tasks.add(() -> prepare(sink, rows, epoch));
      }
      return awaitAll(tasks.stream().map(threads::submit).toList());
    } finally {
      threads.shutdown();
    }
  }

  private PreparedSink prepare(PlannedSink sink, Dataset<Row> rows, long epoch) {
    context.enter();
    return sink.write().sink() instanceof DeltaSink
        ? PreparedTable.prepare(sink, rows, context, epoch, compilation.inputVersions())
        : PreparedExport.prepare(sink, rows, context, epoch, compilation.inputVersions());
  }

  private static List<PreparedSink> awaitAll(List<Future<PreparedSink>> futures) {
    List<PreparedSink> prepared = new ArrayList<>();
    Throwable failure = null;
    for (Future<PreparedSink> future : futures) {
      try {
        prepared.add(future.get());
      } catch (ExecutionException e) {
        failure = failure == null ? e.getCause() : failure;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw Failures.rethrown(failure);
    }
    return prepared;
  }
}
