package io.penstock.samples.readers;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.excel;
import static io.penstock.dsl.Penstock.read;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.spec.Partition;

/** Excel workbooks whose cells have other types than their columns. */
public final class ExcelFiles implements Job {
  private static final Partition DAY = Partition.daily("day");

  private static final String COLUMNS =
      """
      f INT, r INT, small SMALLINT, whole INT, big BIGINT, money DECIMAL(12, 2),
      widest DECIMAL(38, 10), single FLOAT, twice DOUBLE, truth BOOLEAN, text STRING, sold DATE,
      at TIMESTAMP, local TIMESTAMP_NTZ, note STRING
      """;

  @Override
  public Pipeline pipeline() {
    Rows files =
        read(
            excel("arrivals/drifting/excel/{day}")
                .schema(COLUMNS)
                .partition(DAY)
                .sheet("Data")
                .optional("note"));

    return Pipeline.named("excel-files")
        .describedAs("The cells of Excel workbooks")
        .writes(
            files
                .with("local", "CAST(local AS TIMESTAMP)")
                .to(delta("drifting/excel").overwrite(DAY)));
  }
}
