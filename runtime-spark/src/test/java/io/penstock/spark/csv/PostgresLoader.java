package io.penstock.spark.csv;

import io.penstock.spark.testing.PostgresServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.types.StructType;
import org.postgresql.PGConnection;

/** PostgreSQL's {@code COPY}. */
final class PostgresLoader implements CsvLoader {
  @Override
  public String name() {
    try (Connection connection = PostgresServer.running().connect()) {
      return "PostgreSQL " + connection.getMetaData().getDatabaseProductVersion();
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot ask PostgreSQL for its version", e);
    }
  }

  @Override
  public void load(Path file, StructType schema, Consumer<List<String>> rows)
      throws SQLException, IOException {
    String columns =
        Stream.of(schema.fields())
            .map(field -> quoted(field.name()) + " " + type(field.dataType().sql()))
            .collect(Collectors.joining(", "));
    String names =
        Stream.of(schema.fieldNames())
            .map(PostgresLoader::quoted)
            .collect(Collectors.joining(", "));
    String texts =
        Stream.of(schema.fieldNames())
            .map(name -> quoted(name) + "::text")
            .collect(Collectors.joining(", "));
    try (Connection connection = PostgresServer.running().connect();
        Statement statement = connection.createStatement();
        InputStream in = Files.newInputStream(file)) {
      // The driver sets the zone of its own machine.
      statement.execute("SET TIME ZONE 'UTC'");
      statement.execute("CREATE TEMPORARY TABLE loaded (" + columns + ", \" position\" BIGSERIAL)");
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY loaded ("
                  + names
                  + ") FROM STDIN WITH (FORMAT csv, HEADER true, ENCODING 'UTF8')",
              in);
      // Otherwise the driver holds all rows at once.
      connection.setAutoCommit(false);
      statement.setFetchSize(1000);
      try (ResultSet result =
          statement.executeQuery("SELECT " + texts + " FROM loaded ORDER BY \" position\"")) {
        Cells.each(result, rows);
      }
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static String type(String spark) {
    return switch (spark) {
      case "STRING" -> "text";
      case "TINYINT" -> "smallint";
      case "DOUBLE" -> "double precision";
      case "FLOAT" -> "real";
      case "TIMESTAMP" -> "timestamptz";
      case "TIMESTAMP_NTZ" -> "timestamp";
      default -> spark;
    };
  }
}
