package io.penstock.samples.readers;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.plan.Write;
import java.util.List;
import java.util.stream.Stream;

/** The cells of every table as Penstock reads them, exported for the comparison with others. */
public final class ExpectedCells implements Job {
  @Override
  public Pipeline pipeline() {
    List<Write> writes =
        Stream.of(
                "mart/channel_report",
                "mart/first_last_channel",
                "mart/monthly_channels",
                "mart/top_revenue",
                "mart/word_count",
                "raw/_quarantine/session_timestamp",
                "raw/session_timestamp",
                "raw/session_transaction",
                "raw/user_session_channel",
                "readers/edges",
                "readers/edges_by_day",
                "readers/no_rows")
            .map(table -> read(delta(table)).to(csv("expected/" + table).overwrite()))
            .toList();
    return new Pipeline(
        "expected-cells", "What other programs should read", List.of(), List.of(), writes);
  }
}
