package io.penstock.jobs.result;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** All tasks of a command together: how many ended how, and what the process ends with. */
public record Summary(List<TaskResult> results, ExitCode exitCode, Duration duration) {
  public Summary {
    results = List.copyOf(results);
  }

  /** {@code {"summary": {tasks, succeeded, failed, skipped, stopped, exitCode, durationMs}}}. */
  public ObjectNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode summary = json.putObject("summary");
    summary.put("tasks", results.size());
    for (Status status : Status.values()) {
      summary.put(status.name().toLowerCase(Locale.ROOT), count(status));
    }
    summary.put("exitCode", exitCode.number());
    summary.put("durationMs", duration.toMillis());
    return json;
  }

  private long count(Status status) {
    return results.stream().filter(result -> result.status() == status).count();
  }
}
