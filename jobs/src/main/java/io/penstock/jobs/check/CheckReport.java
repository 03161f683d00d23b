package io.penstock.jobs.check;

import java.util.List;

/**
 * What was found out about all jobs.
 *
 * @param baselined whether there is a baseline: without one no doubt is new
 * @param fresh the doubts that the baseline doesn't accept
 * @param gone what the baseline accepts and isn't there any more
 */
public record CheckReport(
    List<CheckedJob> jobs,
    boolean baselined,
    List<Baseline.Found> fresh,
    List<Baseline.Entry> gone) {
  public CheckReport {
    jobs = List.copyOf(jobs);
    fresh = List.copyOf(fresh);
    gone = List.copyOf(gone);
  }

  /** Without a baseline. */
  public static CheckReport of(List<CheckedJob> jobs) {
    return new CheckReport(jobs, false, List.of(), List.of());
  }

  /** Against a baseline. */
  public static CheckReport of(List<CheckedJob> jobs, Baseline baseline) {
    return new CheckReport(jobs, true, baseline.newIn(jobs), baseline.goneFrom(jobs));
  }

  public boolean isFine() {
    return fresh.isEmpty() && jobs.stream().allMatch(CheckedJob::isValid);
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
