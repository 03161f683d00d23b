package io.penstock.jobs.result;

import io.penstock.engine.Failure;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.jobs.plan.Task;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The outcome of one task.
 *
 * @param report what the engine reports of the run; empty when it ended before
 * @param exitCode what the task alone would have ended with
 * @param failure why it didn't succeed
 * @param repair the command that repairs it
 */
public record TaskResult(
    Task task,
    String runId,
    Status status,
    ExitCode exitCode,
    Optional<RunReport> report,
    Duration duration,
    Optional<Failure> failure,
    Optional<String> repair) {

  public TaskResult {
    if ((status == Status.SUCCEEDED) == failure.isPresent()) {
      throw ResultErrors.contradiction(task, status, failure);
    }
  }

  /**
   * Whether the same command may succeed later without anyone changing anything. A skipped task
   * goes by the failure that it was skipped for.
   */
  public boolean isRetryable() {
    return status == Status.SKIPPED
        ? ExitCode.of(failure.orElseThrow().kind()).isRetryable()
        : exitCode.isRetryable();
  }

  /**
   * What was read: each table or folder once in each version, in the order of the plan. A pipeline
   * may read one of them several times, through several windows for example; what these reads found
   * is added up, because who reads a result asks how much came from where.
   */
  public List<RunReport.Input> inputs() {
    Map<SourceVersion, RunReport.Input> inputs = new LinkedHashMap<>();
    for (RunReport.Input input : report.map(RunReport::inputs).orElse(List.of())) {
      inputs.merge(
          new SourceVersion(input.name(), input.version()), input, TaskResult::readTogether);
    }
    return List.copyOf(inputs.values());
  }

  /** Whether everything was there that is read; empty when the run never got so far. */
  public Optional<Boolean> isComplete() {
    return report.map(RunReport::isComplete);
  }

  /** What was written; nothing when the run never got that far. */
  public List<RunReport.Output> outputs() {
    return report.map(RunReport::outputs).orElse(List.of());
  }

  /** The results of the checks; none when the run never got that far. */
  public List<RunReport.Check> checks() {
    return report.map(RunReport::checks).orElse(List.of());
  }

  /** Why the same run may give other rows when it is computed again. */
  public List<RunPlan.Doubt> doubts() {
    return report.map(RunReport::doubts).orElse(List.of());
  }

  private record SourceVersion(String name, OptionalLong version) {}

  /** A sum of which one part is not known is not known. */
  private static RunReport.Input readTogether(RunReport.Input one, RunReport.Input other) {
    return new RunReport.Input(
        one.name(),
        one.version(),
        one.rows().isPresent() && other.rows().isPresent()
            ? OptionalLong.of(one.rows().getAsLong() + other.rows().getAsLong())
            : OptionalLong.empty(),
        one.files() + other.files(),
        one.bytes() + other.bytes(),
        one.milliseconds() + other.milliseconds(),
        listing(one, other),
        unknownKeys(one, other),
        Stream.concat(one.absent().stream(), other.absent().stream()).distinct().toList());
  }

  private static Map<String, Long> unknownKeys(RunReport.Input one, RunReport.Input other) {
    Map<String, Long> all = new HashMap<>(one.unknownKeys());
    other.unknownKeys().forEach((name, count) -> all.merge(name, count, Long::sum));
    return all;
  }

  /** Of a folder that was read through several windows, each has its own listing. */
  private static Optional<String> listing(RunReport.Input one, RunReport.Input other) {
    return one.listing().equals(other.listing())
        ? one.listing()
        : Optional.of(
            Stream.of(one, other)
                .flatMap(input -> input.listing().stream())
                .collect(Collectors.joining("+")));
  }

  /** How much of the task's output became visible. */
  public RunReport.Published published() {
    return report.map(RunReport::published).orElse(RunReport.Published.NONE);
  }
}
