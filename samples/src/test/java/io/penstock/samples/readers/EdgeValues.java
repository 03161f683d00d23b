package io.penstock.samples.readers;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.read;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.spec.Partition;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Values at the limits of their types, in tables that other programs read: one as a whole, one in
 * partitions, one with a partition of no rows. Each value stands in a column of its own, and in
 * structs, arrays and maps.
 *
 * <p>There is none with a NULL for a partition: a run replaces a unit, and NULL is none.
 */
public final class EdgeValues implements Job {
  private static final Partition DAY = Partition.daily("day");

  private static final String COLUMNS =
      """
      id INT, flag BOOLEAN, tiny TINYINT, small SMALLINT, whole INT, big BIGINT,
      widest DECIMAL(38, 0), finest DECIMAL(38, 38), money DECIMAL(10, 2),
      single FLOAT, twice DOUBLE, date DATE, at TIMESTAMP, text STRING, bytes BINARY
      """;

  private static final Pattern COLUMN = Pattern.compile("(\\w+) [A-Z]");

  /** The columns of types that a CSV can't hold. */
  static final List<String> IN_NO_CSV =
      List.of("bytes", "parts", "list", "lists", "maps", "by_text", "deep");

  @Override
  public Pipeline pipeline() {
    Rows edges = nested(read(json("arrivals/edges/{day}").schema(COLUMNS).partition(DAY)));

    return Pipeline.named("edge-values")
        .describedAs("Values at the limits of their types")
        .writes(
            edges.to(delta("readers/edges").overwrite()),
            edges.to(delta("readers/edges_by_day").overwrite(DAY)),
            edges.where("id < 0").to(delta("readers/no_rows").overwrite(DAY)));
  }

  /**
   * Row 3 has NULL in all columns, row 9 arrays and maps without elements, and row 10 NULL for
   * arrays, maps and structs.
   */
  private static Rows nested(Rows edges) {
    return edges
        .with("parts", "IF(id = 10, NULL, STRUCT(%s))".formatted(ofEach("%1$s")))
        .with("list", elements("ARRAY(parts, NULL, parts)"))
        .with("lists", "STRUCT(%s)".formatted(ofEach(elements("ARRAY(%1$s, NULL)") + " AS %1$s")))
        .with("maps", "STRUCT(%s)".formatted(ofEach(entries("%1$s") + " AS %1$s")))
        .with("by_text", "IF(text IS NULL, NULL, MAP(text, parts, 'none', NULL))")
        .with(
            "deep",
            elements(
                "ARRAY(MAP('list', list, 'none', NULL), NULL, MAP_FILTER(MAP('', list), (k, v) ->"
                    + " FALSE))"));
  }

  private static String elements(String array) {
    return "CASE id WHEN 9 THEN FILTER(%1$s, element -> FALSE) WHEN 10 THEN NULL ELSE %1$s END"
        .formatted(array);
  }

  /** A key can't be NULL, its value can. */
  private static String entries(String key) {
    return """
    CASE WHEN %1$s IS NULL OR id = 10 THEN NULL
      ELSE MAP_FILTER(MAP(%1$s, IF(id = 8, NULL, %1$s)), (k, v) -> id <> 9)
    END\
    """
        .formatted(key);
  }

  /** An expression for each column of the files. */
  static String ofEach(String expression) {
    return COLUMN
        .matcher(COLUMNS)
        .results()
        .map(column -> expression.formatted(column.group(1)))
        .collect(Collectors.joining(", "));
  }
}
