package io.penstock.samples.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Brings the raw files into DuckDB: what arrived, as it is, and what of it must land in the lake.
 */
final class LakeTables {
  private static final String ARRIVED_SESSION =
      """
      CREATE TABLE arrived_record (
        arrival DATE, file VARCHAR, line BIGINT, fields BIGINT, sessionid VARCHAR, text VARCHAR);
      """;

  private static final String SESSIONS =
      """
      CREATE TABLE session_record AS
      SELECT *,
        CASE WHEN fields = 2 AND sessionid <> '' AND regexp_full_match(
            text, '[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}Z')
          THEN try_strptime(text, '%Y-%m-%dT%H:%M:%S.%fZ') END AS ts,
        CAST(ts AS DATE) AS day
      FROM arrived_record;

      CREATE TABLE arrived_session AS
      SELECT arrival, file, line, sessionid, ts, day FROM session_record WHERE ts IS NOT NULL;

      CREATE TABLE landed_session AS
      SELECT DISTINCT sessionid, ts, day FROM arrived_session
      WHERE arrival BETWEEN day AND day + 2;

      CREATE TABLE quarantined_line AS
      SELECT arrival, file, line,
        CASE WHEN ts IS NULL THEN 'unreadable'
          WHEN day < arrival - 2 THEN 'too late'
          ELSE 'from the future' END AS reason
      FROM session_record
      WHERE ts IS NULL OR day < arrival - 2 OR day > arrival;
      """;

  private static final String CHANNELS_AND_PAYMENTS =
      """
      CREATE TABLE arrived_channel AS
      FROM read_csv('%1$s/user_session_channel/*.csv', header = true, delim = ',',
        quote = '"', escape = '"', nullstr = '', strict_mode = true, auto_detect = false,
        parallel = false,
        columns = {'userid': 'BIGINT', 'sessionid': 'VARCHAR', 'channel': 'VARCHAR'});

      CREATE TABLE landed_channel AS SELECT DISTINCT * FROM arrived_channel;

      CREATE TABLE arrived_payment AS
      FROM read_csv('%1$s/session_transaction/*.csv', header = true, delim = ',',
        quote = '"', escape = '"', nullstr = '', strict_mode = true, auto_detect = false,
        parallel = false,
        columns = {'sessionid': 'VARCHAR', 'refunded': 'BOOLEAN', 'amount': 'DECIMAL(12,2)'});

      CREATE TABLE landed_payment AS SELECT DISTINCT * FROM arrived_payment;

      CREATE TABLE book AS SELECT content FROM read_text('%1$s/books/*.txt');
      """;

  private LakeTables() {}

  static void load(DuckDBConnection connection, Path lake) throws IOException, SQLException {
    Path arrivals = lake.resolve("arrivals");
    run(connection, ARRIVED_SESSION);
    try (DuckDBAppender appender =
        connection.createAppender(DuckDBConnection.DEFAULT_SCHEMA, "arrived_record")) {
      for (Path folder : children(arrivals.resolve("session_timestamp"))) {
        for (Path file : children(folder)) {
          append(appender, lake, file);
        }
      }
    }
    run(connection, SESSIONS);
    String quoted = arrivals.toAbsolutePath().normalize().toString().replace("'", "''");
    run(connection, CHANNELS_AND_PAYMENTS.formatted(quoted));
  }

  private static void append(DuckDBAppender appender, Path lake, Path file)
      throws IOException, SQLException {
    LocalDate arrival = LocalDate.parse(file.getParent().getFileName().toString());
    List<RawRecord> records = RawRecord.parse(Files.readString(file));
    for (RawRecord record : records.subList(1, records.size())) {
      appender.beginRow();
      appender.append(arrival);
      appender.append(lake.relativize(file).toString().replace('\\', '/'));
      appender.append(record.line());
      appender.append((long) record.fields().size());
      appender.append(record.field(0));
      appender.append(record.field(1));
      appender.endRow();
    }
  }

  private static List<Path> children(Path folder) throws IOException {
    try (Stream<Path> children = Files.list(folder)) {
      return children.sorted().toList();
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
