package io.penstock.spark.export;

/**
 * An export's contract doesn't allow a publication: another division, or another writer. Nothing
 * was changed.
 */
public final class ExportContractException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final String problem;
  private final String fix;

  ExportContractException(String code, String problem, String fix) {
    super(problem + " " + fix);
    this.code = code;
    this.problem = problem;
    this.fix = fix;
  }

  /** The code of the problem that it would have been before the run. */
  public String code() {
    return code;
  }

  /** What could not be done, where, and why. */
  public String problem() {
    return problem;
  }

  /** What to do about it. */
  public String fix() {
    return fix;
  }
}
