package io.penstock.samples.oracle;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Loads the raw files into DuckDB: the lines as they arrived, and those that must land in the lake.
 */
final class LakeTables {
  /**
   * Doesn't parse CSV: no valid session line has quotes, so a line either has one of the forms that
   * the lake's README names, or is unreadable.
   */
  private static final String SESSIONS =
      """
      CREATE TABLE session_line AS
      SELECT CAST(regexp_extract(file, '/([0-9-]{10})/', 1) AS DATE) AS arrival, file, line, text
      FROM (
        SELECT file, unnest(lines) AS text, generate_subscripts(lines, 1) AS line
        FROM (
          SELECT substr(filename, length('%1$s') + 2) AS file,
            string_split(rtrim(content, chr(10)), chr(10)) AS lines
          FROM read_text('%1$s/arrivals/session_timestamp/*/*.csv')))
      WHERE line > 1;

      CREATE TABLE session_record AS
      SELECT *, substr(text, 1, 8) AS sessionid,
        CASE regexp_replace(text, '^[0-9a-f]{8},' || '[0-9]{4}-[0-9]{2}-[0-9]{2}'
            || '([T ])' || '[0-9]{2}:[0-9]{2}:[0-9]{2}[.][0-9]{6}' || '(.*)$', '\\1\\2')
          WHEN 'TZ' THEN try_strptime(substr(text, 10), '%%Y-%%m-%%dT%%H:%%M:%%S.%%fZ')
          WHEN ' ' THEN try_strptime(substr(text, 10), '%%Y-%%m-%%d %%H:%%M:%%S.%%f')
          WHEN 'T+09:00' THEN
            try_strptime(substr(text, 10, 26), '%%Y-%%m-%%dT%%H:%%M:%%S.%%f') - INTERVAL 9 HOUR
        END AS ts,
        CAST(ts AS DATE) AS day
      FROM session_line;

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
      FROM read_csv('%1$s/arrivals/user_session_channel/*.csv', header = true, delim = ',',
        quote = '"', escape = '"', nullstr = '', strict_mode = true, auto_detect = false,
        parallel = false,
        columns = {'userid': 'BIGINT', 'sessionid': 'VARCHAR', 'channel': 'VARCHAR'});

      CREATE TABLE landed_channel AS SELECT DISTINCT * FROM arrived_channel;

      CREATE TABLE arrived_payment AS
      FROM read_csv('%1$s/arrivals/session_transaction/*.csv', header = true, delim = ',',
        quote = '"', escape = '"', nullstr = '', strict_mode = true, auto_detect = false,
        parallel = false,
        columns = {'sessionid': 'VARCHAR', 'refunded': 'BOOLEAN', 'amount': 'DECIMAL(12,2)'});

      CREATE TABLE landed_payment AS SELECT DISTINCT * FROM arrived_payment;

      CREATE TABLE book AS SELECT content FROM read_text('%1$s/arrivals/books/*.txt');
      """;

  private LakeTables() {}

  static void load(Connection connection, Path lake) throws SQLException {
    String root = lake.toAbsolutePath().normalize().toString().replace('\\', '/');
    String quoted = root.replace("'", "''");
    run(connection, SESSIONS.formatted(quoted));
    run(connection, CHANNELS_AND_PAYMENTS.formatted(quoted));
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
