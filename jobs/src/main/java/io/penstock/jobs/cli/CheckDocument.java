package io.penstock.jobs.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.penstock.engine.RunPlan;
import io.penstock.jobs.check.Baseline;
import io.penstock.jobs.check.CheckReport;
import io.penstock.jobs.check.CheckedJob;
import io.penstock.jobs.result.DoubtDocument;
import io.penstock.plan.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What {@code check} found out about all jobs, for programs.
 *
 * @param gone what the baseline accepts and isn't there any more
 */
record CheckDocument(List<JobDocument> jobs, List<Baseline.Entry> gone, Summary summary) {

  static CheckDocument of(CheckReport report) {
    return new CheckDocument(
        report.jobs().stream().map(job -> JobDocument.of(job, report)).toList(),
        report.gone(),
        new Summary(
            report.jobs().size(),
            report.valid(),
            report.invalid(),
            report.unchecked(),
            report.newDoubts().size()));
  }

  /** How many jobs there are of each kind. */
  record Summary(int jobs, long valid, long invalid, long notChecked, int newDoubts) {}

  /**
   * One job.
   *
   * @param assumed by path, the job as whose output it was compiled
   */
  record JobDocument(
      String job,
      boolean valid,
      List<ProblemDocument> problems,
      List<String> notChecked,
      List<OutputDocument> outputs,
      Map<String, String> assumed,
      List<KnownDoubt> doubts) {
    static JobDocument of(CheckedJob job, CheckReport report) {
      Map<String, String> assumed = new TreeMap<>();
      job.assumed().forEach((path, writer) -> assumed.put(path.text(), writer));
      return new JobDocument(
          job.name(),
          job.isValid(),
          job.problems().stream().map(ProblemDocument::of).toList(),
          job.unchecked(),
          job.outputs().stream().map(OutputDocument::of).toList(),
          assumed,
          job.doubts().stream().map(doubt -> KnownDoubt.of(job, doubt, report)).toList());
    }
  }

  /** Why a job would not run. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record ProblemDocument(String code, Optional<String> place, String message, String fix) {
    static ProblemDocument of(Problem problem) {
      return new ProblemDocument(problem.code(), problem.place(), problem.message(), problem.fix());
    }
  }

  /** What a job writes, and the jobs that read it. */
  record OutputDocument(String name, List<String> readBy) {
    static OutputDocument of(CheckedJob.Output output) {
      return new OutputDocument(output.path().text(), output.readers());
    }
  }

  /** A doubt, and whether the baseline doesn't accept it. */
  record KnownDoubt(@JsonUnwrapped DoubtDocument doubt, @JsonProperty("new") boolean isNew) {
    static KnownDoubt of(CheckedJob job, RunPlan.Doubt doubt, CheckReport report) {
      return new KnownDoubt(DoubtDocument.of(doubt), report.isNew(job, doubt));
    }
  }
}
