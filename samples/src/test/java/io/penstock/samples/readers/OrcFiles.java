package io.penstock.samples.readers;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.orc;
import static io.penstock.dsl.Penstock.read;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.spec.Partition;

/** ORC files whose columns have other types from file to file. */
public final class OrcFiles implements Job {
  private static final Partition DAY = Partition.daily("day");

  /** Of Avro files, too. */
  static final String COLUMNS =
      """
      f INT, r INT, tiny TINYINT, small SMALLINT, whole INT, big BIGINT, money DECIMAL(12, 2),
      widest DECIMAL(38, 10), single FLOAT, twice DOUBLE, truth BOOLEAN, text STRING, bytes BINARY,
      sold DATE, at TIMESTAMP, local TIMESTAMP_NTZ, numbers ARRAY<BIGINT>,
      pair STRUCT<a: INT, b: STRING>, counts MAP<STRING, BIGINT>, note STRING
      """;

  @Override
  public Pipeline pipeline() {
    Rows files =
        read(orc("arrivals/drifting/orc/{day}").schema(COLUMNS).partition(DAY).optional("note"));

    return Pipeline.named("orc-files")
        .describedAs("The cells of ORC files")
        .writes(
            // A new table has no TIMESTAMP_NTZ.
            files
                .with("local", "CAST(local AS TIMESTAMP)")
                .to(delta("drifting/orc").overwrite(DAY)));
  }
}
