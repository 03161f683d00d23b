package io.penstock.spark.repeatability;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.SqlRows;
import io.penstock.dsl.SqlStep;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.RunPlan;
import io.penstock.plan.Problem;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.Proofs;
import io.penstock.spark.testing.TpcDs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Checks that not too much is refused, with the 99 queries of TPC-DS as examples of what people
 * write. Their results depend only on the data, except where a LIMIT follows an order with ties,
 * which are broken. So none of them may need an allowance.
 */
@Tag("spark")
final class TpcDsTest {
  @TempDir private static Path directory;

  @Test
  void noneOfTheQueriesNeedsAnAllowance() {
    EngineLake lake = new EngineLake(directory);
    Map<String, List<Problem>> refused = new TreeMap<>();
    Map<String, List<String>> told = new TreeMap<>();

    Map<String, String> queries = TpcDs.queries();
    queries.forEach(
        (name, query) -> {
          try {
            List<RunPlan.Doubt> doubts =
                lake.compile(rows(query).to(delta("mart/out").overwrite())).plan().doubts().stream()
                    .filter(doubt -> !doubt.what().contains("NaN"))
                    .toList();
            if (!doubts.isEmpty()) {
              told.put(name, doubts.stream().map(RunPlan.Doubt::what).toList());
            }
          } catch (InvalidPipelineException e) {
            refused.put(name, ofRows(e.problems()));
          }
        });
    refused.values().removeIf(List::isEmpty);
    Proofs.tell("Queries of TPC-DS whose rounding depends on the order of rows: " + told.keySet());

    assertThat(queries).as("99 queries, four of them in two parts").hasSize(103);
    assertThat(refused).isEmpty();
    assertThat(told.keySet())
        .as("averages of whole numbers, which Spark adds as DOUBLE, and standard deviations")
        .containsExactlyInAnyOrder("q7", "q17", "q22", "q26", "q27");
  }

  /** The columns of a report may have names that a table can't have, or the same name twice. */
  private static List<Problem> ofRows(List<Problem> problems) {
    return problems.stream()
        .filter(problem -> !problem.place().orElse("").startsWith("to ("))
        .toList();
  }

  private static SqlRows rows(String query) {
    List<String> used = new ArrayList<>();
    TpcDs.schemas()
        .forEach(
            (table, schema) -> {
              if (Pattern.compile("\\b" + table + "\\b", Pattern.CASE_INSENSITIVE)
                  .matcher(query)
                  .find()) {
                used.add(table);
              }
            });
    SqlStep step = sql(query);
    SqlRows rows = step.from(used.get(0), table(used.get(0)));
    for (String table : used.subList(1, used.size())) {
      rows = rows.from(table, table(table));
    }
    return rows;
  }

  private static io.penstock.dsl.Rows table(String name) {
    return read(csv("tpcds/" + name).schema(TpcDs.schemas().get(name)).orEmpty());
  }
}
