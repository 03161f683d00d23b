package io.penstock.jobs.load;

import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.Column;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Names and values as one database's SQL writes them.
 *
 * @param name quotes one part of a name
 * @param text quotes a text
 */
record SqlQuoting(Function<String, String> name, Function<String, String> text) {
  /** After the SQL standard: what stands between quotes holds them doubled, and nothing else. */
  static final SqlQuoting STANDARD =
      new SqlQuoting(
          name -> '"' + name.replace("\"", "\"\"") + '"',
          text -> "'" + text.replace("'", "''") + "'");

  /** The same where a backslash in a text begins an escape: it is doubled too. */
  SqlQuoting withEscapes() {
    return new SqlQuoting(name, value -> text.apply(value.replace("\\", "\\\\")));
  }

  String table(Load load) {
    return load.table().stream().map(name).collect(Collectors.joining("."));
  }

  String columns(List<Column> columns) {
    return columns.stream()
        .map(column -> name.apply(column.name()))
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** {@code CREATE TABLE IF NOT EXISTS …}, without a line end. */
  String createTable(Load load, ColumnTypes types) {
    return load.columns().stream()
        .map(column -> "  " + name.apply(column.name()) + " " + types.of(column))
        .collect(
            Collectors.joining(
                ",\n", "CREATE TABLE IF NOT EXISTS " + table(load) + " (\n", "\n);"));
  }

  /** The rows of a table that a version replaces: {@code "t" WHERE "day" = '2026-03-01'}. */
  String replacedBy(CurrentExport version, Load load) {
    return version.partition().isEmpty()
        ? table(load)
        : version.partition().stream()
            .map(value -> name.apply(value.column()) + " = " + text.apply(value.value()))
            .collect(Collectors.joining(" AND ", table(load) + " WHERE ", ""));
  }
}
