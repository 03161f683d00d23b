package io.penstock.jobs.result;

import io.penstock.engine.FailureKind;

/**
 * The exit codes of the program, after {@code sysexits.h}, {@code timeout(1)} and the shell's codes
 * for signals: a scheduler tells by them whether a retry is worth while.
 */
public enum ExitCode {
  DONE(0, Retry.FUTILE, "done"),
  USAGE(64, Retry.FUTILE, "the command line asks for something that can't be"),
  DATA(65, Retry.FUTILE, "the data is wrong, or a check failed"),
  INPUT_MISSING(66, Retry.WORTHWHILE, "an input is not there yet"),
  UNAVAILABLE(69, Retry.WORTHWHILE, "a service that the lake needs doesn't answer"),
  BUG(70, Retry.FUTILE, "a fault of the program"),
  OUT_OF_MEMORY(71, Retry.WORTHWHILE, "the memory given was not enough"),
  OVERTAKEN(73, Retry.FUTILE, "a later attempt has published: its rows stand"),
  STORAGE(74, Retry.WORTHWHILE, "a disk or file system failed"),
  TRY_AGAIN(75, Retry.WORTHWHILE, "another writer or the network was in the way"),
  NOT_PERMITTED(77, Retry.FUTILE, "the lake refuses access"),
  INVALID(78, Retry.FUTILE, "the pipeline, a table or the configuration is wrong"),
  SKIPPED(99, Retry.FUTILE, "not run, because what it depends on failed"),
  TIMEOUT(124, Retry.WORTHWHILE, "stopped by --timeout"),
  HUNG_UP(129, Retry.WORTHWHILE, "stopped by HUP"),
  INTERRUPTED(130, Retry.WORTHWHILE, "stopped by INT"),
  TERMINATED(143, Retry.WORTHWHILE, "stopped by TERM");

  private enum Retry {
    FUTILE,
    WORTHWHILE
  }

  private final int number;
  private final Retry retry;
  private final String meaning;

  ExitCode(int number, Retry retry, String meaning) {
    this.number = number;
    this.retry = retry;
    this.meaning = meaning;
  }

  /** The code as the operating system sees it. */
  public int number() {
    return number;
  }

  /** What the code says, as {@code --help} prints it. */
  public String meaning() {
    return meaning;
  }

  /** Whether the same command may succeed later without anyone changing anything. */
  public boolean isRetryable() {
    return retry == Retry.WORTHWHILE;
  }

  /** The code for a kind of failure. */
  public static ExitCode of(FailureKind kind) {
    return switch (kind) {
      case USAGE -> USAGE;
      case DATA -> DATA;
      case INPUT_MISSING -> INPUT_MISSING;
      case UNAVAILABLE -> UNAVAILABLE;
      case BUG -> BUG;
      case OUT_OF_MEMORY -> OUT_OF_MEMORY;
      case STORAGE -> STORAGE;
      case TRY_AGAIN -> TRY_AGAIN;
      case OVERTAKEN -> OVERTAKEN;
      case NOT_PERMITTED -> NOT_PERMITTED;
      case INVALID -> INVALID;
      case STOPPED -> TERMINATED;
    };
  }
}
