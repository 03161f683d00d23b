package io.penstock.jobs.result;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.engine.Failure;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.engine.UnfinishedRun;
import io.penstock.jobs.plan.Task;
import io.penstock.spec.Interval;
import java.util.List;
import java.util.Optional;

/**
 * The JSON of a task's result: the line on stdout, and the heart of its record.
 *
 * <p>The fields come in this order; one without a value is left out: {@code job, runId, status,
 * published, retryable, interval {from,to}, inputs [{name,version,rows,files,bytes,openedInMs}],
 * sinks [{name,kind,path,partitions,rows,files,bytes,version,durationMs}], checks
 * [{name,status,place,rows,failingRows,examples}], doubts [{place,what,reason}], durationMs, error
 * {code,message,hint}, repair}. An input stands there once, however often the pipeline reads it:
 * {@link TaskResult#inputs}. One of files has no version but {@code listing}, a digest of their
 * names, lengths and times, behind its bytes. {@code doubts} stand there when a second run may give
 * other rows.
 */
public final class ResultJson {
  private ResultJson() {}

  /** The result as an object. */
  public static ObjectNode of(TaskResult result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("job", result.task().pipeline().name());
    json.put("runId", result.runId());
    json.put("status", result.status().name());
    json.put("published", result.published().name());
    json.put("retryable", result.isRetryable());
    result.task().unit().ifPresent(unit -> json.set("interval", interval(unit)));
    json.set("inputs", inputs(result.inputs()));
    json.set("sinks", sinks(result.outputs()));
    json.set("checks", checks(result.checks()));
    addDoubts(json, result.doubts());
    json.put("durationMs", result.duration().toMillis());
    result.failure().ifPresent(failure -> json.set("error", error(failure)));
    result.repair().ifPresent(repair -> json.put("repair", repair));
    return json;
  }

  /**
   * What became of a run that had not ended: the fields of a result, without its duration, and
   * {@code recovery}, one of {@link UnfinishedRun.Ending}.
   *
   * @param repair the command that mends it, where there is something to mend
   */
  public static ObjectNode of(
      UnfinishedRun run, UnfinishedRun.Completion completion, Optional<String> repair) {
    RunReport report = completion.report();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("job", run.pipeline());
    json.put("runId", run.runId());
    json.put("status", Status.of(completion.ending()).name());
    json.put("published", report.published().name());
    json.put("retryable", repair.isPresent());
    run.unit().ifPresent(unit -> json.set("interval", interval(unit)));
    json.set("inputs", inputs(report.inputs()));
    json.set("sinks", sinks(report.outputs()));
    json.set("checks", checks(report.checks()));
    addDoubts(json, report.doubts());
    report.failure().ifPresent(failure -> json.set("error", error(failure)));
    repair.ifPresent(command -> json.put("repair", command));
    json.put("recovery", completion.ending().name());
    return json;
  }

  /** A run that could not be looked after: it can be tried again. */
  public static ObjectNode notRecovered(UnfinishedRun run, Failure failure) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("job", run.pipeline());
    json.put("runId", run.runId());
    json.put("status", Status.FAILED.name());
    run.unit().ifPresent(unit -> json.set("interval", interval(unit)));
    json.set("error", error(failure));
    return json;
  }

  /** What is known of a task while it runs: {@code job, runId, status RUNNING, interval}. */
  public static ObjectNode running(Task task, String runId) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("job", task.pipeline().name());
    json.put("runId", runId);
    json.put("status", "RUNNING");
    task.unit().ifPresent(unit -> json.set("interval", interval(unit)));
    return json;
  }

  /** An interval's bounds as instants in UTC. */
  public static ObjectNode interval(Interval interval) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("from", interval.from().toString())
        .put("to", interval.to().toString());
  }

  /** Why something failed. */
  public static ObjectNode error(Failure failure) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("code", failure.code())
        .put("message", failure.message())
        .put("hint", failure.hint());
  }

  private static void addDoubts(ObjectNode json, List<RunPlan.Doubt> doubts) {
    if (!doubts.isEmpty()) {
      json.set("doubts", doubts(doubts));
    }
  }

  /** Why a run may give other rows when it is computed again. */
  public static ArrayNode doubts(List<RunPlan.Doubt> doubts) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (RunPlan.Doubt doubt : doubts) {
      ObjectNode json = array.addObject().put("place", doubt.place()).put("what", doubt.what());
      doubt.reason().ifPresent(reason -> json.put("reason", reason));
    }
    return array;
  }

  private static ArrayNode inputs(List<RunReport.Input> inputs) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (RunReport.Input input : inputs) {
      ObjectNode json = array.addObject().put("name", input.name());
      input.version().ifPresent(version -> json.put("version", version));
      input.rows().ifPresent(rows -> json.put("rows", rows));
      json.put("files", input.files()).put("bytes", input.bytes());
      input.listing().ifPresent(listing -> json.put("listing", listing));
      json.put("openedInMs", input.milliseconds());
    }
    return array;
  }

  private static ArrayNode sinks(List<RunReport.Output> outputs) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (RunReport.Output output : outputs) {
      ObjectNode json =
          array
              .addObject()
              .put("name", output.name())
              .put("kind", output.format())
              .put("path", output.path());
      ArrayNode partitions = json.putArray("partitions");
      output.units().forEach(partitions::add);
      json.put("rows", output.rows()).put("files", output.files()).put("bytes", output.bytes());
      output.version().ifPresent(version -> json.put("version", version));
      json.put("durationMs", output.milliseconds());
    }
    return array;
  }

  private static ArrayNode checks(List<RunReport.Check> checks) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (RunReport.Check check : checks) {
      ObjectNode json =
          array
              .addObject()
              .put("name", check.name())
              .put("status", check.status().name())
              .put("place", check.place())
              .put("rows", check.rows())
              .put("failingRows", check.failingRows());
      if (!check.examples().isEmpty()) {
        ArrayNode examples = json.putArray("examples");
        check.examples().forEach(examples::add);
      }
    }
    return array;
  }
}
