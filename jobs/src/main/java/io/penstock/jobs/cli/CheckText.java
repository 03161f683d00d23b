package io.penstock.jobs.cli;

import io.penstock.engine.RunPlan;
import io.penstock.jobs.check.Baseline;
import io.penstock.jobs.check.CheckReport;
import io.penstock.jobs.check.CheckedJob;
import io.penstock.jobs.result.Amounts;

/** What was found out about all jobs, for people. */
final class CheckText {
  private final CheckReport report;
  private final StringBuilder text = new StringBuilder();

  private CheckText(CheckReport report) {
    this.report = report;
  }

  static String of(CheckReport report) {
    CheckText printed = new CheckText(report);
    report.jobs().forEach(printed::describe);
    printed.summarise();
    return printed.text.toString();
  }

  private void describe(CheckedJob job) {
    line(job.name() + ": " + verdict(job));
    for (CheckedJob.Output output : job.outputs()) {
      String readers =
          output.readers().isEmpty()
              ? ", read by no job"
              : ", read by " + String.join(", ", output.readers());
      line("  writes " + output.path() + readers);
    }
    job.assumed().entrySet().stream()
        .map(entry -> entry.getKey() + " isn't there: as " + entry.getValue() + " will write it")
        .sorted()
        .forEach(what -> line("  " + what));
    job.unchecked().forEach(why -> line("  " + why));
    for (int i = 0; i < job.problems().size(); i++) {
      text.append((i + 1 + ". " + job.problems().get(i)).indent(2));
    }
    job.doubts().forEach(doubt -> line("  may vary: " + describe(job, doubt)));
    line("");
  }

  private static String verdict(CheckedJob job) {
    if (!job.problems().isEmpty()) {
      return Amounts.of(job.problems().size(), "problem");
    }
    return job.isValid() ? "valid" : "not checked";
  }

  private String describe(CheckedJob job, RunPlan.Doubt doubt) {
    String known =
        doubt
            .reason()
            .map(reason -> " (accepted: " + reason + ")")
            .orElse(
                report.isNew(job, doubt)
                    ? " (new)"
                    : report.baselined() ? " (in the baseline)" : "");
    return doubt.place() + ": " + doubt.what() + known;
  }

  private void summarise() {
    for (Baseline.Entry entry : report.gone()) {
      line(
          "In the baseline, and not found any more: %s, %s: %s."
              .formatted(entry.job(), entry.place(), entry.what()));
    }
    String newDoubts =
        report.baselined() ? ", " + Amounts.of(report.newDoubts().size(), "new doubt") : "";
    line(
        "%s: %s valid, %s with problems, %s not checked%s."
            .formatted(
                Amounts.of(report.jobs().size(), "job"),
                report.valid(),
                report.invalid(),
                report.unchecked(),
                newDoubts));
  }

  private void line(String line) {
    text.append(line).append('\n');
  }
}
