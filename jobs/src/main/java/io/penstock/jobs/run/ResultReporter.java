package io.penstock.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.engine.Failure;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.result.ErrorDocument;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.result.Json;
import io.penstock.jobs.result.ResultFile;
import io.penstock.jobs.result.ResultJson;
import io.penstock.jobs.result.Status;
import io.penstock.jobs.result.Summary;
import io.penstock.jobs.result.TaskResult;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reports each outcome once: a line when a task ends, the summary and the result file at the end.
 *
 * <p>Two threads may report the end, the one that runs the tasks and the one that gives up waiting
 * for it: the first one wins, and later reports are ignored.
 */
final class ResultReporter {
  private final Console console;
  private final ConsoleReporter people;
  private final Optional<ResultFile> file;
  private final Instant startedAt;
  private final long started = System.nanoTime();
  private final List<TaskResult> results = new ArrayList<>();
  private final Set<Task.Key> reported = new HashSet<>();
  private boolean closed;

  ResultReporter(Console console, Optional<ResultFile> file, Clock clock) {
    this.console = console;
    this.people = new ConsoleReporter(console);
    this.file = file;
    this.startedAt = clock.instant();
  }

  /**
   * Writes RUNNING to the result file: where that stays, the process was killed.
   *
   * @throws RunFailedException of kind USAGE, when the file can't be written; that is reported on
   *     the console
   */
  synchronized void begin() {
    if (closed || file.isEmpty()) {
      return;
    }
    try {
      file.get().replace(document("RUNNING"));
    } catch (RunFailedException e) {
      closed = true;
      console.result(end(ExitCode.of(e.failure().kind()), Optional.of(e.failure())));
      throw e;
    }
  }

  /** The reporter for people. */
  ConsoleReporter forPeople() {
    return people;
  }

  /** Reports how a task ended; a second result for the same task is ignored. */
  synchronized void ended(TaskResult result) {
    if (!closed && reported.add(result.task().key())) {
      results.add(result);
      people.ended(result);
      console.result(ResultJson.of(result));
    }
  }

  /** The code of the first task that did not succeed. */
  synchronized ExitCode exitCode() {
    return results.stream()
        .filter(result -> result.status() != Status.SUCCEEDED)
        .map(TaskResult::exitCode)
        .findFirst()
        .orElse(ExitCode.DONE);
  }

  /** Reports the end, unless it has been reported. */
  synchronized void close(ExitCode exitCode) {
    close(exitCode, Optional.empty());
  }

  /** Reports the end of a command that failed before its tasks were known. */
  synchronized void close(Failure failure) {
    close(ExitCode.of(failure.kind()), Optional.of(failure));
  }

  private void close(ExitCode exitCode, Optional<Failure> failure) {
    if (closed) {
      return;
    }
    closed = true;
    ObjectNode end = end(exitCode, failure);
    ObjectNode document = document(status(exitCode));
    document.setAll(end);
    // Before anything is printed, which blocks where nobody reads the pipe any more.
    file.ifPresent(target -> finish(target, console.redaction().json(document)));
    // So the last line of stdout is always an outcome, also without any task.
    if (results.size() != 1) {
      console.result(end);
    }
    people.summary(summary(exitCode));
  }

  private Summary summary(ExitCode exitCode) {
    return new Summary(results, exitCode, Duration.ofNanos(System.nanoTime() - started));
  }

  private ObjectNode end(ExitCode exitCode, Optional<Failure> failure) {
    ObjectNode end = JsonNodeFactory.instance.objectNode();
    failure.ifPresent(why -> end.set("error", Json.object(ErrorDocument.of(why))));
    end.setAll(summary(exitCode).json());
    return end;
  }

  /** What was published stays published: at the end the file can't change the outcome any more. */
  private void finish(ResultFile target, JsonNode document) {
    try {
      target.replace(document);
    } catch (RunFailedException e) {
      people.noResultFile(e.failure());
    }
  }

  private ObjectNode document(String status) {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("status", status);
    document.put("startedAt", startedAt.toString());
    ArrayNode tasks = document.putArray("tasks");
    results.forEach(result -> tasks.add(ResultJson.of(result)));
    return document;
  }

  private static String status(ExitCode exitCode) {
    if (exitCode == ExitCode.DONE) {
      return "SUCCEEDED";
    }
    boolean stopped =
        Arrays.stream(StopReason.values()).anyMatch(reason -> reason.exitCode() == exitCode);
    return stopped ? "STOPPED" : "FAILED";
  }
}
