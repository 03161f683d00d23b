package io.penstock.jobs.result;

import io.penstock.engine.Failure;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.plan.Task;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Makes the errors about results that can't be written, or that contradict themselves. */
final class ResultErrors {
  private ResultErrors() {}

  static RunFailedException resultFile(Path path, IOException cause) {
    return RunFailedException.usage(
            "RESULT_FILE",
            "Cannot write the result file '%s': %s, and whoever waits for the file would wait in vain."
                .formatted(path, reason(path, cause)),
            Files.exists(directory(path))
                ? "name a file in a directory that exists and can be written to."
                : "make the directory first, or name a file in one that exists and can be"
                    + " written to.")
        .causedBy(cause);
  }

  static IllegalArgumentException contradiction(
      Task task, Status status, Optional<Failure> failure) {
    return new IllegalArgumentException(
        "Cannot make a result of %s that is %s %s: one that succeeded has no failure, and every other says why. Fix: %s."
            .formatted(
                task.pipeline().name(),
                status,
                failure.map(why -> "with the failure " + why.code()).orElse("without a failure"),
                failure.isPresent() ? "leave the failure out" : "give the failure"));
  }

  /** In terms of the file that the user named: the exception speaks of the temporary file. */
  private static String reason(Path path, IOException cause) {
    Path directory = directory(path);
    if (!Files.exists(directory)) {
      return "there is no directory '" + directory + "'";
    }
    if (!Files.isDirectory(directory)) {
      return "'" + directory + "' is not a directory";
    }
    if (Files.isDirectory(path)) {
      return "it is a directory";
    }
    if (cause instanceof AccessDeniedException) {
      return "this user may not write into '" + directory + "'";
    }
    return cause instanceof FileSystemException system && system.getReason() != null
        ? system.getReason()
        : String.valueOf(cause.getMessage());
  }

  /** The root of a file system lies in itself. */
  private static Path directory(Path path) {
    return path.getParent() == null ? path : path.getParent();
  }
}
