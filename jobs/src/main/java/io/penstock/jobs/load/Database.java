package io.penstock.jobs.load;

import io.penstock.jobs.plan.PlanErrors;
import java.util.Locale;

/** A database that can load exports. */
public enum Database {
  POSTGRES,
  REDSHIFT,
  BIGQUERY,
  SNOWFLAKE;

  /**
   * The script that replaces in the table what is published.
   *
   * @throws io.penstock.engine.RunFailedException of kind USAGE, with everything that keeps this
   *     database from loading this export
   */
  public String script(Load load) {
    Loader loader = loader();
    PlanErrors.requireNone(loader.problems(load));
    return loader.script(load);
  }

  private Loader loader() {
    return switch (this) {
      case POSTGRES -> new PostgresLoader();
      case REDSHIFT -> new RedshiftLoader();
      case BIGQUERY -> new BigQueryLoader();
      case SNOWFLAKE -> new SnowflakeLoader();
    };
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
