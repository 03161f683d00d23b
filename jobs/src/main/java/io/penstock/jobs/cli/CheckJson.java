package io.penstock.jobs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.engine.RunPlan;
import io.penstock.jobs.check.Baseline;
import io.penstock.jobs.check.CheckReport;
import io.penstock.jobs.check.CheckedJob;
import io.penstock.plan.Problem;
import io.penstock.spec.LakePath;
import java.util.Comparator;

/** What was found out about all jobs, for programs. */
final class CheckJson {
  private CheckJson() {}

  static String of(CheckReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode jobs = json.putArray("jobs");
    report.jobs().forEach(job -> describe(job, report, jobs.addObject()));
    ArrayNode gone = json.putArray("gone");
    report
        .gone()
        .forEach(
            entry ->
                gone.addObject()
                    .put("job", entry.job())
                    .put("place", entry.place())
                    .put("what", entry.what()));
    json.putObject("summary")
        .put("jobs", report.jobs().size())
        .put("valid", report.jobs().stream().filter(CheckedJob::isValid).count())
        .put("invalid", report.invalid())
        .put("notChecked", report.unchecked())
        .put("newDoubts", report.fresh().size());
    return json.toPrettyString() + "\n";
  }

  private static void describe(CheckedJob job, CheckReport report, ObjectNode json) {
    json.put("job", job.name()).put("valid", job.isValid());
    ArrayNode problems = json.putArray("problems");
    for (Problem problem : job.problems()) {
      ObjectNode described = problems.addObject().put("code", problem.code());
      problem.place().ifPresent(place -> described.put("place", place));
      described.put("message", problem.message()).put("fix", problem.fix());
    }
    ArrayNode unchecked = json.putArray("notChecked");
    job.unchecked().forEach(unchecked::add);
    ArrayNode outputs = json.putArray("outputs");
    for (CheckedJob.Output output : job.outputs()) {
      ArrayNode readers = outputs.addObject().put("name", output.path().text()).putArray("readBy");
      output.readers().forEach(readers::add);
    }
    ObjectNode assumed = json.putObject("assumed");
    job.assumed().keySet().stream()
        .sorted(Comparator.comparing(LakePath::text))
        .forEach(path -> assumed.put(path.text(), job.assumed().get(path)));
    ArrayNode doubts = json.putArray("doubts");
    for (RunPlan.Doubt doubt : job.doubts()) {
      ObjectNode described =
          doubts.addObject().put("place", doubt.place()).put("what", doubt.what());
      doubt.reason().ifPresent(reason -> described.put("reason", reason));
      described.put("new", report.fresh().contains(new Baseline.Found(job.name(), doubt)));
    }
  }
}
