package io.penstock.jobs.testing;

import io.penstock.engine.RunReport;

/** Says what is expected of an expectation's result. */
public final class CheckAssert {
  private final JobOutcome outcome;
  private final RunReport.Check check;

  CheckAssert(JobOutcome outcome, RunReport.Check check) {
    this.outcome = outcome;
    this.check = check;
  }

  /** All rows are as they should be, or enough of them. */
  public JobOutcome passed() {
    return is(RunReport.Status.PASSED);
  }

  /** The check refused the rows. */
  public JobOutcome failed() {
    return is(RunReport.Status.FAILED);
  }

  /** The check refused the rows, and so many of them failed it. */
  public JobOutcome failedFor(long rows) {
    failed();
    if (check.failingRows() != rows) {
      throw TestingErrors.failed(
          "Expected %s to fail for %s rows, and it failed for %s: %s."
              .formatted(check.name(), rows, check.failingRows(), check.examples()));
    }
    return outcome;
  }

  private JobOutcome is(RunReport.Status expected) {
    if (check.status() != expected) {
      throw TestingErrors.failed(
          "Expected %s to have %s, and it has %s for %s of %s rows: %s."
              .formatted(
                  check.name(),
                  expected,
                  check.status(),
                  check.failingRows(),
                  check.rows(),
                  check.examples()));
    }
    return outcome;
  }
}
