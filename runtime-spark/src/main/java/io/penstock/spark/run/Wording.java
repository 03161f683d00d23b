package io.penstock.spark.run;

import java.nio.file.FileSystemException;
import java.util.Locale;

/** What an exception says, without the class names, codes and plans around it. */
final class Wording {
  private Wording() {}

  static String of(Throwable cause) {
    if (cause instanceof FileSystemException file && file.getReason() == null) {
      // Its message is the bare path; what happened to it is in the name of its class.
      return file.getClass()
              .getSimpleName()
              .replace("Exception", "")
              .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
              .toLowerCase(Locale.ROOT)
          + ": "
          + file.getFile();
    }
    String message =
        cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
    int end = message.indexOf(" SQLSTATE:");
    String text = end < 0 ? message : message.substring(0, end);
    return text.strip().replaceFirst("^\\[[A-Z0-9_.]+] ", "").lines().findFirst().orElse("");
  }
}
