package io.penstock.jobs.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.penstock.dsl.Pipeline;
import io.penstock.engine.ReaderLimit;
import io.penstock.engine.RunPlan;
import io.penstock.jobs.result.DoubtDocument;
import io.penstock.jobs.result.IntervalDocument;
import io.penstock.plan.PlanGraph;
import io.penstock.spec.ByteSize;
import io.penstock.spec.CsvForm;
import io.penstock.spec.LakePath;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A plan for programs.
 *
 * @param interval the unit; not of a pipeline without a partition
 * @param readsOwnPast the outputs whose earlier units the pipeline reads
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
record PlanDocument(
    String job,
    String description,
    Optional<IntervalDocument> interval,
    List<OutputDocument> outputs,
    List<InputDocument> inputs,
    List<String> readsOwnPast,
    List<CheckDocument> checks,
    List<SharedDocument> shared,
    List<DoubtDocument> doubts,
    List<LimitDocument> otherReaders,
    List<StepDocument> steps) {

  static PlanDocument of(RunPlan plan, Pipeline pipeline) {
    return new PlanDocument(
        plan.pipeline(),
        plan.description(),
        plan.unit().map(IntervalDocument::of),
        plan.outputs().stream().map(OutputDocument::of).toList(),
        plan.inputs().stream().map(InputDocument::of).toList(),
        PlanText.ownPast(pipeline).stream().map(LakePath::text).toList(),
        plan.checks().stream().map(CheckDocument::of).toList(),
        plan.shared().stream().map(SharedDocument::of).toList(),
        plan.doubts().stream().map(DoubtDocument::of).toList(),
        plan.limitedTables().stream()
            .flatMap(
                table ->
                    table.limits().stream().map(limit -> LimitDocument.of(table.name(), limit)))
            .toList(),
        plan.graph().steps().stream().map(StepDocument::of).toList());
  }

  /**
   * A table or export that would be written.
   *
   * @param target whether it is there
   * @param form of an export's files
   */
  record OutputDocument(
      String name,
      String format,
      List<String> partitions,
      String target,
      @JsonUnwrapped Optional<FormDocument> form) {
    static OutputDocument of(RunPlan.Output output) {
      return new OutputDocument(
          output.name(),
          output.format(),
          output.units(),
          output.target().name(),
          output.form().map(FormDocument::of));
    }
  }

  /**
   * How an export's files are written.
   *
   * @param delimiter absent where it is a comma
   * @param encoding absent where it is UTF-8
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record FormDocument(
      String profile,
      Optional<String> delimiter,
      Optional<String> encoding,
      String compression,
      OptionalLong partBytes) {
    static FormDocument of(CsvForm form) {
      return new FormDocument(
          form.profile().toString(),
          Optional.of(form.delimiter()).filter(text -> !text.equals(CsvForm.PLAIN.delimiter())),
          Optional.of(form.encoding())
              .filter(charset -> !charset.equals(CsvForm.PLAIN.encoding()))
              .map(Charset::name),
          form.compression().toString(),
          form.partSize().stream().mapToLong(ByteSize::bytes).findFirst());
    }
  }

  /**
   * A table or folder that would be read.
   *
   * @param version of a table
   * @param leftOut files of the folder that the source doesn't ask for
   * @param absent partitions that aren't there, which the source accepts
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record InputDocument(
      String name,
      String format,
      OptionalLong version,
      List<String> partitions,
      long files,
      long bytes,
      List<String> leftOut,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> absent) {
    static InputDocument of(RunPlan.Input input) {
      return new InputDocument(
          input.name(),
          input.format(),
          input.version(),
          input.units(),
          input.files(),
          input.bytes(),
          input.leftOut(),
          input.absent());
    }
  }

  /** What a program does with a table that others made. */
  record LimitDocument(String table, String feature, String reader, String effect) {
    static LimitDocument of(String table, ReaderLimit limit) {
      return new LimitDocument(table, limit.feature(), limit.reader().toString(), limit.effect());
    }
  }

  /** A step of the plan, and the steps that it reads. */
  record StepDocument(
      int number, String kind, String operation, String detail, List<Integer> inputs, String site) {
    static StepDocument of(PlanGraph.Step step) {
      return new StepDocument(
          step.number(),
          step.kind().name(),
          step.operation(),
          step.detail(),
          step.inputs(),
          step.site());
    }
  }

  /** A check that would be made. */
  record CheckDocument(String name, String place) {
    static CheckDocument of(RunPlan.Check check) {
      return new CheckDocument(check.name(), check.place());
    }
  }

  /** A step that several outputs or checks read. */
  record SharedDocument(String step, String evaluation, String reason) {
    static SharedDocument of(RunPlan.Shared shared) {
      return new SharedDocument(shared.step(), shared.evaluation().name(), shared.reason());
    }
  }
}
