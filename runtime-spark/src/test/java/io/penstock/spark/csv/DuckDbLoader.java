package io.penstock.spark.csv;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;

/** DuckDB's {@code read_csv}. */
final class DuckDbLoader implements CsvLoader {
  @Override
  public String name() {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet version = statement.executeQuery("SELECT version()")) {
      version.next();
      return "DuckDB " + version.getString(1);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot ask DuckDB for its version", e);
    }
  }

  @Override
  public void load(Path file, StructType schema, Consumer<List<String>> rows) throws SQLException {
    String columns =
        Stream.of(schema.fields())
            .map(
                field ->
                    "'%s': '%s'"
                        .formatted(field.name().replace("'", "''"), type(field.dataType().sql())))
            .collect(Collectors.joining(", ", "{", "}"));
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      // Into a table first: a cast right on the file would be pushed into its reader, and show raw
      // text.
      statement.execute(
          "CREATE TABLE loaded AS SELECT * FROM read_csv('"
              + file
              + "', header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '',"
              + " allow_quoted_nulls = false, parallel = false, columns = "
              + columns
              + ")");
      try (ResultSet result =
          statement.executeQuery("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM loaded ORDER BY rowid")) {
        Cells.each(result, rows);
      }
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:duckdb:");
  }

  private static String type(String spark) {
    return switch (spark) {
      case "STRING" -> "VARCHAR";
      case "TIMESTAMP_NTZ" -> "TIMESTAMP";
      default -> spark;
    };
  }
}
