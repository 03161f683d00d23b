package io.penstock.jobs.check;

import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the errors about what jobs are checked against. */
public final class CheckErrors {
  private CheckErrors() {}

  static RunFailedException noBaseline(Path file, String command) {
    return RunFailedException.usage(
        "NO_BASELINE",
        "There is no baseline '%s'.".formatted(file),
        "write it with what is found now, and keep it beside the jobs:\n  " + command);
  }

  static RunFailedException unreadableBaseline(Path file, String why, String command) {
    return RunFailedException.usage(
        "BASELINE_UNREADABLE",
        "Cannot read the baseline '%s': %s.".formatted(file, why),
        "write it anew:\n  " + command);
  }

  static RunFailedException baselineNotWritten(Path file, IOException cause) {
    return RunFailedException.of(
            FailureKind.STORAGE,
            "BASELINE_NOT_WRITTEN",
            "Cannot write the baseline '%s': %s.".formatted(file, cause.getMessage()),
            "name a file that can be written.")
        .causedBy(cause);
  }

  /** A baseline was to be written without saying where. */
  public static RunFailedException baselineNotNamed() {
    return RunFailedException.usage(
        "NO_BASELINE", "Cannot write the baseline: no file is named.", "add --baseline FILE.");
  }
}
