package io.penstock.spark.delta;

/** The table properties that name the pipeline and the owners of a table. */
final class TableProperties {
  /** Who answers for what the data means. */
  public static final String BUSINESS_OWNER = "penstock.owner.business";

  /** Who answers for the job. */
  public static final String TECHNICAL_OWNER = "penstock.owner.technical";

  /** The pipeline that writes the table. */
  public static final String PIPELINE = "penstock.pipeline";

  private TableProperties() {}
}
