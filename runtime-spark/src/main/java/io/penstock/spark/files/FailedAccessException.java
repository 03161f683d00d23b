package io.penstock.spark.files;

import io.penstock.spark.text.ExceptionText;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A file could not be read or written; the message includes the fix. */
public final class FailedAccessException extends UncheckedIOException
    implements ExceptionText.Explained {
  private static final long serialVersionUID = 1L;
  private static final String CHECK =
      "Check that the file system is reachable, has space and gives this user access; then run"
          + " again.";

  private final String problem;

  /**
   * A failure that the file system has to answer for.
   *
   * @param action what could not be done, {@code read}
   * @param file what it could not be done to
   */
  public FailedAccessException(String action, Object file, IOException cause) {
    this(action, file, cause, CHECK);
  }

  /** The same with a fix of its own. */
  public FailedAccessException(String action, Object file, IOException cause, String fix) {
    this("Cannot " + action + " " + file + ": " + reason(file, cause) + ".", fix, cause);
  }

  private FailedAccessException(String problem, String fix, IOException cause) {
    super(problem + " " + fix, cause);
    this.problem = problem;
  }

  /** Without the path at the end of many messages: it is named already. */
  private static String reason(Object file, IOException cause) {
    String reason = ExceptionText.phrase(cause);
    int end = reason.lastIndexOf(": ");
    String last = reason.substring(end + 1).strip();
    return end > 0 && last.contains("/") && file.toString().endsWith(last)
        ? reason.substring(0, end)
        : reason;
  }

  @Override
  public String problem() {
    return problem;
  }
}
