package io.penstock.spark.delta;

/** What can go wrong with a table, told as problem, reason and fix. */
public abstract sealed class DeltaTableException extends RuntimeException
    permits TableMissingException,
        TableDefinitionException,
        SchemaMismatchException,
        TableChangedException,
        TableContractException,
        UnitChangedException,
        FencedException,
        StagedFileException,
        CommitConflictException,
        CommitOutcomeException,
        ConstraintViolatedException {
  private static final long serialVersionUID = 1L;

  private final String problem;
  private final String why;
  private final String fix;

  /**
   * @param problem what could not be done, and where
   * @param why the reason
   * @param fix what to do about it
   */
  record Explanation(String problem, String why, String fix) {
    String text() {
      return problem + ": " + why + ". " + fix;
    }
  }

  DeltaTableException(Explanation explanation) {
    super(explanation.text());
    this.problem = explanation.problem();
    this.why = explanation.why();
    this.fix = explanation.fix();
  }

  DeltaTableException(Explanation explanation, Throwable cause) {
    super(explanation.text(), cause);
    this.problem = explanation.problem();
    this.why = explanation.why();
    this.fix = explanation.fix();
  }

  /** What could not be done, and where. */
  public String problem() {
    return problem;
  }

  /** The reason. */
  public String why() {
    return why;
  }

  /** What to do about it. */
  public String fix() {
    return fix;
  }
}
