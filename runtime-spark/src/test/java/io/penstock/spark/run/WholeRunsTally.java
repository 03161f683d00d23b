package io.penstock.spark.run;

/** What was done in a proof of whole runs, and what came of it. */
final class WholeRunsTally {
  int steps;
  int crashes;
  int completed;
  int givenUp;
  int byOthers;
  int missing;
  int copied;
  int strangers;

  boolean reaches(int wantedCrashes, int wantedSteps) {
    return crashes >= wantedCrashes && steps >= wantedSteps;
  }

  @Override
  public String toString() {
    return ("%s steps, %s of them crashes (%s completed by recovery, %s given up), %s by others; of"
            + " the readers of a day %s found it missing and %s copied it; %s other jobs were"
            + " refused")
        .formatted(steps, crashes, completed, givenUp, byOthers, missing, copied, strangers);
  }
}
