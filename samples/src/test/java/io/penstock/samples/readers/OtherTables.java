package io.penstock.samples.readers;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.plan.Write;
import java.util.List;
import java.util.stream.Stream;

/** Reads tables that use features of Delta, so that its plan says which programs can't. */
public final class OtherTables implements Job {
  @Override
  public Pipeline pipeline() {
    List<Write> writes =
        Stream.of(
                "columnMapping_by_name",
                "columnMapping_of_version_2",
                "columnMapping_unused",
                "columnMapping_unused_of_version_2",
                "deletionVectors",
                "nestedTypes",
                "none",
                "timestampNtz",
                "typeWidening",
                "typeWidening-preview",
                "v2Checkpoint",
                "vacuumProtocolCheck",
                "variantType")
            .map(
                table ->
                    read(delta("others/" + table))
                        .select("id", "name", "day")
                        .to(csv("from-others/" + table).overwrite()))
            .toList();
    return new Pipeline(
        "other-tables", "Tables that Penstock didn't make", List.of(), List.of(), writes);
  }
}
