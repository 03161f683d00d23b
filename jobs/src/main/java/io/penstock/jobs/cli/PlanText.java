package io.penstock.jobs.cli;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.ReaderLimit;
import io.penstock.engine.RunPlan;
import io.penstock.jobs.result.Amounts;
import io.penstock.plan.Nodes;
import io.penstock.plan.PlanPrinter;
import io.penstock.spec.CsvForm;
import io.penstock.spec.LakePath;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan on one screen: what is replaced, read and checked, what is shared, what may vary, which
 * tables other programs can't read, and the steps.
 */
public final class PlanText {
  /** So many files that a source leaves out are named. */
  private static final int MOST_LEFT_OUT = 3;

  private PlanText() {}

  /** The plan of a pipeline as text. */
  public static String of(RunPlan plan, Pipeline pipeline) {
    StringBuilder text = new StringBuilder(plan.pipeline());
    plan.unit().ifPresent(unit -> text.append(' ').append(unit));
    text.append('\n');
    if (!plan.description().isBlank()) {
      text.append(plan.description()).append('\n');
    }
    section(text, "Replaces", plan.outputs().stream().map(PlanText::output).toList());
    section(text, "Reads", plan.inputs().stream().map(PlanText::input).toList());
    ownPast(pipeline)
        .forEach(
            path ->
                text.append(
                    "\nSequential: it reads earlier units of its own '%s', so units run in order.\n"
                        .formatted(path)));
    section(
        text,
        "Checks",
        plan.checks().stream().map(check -> List.of(check.name(), check.place())).toList());
    section(text, "Shares", plan.shared().stream().map(PlanText::shared).toList());
    section(text, "May vary", plan.doubts().stream().map(PlanText::doubt).toList());
    section(text, "Other readers", plan.limitedTables().stream().map(PlanText::limited).toList());
    text.append("\nSteps\n").append(PlanPrinter.TEXT.print(plan.graph()).indent(2));
    return text.toString();
  }

  /** The tables of which the pipeline reads units that it wrote before. */
  static List<LakePath> ownPast(Pipeline pipeline) {
    List<LakePath> written = pipeline.writes().stream().map(write -> write.sink().path()).toList();
    return Nodes.reads(pipeline.writes()).stream()
        .map(read -> read.source().path())
        .filter(written::contains)
        .distinct()
        .toList();
  }

  private static List<String> output(RunPlan.Output output) {
    return List.of(
        output.format(),
        output.name(),
        units(output.units()),
        switch (output.target()) {
          case PRESENT -> "";
          case TO_BE_CREATED -> "to be created";
        },
        output.form().map(CsvForm::toString).orElse(""));
  }

  private static List<String> input(RunPlan.Input input) {
    return List.of(
        input.format(),
        input.name(),
        units(input.units()),
        input.version().isPresent() ? "version " + input.version().getAsLong() : "",
        Amounts.of(input.files(), "file"),
        Amounts.bytes(input.bytes()),
        leftOut(input.leftOut()),
        input.absent().isEmpty() ? "" : "absent: " + Amounts.beginning(input.absent()));
  }

  private static String leftOut(List<String> files) {
    int more = files.size() - MOST_LEFT_OUT;
    return files.isEmpty()
        ? ""
        : "without "
            + String.join(", ", files.subList(0, Math.min(files.size(), MOST_LEFT_OUT)))
            + (more > 0 ? " and " + Amounts.of(more, "more file") : "");
  }

  private static List<String> shared(RunPlan.Shared shared) {
    return List.of(
        shared.step(),
        switch (shared.evaluation()) {
          case ONCE -> "computed once";
          case FOR_EACH_READER -> "computed for each reader";
        },
        shared.reason());
  }

  private static List<String> limited(RunPlan.LimitedTable table) {
    return List.of(
        table.name(),
        table.limits().stream()
            .collect(
                Collectors.groupingBy(
                    ReaderLimit::feature,
                    LinkedHashMap::new,
                    Collectors.mapping(ReaderLimit::toString, Collectors.joining(", "))))
            .entrySet()
            .stream()
            .map(feature -> feature.getKey() + ": " + feature.getValue())
            .collect(Collectors.joining("; ")));
  }

  private static List<String> doubt(RunPlan.Doubt doubt) {
    return List.of(
        doubt.place(), doubt.what(), doubt.reason().map(reason -> "allowed: " + reason).orElse(""));
  }

  /** A month of days is named by its first and last. */
  private static String units(List<String> labels) {
    return switch (labels.size()) {
      case 0 -> "all";
      case 1 -> labels.get(0);
      case 2 -> labels.get(0) + ", " + labels.get(1);
      default ->
          "%s … %s (%s)".formatted(labels.get(0), labels.get(labels.size() - 1), labels.size());
    };
  }

  private static void section(StringBuilder text, String title, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return;
    }
    List<String> noHeader = Collections.nCopies(rows.get(0).size(), "");
    text.append('\n').append(title);
    text.append(TextTable.of(noHeader, rows).indent(2).stripTrailing().replaceFirst("^ *", ""));
    text.append('\n');
  }
}
