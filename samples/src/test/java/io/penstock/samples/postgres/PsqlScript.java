package io.penstock.samples.postgres;

import io.penstock.samples.testing.ProcessBudget;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
      Pattern.compile("\\\\copy (.*) FROM PROGRAM '((?:[^']|'')*)' (WITH \\(.*\\))");

  private static final Pattern LINE_OF_THE_END =
      Pattern.compile("^\\\\\\.\r?$", Pattern.MULTILINE | Pattern.UNIX_LINES);

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
      copy(
          "COPY " + copy.group(1) + " FROM STDIN " + copy.group(3),
          copy.group(2).replace("''", "'"));
    } else if (!line.equals("\\set ON_ERROR_STOP on")) {
      throw new AssertionError("No command of psql that is known here: " + line);
    }
  }

  private void copy(String sql, String program) throws SQLException, IOException {
    Process process =
        ProcessBudget.startForAnInstant(
            new ProcessBuilder("sh", "-c", program).redirectError(ProcessBuilder.Redirect.DISCARD));
    byte[] output = process.getInputStream().readAllBytes();
    if (LINE_OF_THE_END.matcher(new String(output, StandardCharsets.ISO_8859_1)).find()) {
      throw new SQLException("psql before version 18 ends the data here: " + sql);
    }
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(sql, new ByteArrayInputStream(output));
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
