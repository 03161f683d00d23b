package io.penstock.jobs.result;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.engine.UnfinishedRun;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A result in the form that programs read. Its names and its shape belong to its version: what
 * changes elsewhere leaves them alone. A part without a value is left out.
 *
 * @param outcome absent, like {@code work}, of a run that has not ended or whose recovery failed
 * @param interval the unit; not of a pipeline without a partition
 * @param durationMs not of a run that another process has begun
 * @param resultVersion of this form
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record ResultDocument(
    @JsonUnwrapped TaskDocument task,
    @JsonUnwrapped Optional<OutcomeDocument> outcome,
    Optional<IntervalDocument> interval,
    @JsonUnwrapped Optional<WorkDocument> work,
    OptionalLong durationMs,
    @JsonUnwrapped EndDocument end,
    int resultVersion) {
  /**
   * In the form of before, with version 1 or none, {@code outputs} were {@code sinks}, their {@code
   * format} a {@code kind}, and an error's {@code fix} a {@code hint}.
   */
  static final int VERSION = 2;

  /** Which task's run it is, and how that stands. */
  record TaskDocument(String job, String runId, String status) {}

  /** What became visible, and whether the same command may succeed later. */
  record OutcomeDocument(RunReport.Published published, boolean retryable) {}

  /**
   * What was read, written and checked.
   *
   * @param complete whether everything was there that is read; absent where nobody looked
   * @param doubts why another run may give other rows; left out where there are none
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record WorkDocument(
      Optional<Boolean> complete,
      List<InputDocument> inputs,
      List<OutputDocument> outputs,
      List<CheckDocument> checks,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<DoubtDocument> doubts) {
    static WorkDocument of(
        Optional<Boolean> complete,
        List<RunReport.Input> inputs,
        List<RunReport.Output> outputs,
        List<RunReport.Check> checks,
        List<RunPlan.Doubt> doubts) {
      return new WorkDocument(
          complete,
          inputs.stream().map(InputDocument::of).toList(),
          outputs.stream().map(OutputDocument::of).toList(),
          checks.stream().map(CheckDocument::of).toList(),
          doubts.stream().map(DoubtDocument::of).toList());
    }
  }

  /**
   * A table or folder that was read.
   *
   * @param version of a table
   * @param rows where they were counted
   * @param listing of files: a digest of their names, lengths and times
   * @param unknownKeys of files: the keys and columns that aren't declared, each with the number of
   *     records that had it
   * @param absent the units that weren't there, which the source accepts
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record InputDocument(
      String name,
      OptionalLong version,
      OptionalLong rows,
      long files,
      long bytes,
      Optional<String> listing,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Long> unknownKeys,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> absent,
      long openedInMs) {
    static InputDocument of(RunReport.Input input) {
      return new InputDocument(
          input.name(),
          input.version(),
          input.rows(),
          input.files(),
          input.bytes(),
          input.listing(),
          input.unknownKeys(),
          input.absent(),
          input.milliseconds());
    }
  }

  /**
   * A table or export that was written.
   *
   * @param partitions those replaced; none where the whole was replaced
   * @param version of a table, once published
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record OutputDocument(
      String name,
      String format,
      String path,
      List<String> partitions,
      long rows,
      long files,
      long bytes,
      OptionalLong version,
      long durationMs) {
    static OutputDocument of(RunReport.Output output) {
      return new OutputDocument(
          output.name(),
          output.format(),
          output.path(),
          output.units(),
          output.rows(),
          output.files(),
          output.bytes(),
          output.version(),
          output.milliseconds());
    }
  }

  /**
   * A check, with a few of the rows that failed it.
   *
   * @param detail what it was decided by, where the check itself doesn't say it
   * @param accepted why its failure was accepted for this run
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record CheckDocument(
      String name,
      RunReport.Status status,
      String place,
      long rows,
      long failingRows,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> examples,
      Optional<String> detail,
      Optional<String> accepted) {
    static CheckDocument of(RunReport.Check check) {
      return new CheckDocument(
          check.name(),
          check.status(),
          check.place(),
          check.rows(),
          check.failingRows(),
          check.examples(),
          check.detail(),
          check.accepted());
    }
  }

  /**
   * How it ended.
   *
   * @param error not of a success
   * @param repair the command that repairs it
   * @param recovery what became of a run whose process was gone
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record EndDocument(
      Optional<ErrorDocument> error,
      Optional<String> repair,
      Optional<UnfinishedRun.Ending> recovery) {}
}
