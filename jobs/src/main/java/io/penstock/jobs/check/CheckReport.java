package io.penstock.jobs.check;

import io.penstock.engine.RunPlan;
import java.util.List;
import java.util.Optional;

/**
 * What was found out about all jobs.
 *
 * @param baselined whether there is a baseline: without one no doubt is new
 * @param newDoubts the doubts that the baseline doesn't accept
 * @param gone what the baseline accepts and isn't there any more
 */
public record CheckReport(
    List<CheckedJob> jobs,
    boolean baselined,
    List<Baseline.JobDoubt> newDoubts,
    List<Baseline.Entry> gone) {
  public CheckReport {
    jobs = List.copyOf(jobs);
    newDoubts = List.copyOf(newDoubts);
    gone = List.copyOf(gone);
  }

  /** Compares the jobs with a baseline, if there is one. */
  public static CheckReport of(List<CheckedJob> jobs, Optional<Baseline> baseline) {
    return new CheckReport(
        jobs,
        baseline.isPresent(),
        baseline.map(accepted -> accepted.newIn(jobs)).orElse(List.of()),
        baseline.map(accepted -> accepted.goneFrom(jobs)).orElse(List.of()));
  }

  /** Whether all jobs are valid and have no new doubts. */
  public boolean passed() {
    return newDoubts.isEmpty() && valid() == jobs.size();
  }

  /** Whether the baseline doesn't accept this doubt. */
  public boolean isNew(CheckedJob job, RunPlan.Doubt doubt) {
    return newDoubts.contains(new Baseline.JobDoubt(job.name(), doubt));
  }

  /** How many jobs are valid. */
  public long valid() {
    return jobs.stream().filter(CheckedJob::isValid).count();
  }

  /** How many jobs have problems. */
  public long invalid() {
    return jobs.stream().filter(job -> !job.problems().isEmpty()).count();
  }

  /** How many jobs without a problem could not be compiled as a whole. */
  public long unchecked() {
    return jobs.stream().filter(job -> job.problems().isEmpty() && !job.isValid()).count();
  }
}
