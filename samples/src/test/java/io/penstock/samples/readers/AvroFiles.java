package io.penstock.samples.readers;

import static io.penstock.dsl.Penstock.avro;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.spec.Partition;

/** Avro files whose fields have other types from file to file. */
public final class AvroFiles implements Job {
  private static final Partition DAY = Partition.daily("day");

  @Override
  public Pipeline pipeline() {
    Rows files =
        read(
            avro("arrivals/drifting/avro/{day}")
                .schema(OrcFiles.COLUMNS)
                .partition(DAY)
                .optional("note"));

    return Pipeline.named("avro-files")
        .describedAs("The cells of Avro files")
        .writes(
            files
                .with("local", "CAST(local AS TIMESTAMP)")
                .to(delta("drifting/avro").overwrite(DAY)));
  }
}
