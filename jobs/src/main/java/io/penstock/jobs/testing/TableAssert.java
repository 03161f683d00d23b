package io.penstock.jobs.testing;

import io.penstock.dsl.Penstock;
import io.penstock.dsl.Rows;
import io.penstock.engine.Preview;
import io.penstock.engine.RunFailedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Says what is expected of a Delta table.
 *
 * <p>What is expected goes through the engine as well as what is there, so that both are read by
 * the same types and come as the same text.
 */
public final class TableAssert {
  private final JobOutcome outcome;
  private final ThrowAwayLake lake;
  private final String path;

  TableAssert(JobOutcome outcome, ThrowAwayLake lake, String path) {
    this.outcome = outcome;
    this.lake = lake;
    this.path = path;
  }

  /** The table has exactly these columns, with their types, and these rows, in any order. */
  public JobOutcome hasRows(GivenRows expected) {
    Preview actual = view(Penstock.read(Penstock.delta(path)));
    Preview wanted = view(lake.stored(expected));
    if (!types(actual).equals(types(wanted))) {
      throw TestingErrors.failed(
          "Expected '%s' to have the columns %s, and it has %s."
              .formatted(path, types(wanted), types(actual)));
    }
    Difference<List<Optional<String>>> difference =
        Difference.between(inOrderOf(actual, wanted), actual.rows());
    if (!difference.isEmpty()) {
      throw TestingErrors.failed(
          "Expected other rows in '%s' (%s).%s"
              .formatted(
                  path, String.join(" | ", actual.columns()), difference.text(TableAssert::text)));
    }
    return outcome;
  }

  /** The table has these columns and no rows. */
  public JobOutcome isEmpty() {
    Preview actual = view(Penstock.read(Penstock.delta(path)));
    Difference<List<Optional<String>>> difference = Difference.between(List.of(), actual.rows());
    if (!difference.isEmpty()) {
      throw TestingErrors.failed(
          "Expected no rows in '%s'.%s".formatted(path, difference.text(TableAssert::text)));
    }
    return outcome;
  }

  private Preview view(Rows rows) {
    try {
      return lake.view(rows);
    } catch (RunFailedException e) {
      throw TestingErrors.failed("Expected to read '" + path + "'.", e.failure());
    }
  }

  private static Map<String, String> types(Preview preview) {
    Map<String, String> types = new TreeMap<>();
    for (int i = 0; i < preview.columns().size(); i++) {
      types.put(preview.columns().get(i), preview.types().get(i));
    }
    return types;
  }

  /** The rows of the one, their values in the order of the other's columns. */
  private static List<List<Optional<String>>> inOrderOf(Preview order, Preview rows) {
    List<Integer> places = order.columns().stream().map(rows.columns()::indexOf).toList();
    return rows.rows().stream().map(row -> places.stream().map(row::get).toList()).toList();
  }

  private static String text(List<Optional<String>> row) {
    return row.stream().map(value -> value.orElse("∅")).collect(Collectors.joining(" | "));
  }
}
