package io.penstock.spark.delta;

import java.util.Map;

/** The table properties that say whose a table is. */
public final class TableProperties {
  /** Who answers for what the data means. */
  public static final String BUSINESS_OWNER = "penstock.owner.business";

  /** Who answers for the job. */
  public static final String TECHNICAL_OWNER = "penstock.owner.technical";

  /** The pipeline that writes the table. */
  public static final String PIPELINE = "penstock.pipeline";

  private TableProperties() {}

  /** The properties of a table that a pipeline writes. */
  public static Map<String, String> owners(String business, String technical, String pipeline) {
    return Map.of(BUSINESS_OWNER, business, TECHNICAL_OWNER, technical, PIPELINE, pipeline);
  }
}
