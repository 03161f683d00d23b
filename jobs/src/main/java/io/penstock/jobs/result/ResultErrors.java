package io.penstock.jobs.result;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import java.io.IOException;
import java.nio.file.Path;

/** Makes the errors about results that can't be told. */
final class ResultErrors {
  private ResultErrors() {}

  static RunFailedException resultFile(Path path, IOException cause) {
    return new RunFailedException(
        new Failure(
                FailureKind.USAGE,
                "RESULT_FILE",
                "Cannot write the result file '%s': %s.".formatted(path, cause),
                "name a file in a directory that exists and can be written to.")
            .causedBy(cause));
  }
}
