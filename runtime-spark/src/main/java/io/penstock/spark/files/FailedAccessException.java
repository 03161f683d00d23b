package io.penstock.spark.files;

import io.penstock.spark.text.ExceptionText;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A file that could not be read or written, with the fix in its message. */
public final class FailedAccessException extends UncheckedIOException
    implements ExceptionText.Explained {
  private static final long serialVersionUID = 1L;
  private final String problem;

  /**
   * @param action what could not be done, {@code read}
   * @param file to what
   * @param fix what to do about it
   */
  public FailedAccessException(String action, Object file, IOException cause, String fix) {
    this("Cannot " + action + " " + file + ": " + ExceptionText.phrase(cause) + ".", fix, cause);
  }

  private FailedAccessException(String problem, String fix, IOException cause) {
    super(problem + " " + fix, cause);
    this.problem = problem;
  }

  @Override
  public String problem() {
    return problem;
  }
}
