package io.penstock.samples.readers;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.plan.Write;
import java.util.List;
import java.util.stream.Stream;

/**
 * The cells of every table as Penstock reads them, exported for the comparison with others. What a
 * CSV can't hold stands there as JSON: a cell as an array of one element, times to the microsecond,
 * bytes in Base64, and maps whose keys are no texts as their entries.
 */
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
            .map(table -> texts(table).to(csv("expected/" + table).overwrite()))
            .toList();
    return new Pipeline(
        "expected-cells", "What other programs should read", List.of(), List.of(), writes);
  }

  private static Rows texts(String table) {
    Rows rows = read(delta(table));
    if (!table.startsWith("readers/")) {
      return rows;
    }
    String entries = EdgeValues.ofEach("MAP_ENTRIES(maps.%1$s) AS %1$s");
    rows = rows.with("maps", "STRUCT(%s)".formatted(entries));
    for (String column : EdgeValues.IN_NO_CSV) {
      rows =
          rows.with(
              column,
              """
              TO_JSON(
                ARRAY(%s),
                MAP('timestampFormat', 'yyyy-MM-dd HH:mm:ss.SSSSSS', 'ignoreNullFields', 'false'))
              """
                  .formatted(column));
    }
    return rows;
  }
}
