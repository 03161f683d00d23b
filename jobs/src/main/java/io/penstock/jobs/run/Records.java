package io.penstock.jobs.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.engine.Lake;
import io.penstock.jobs.Version;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.result.Redaction;
import io.penstock.jobs.result.ResultJson;
import io.penstock.jobs.result.TaskResult;
import io.penstock.spec.TypedValue;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Keeps a record of every task that was begun, however it ended: the result line, and with it the
 * parameters, the start and the version of the program.
 *
 * <p>A record says {@code RUNNING} until the end. Where that stays, the process was killed, or gave
 * up waiting for the engine.
 */
final class Records {
  /** The checks that may fail, each with the reason. */
  static final String ACCEPTED = "accepted";

  private final Lake lake;
  private final Arguments arguments;
  private final Redaction redaction;

  Records(Lake lake, Arguments arguments, Redaction redaction) {
    this.lake = lake;
    this.arguments = arguments;
    this.redaction = redaction;
  }

  void begin(PendingTasks.Attempt attempt) {
    keep(
        attempt.task(),
        attempt.runId(),
        ResultJson.running(attempt.task(), attempt.runId()),
        attempt.startedAt());
  }

  void keep(TaskResult result, Instant startedAt) {
    keep(result.task(), result.runId(), ResultJson.of(result), startedAt);
  }

  private void keep(Task task, String runId, ObjectNode record, Instant startedAt) {
    ObjectNode parameters = record.putObject("parameters");
    Map<String, TypedValue> values = arguments.valuesFor(task.pipeline());
    values.forEach((name, value) -> parameters.put(name, redaction.value(name, value.text())));
    List<String> checks = arguments.accepted().namesFor(task.pipeline());
    if (!checks.isEmpty()) {
      ObjectNode accepted = record.putObject(ACCEPTED);
      checks.forEach(check -> accepted.put(check, arguments.accepted().reason()));
    }
    record.put("startedAt", startedAt.toString());
    record.put("penstock", Version.text());
    lake.record(task.pipeline().name(), runId, redaction.json(record).toString());
  }
}
