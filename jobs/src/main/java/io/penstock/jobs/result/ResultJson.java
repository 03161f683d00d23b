package io.penstock.jobs.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.engine.Failure;
import io.penstock.engine.RunReport;
import io.penstock.engine.UnfinishedRun;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.result.ResultDocument.EndDocument;
import io.penstock.jobs.result.ResultDocument.OutcomeDocument;
import io.penstock.jobs.result.ResultDocument.TaskDocument;
import io.penstock.jobs.result.ResultDocument.WorkDocument;
import io.penstock.spec.Interval;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The JSON of a task's result: the line on stdout, and the main part of its record.
 *
 * <p>The fields come in this order; one without a value is left out: {@code job, runId, status,
 * published, retryable, interval {from,to}, complete, inputs
 * [{name,version,rows,files,bytes,openedInMs}], outputs
 * [{name,format,path,partitions,rows,files,bytes,version,durationMs}], checks
 * [{name,status,place,rows,failingRows,examples}], doubts [{place,what,reason}], durationMs, error
 * {code,message,fix}, repair, resultVersion}. An input stands there once, however often the
 * pipeline reads it: {@link TaskResult#inputs}. One of files has no version but {@code listing}, a
 * digest of their names, lengths and times, behind its bytes; {@code absent} names the units that
 * weren't there and that the source accepts, which {@code complete} denies. {@code doubts} stand
 * there when a second run may give other rows.
 */
public final class ResultJson {
  private ResultJson() {}

  /** Whether a later release has written a result, whose parts may mean something else. */
  public static boolean isLater(JsonNode result) {
    return result.path("resultVersion").asInt() > ResultDocument.VERSION;
  }

  /** The result as an object. */
  public static ObjectNode of(TaskResult result) {
    return Json.object(
        new ResultDocument(
            new TaskDocument(
                result.task().pipeline().name(), result.runId(), result.status().name()),
            Optional.of(new OutcomeDocument(result.published(), result.isRetryable())),
            result.task().unit().map(IntervalDocument::of),
            Optional.of(
                WorkDocument.of(
                    result.isComplete(),
                    result.inputs(),
                    result.outputs(),
                    result.checks(),
                    result.doubts())),
            OptionalLong.of(result.duration().toMillis()),
            new EndDocument(
                result.failure().map(ErrorDocument::of), result.repair(), Optional.empty()),
            ResultDocument.VERSION));
  }

  /**
   * What became of a run that had not ended: the fields of a result, without its duration, and
   * {@code recovery}, one of {@link UnfinishedRun.Ending}.
   *
   * @param repair the command that repairs it, where there is something to repair
   */
  public static ObjectNode of(
      UnfinishedRun run, UnfinishedRun.Completion completion, Optional<String> repair) {
    RunReport report = completion.report();
    return Json.object(
        new ResultDocument(
            new TaskDocument(run.pipeline(), run.runId(), Status.of(completion.ending()).name()),
            Optional.of(new OutcomeDocument(report.published(), repair.isPresent())),
            run.unit().map(IntervalDocument::of),
            Optional.of(
                WorkDocument.of(
                    Optional.of(report.isComplete()),
                    report.inputs(),
                    report.outputs(),
                    report.checks(),
                    report.doubts())),
            OptionalLong.empty(),
            new EndDocument(
                report.failure().map(ErrorDocument::of), repair, Optional.of(completion.ending())),
            ResultDocument.VERSION));
  }

  /** A run whose recovery failed: it can be tried again. */
  public static ObjectNode notRecovered(UnfinishedRun run, Failure failure) {
    return unended(
        new TaskDocument(run.pipeline(), run.runId(), Status.FAILED.name()),
        run.unit(),
        Optional.of(failure));
  }

  /** What is known of a task while it runs: {@code job, runId, status RUNNING, interval}. */
  public static ObjectNode running(Task task, String runId) {
    return unended(
        new TaskDocument(task.pipeline().name(), runId, "RUNNING"), task.unit(), Optional.empty());
  }

  private static ObjectNode unended(
      TaskDocument task, Optional<Interval> unit, Optional<Failure> failure) {
    return Json.object(
        new ResultDocument(
            task,
            Optional.empty(),
            unit.map(IntervalDocument::of),
            Optional.empty(),
            OptionalLong.empty(),
            new EndDocument(failure.map(ErrorDocument::of), Optional.empty(), Optional.empty()),
            ResultDocument.VERSION));
  }
}
