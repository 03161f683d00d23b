package io.penstock.samples.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/**
 * Does what {@code psql --file} does with a script under ON_ERROR_STOP: the archives of PostgreSQL
 * for tests hold no psql. It knows statements, {@code \copy} from a file or a program, {@code
 * \set}, and refuses the rest.
 */
final class PsqlScript {
  private static final Pattern COPY =
      Pattern.compile("\\\\copy (.*) FROM (PROGRAM )?'((?:[^']|'')*)' (WITH \\(.*\\))");

  private final Connection connection;

  private PsqlScript(Connection connection) {
    this.connection = connection;
  }

  /** Runs a script to its end, or to its first error, after which the connection is closed. */
  static void run(String script, Connection connection) throws SQLException, IOException {
    try (connection) {
      PsqlScript running = new PsqlScript(connection);
      StringBuilder statement = new StringBuilder();
      for (String line : script.lines().toList()) {
        if (statement.isEmpty() && line.startsWith("\\")) {
          running.command(line);
        } else if (!line.startsWith("--")) {
          statement.append(line).append('\n');
          if (line.endsWith(";")) {
            running.execute(statement.toString());
            statement.setLength(0);
          }
        }
      }
      if (!statement.toString().isBlank()) {
        throw new AssertionError("The script ends within a statement: " + statement);
      }
    }
  }

  private void command(String line) throws SQLException, IOException {
    Matcher copy = COPY.matcher(line);
    if (copy.matches()) {
      String sql = "COPY " + copy.group(1) + " FROM STDIN " + copy.group(4);
      String origin = copy.group(3).replace("''", "'");
      if (copy.group(2) == null) {
        copyFile(sql, Path.of(origin));
      } else {
        copyOutput(sql, origin);
      }
    } else if (!line.equals("\\set ON_ERROR_STOP on")) {
      throw new AssertionError("No command of psql that is known here: " + line);
    }
  }

  private void copyFile(String sql, Path file) throws SQLException, IOException {
    try (InputStream in = Files.newInputStream(file)) {
      connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, in);
    }
  }

  private void copyOutput(String sql, String program) throws SQLException, IOException {
    Process process =
        new ProcessBuilder("sh", "-c", program)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, process.getInputStream());
    try {
      if (process.waitFor() != 0) {
        throw new SQLException("program failed: " + program);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a program ends", e);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
