package io.penstock.samples.oracle;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * The raw files of a lake, and what every sample job must make of them.
 *
 * <p>Each question is answered with SQL of its own, in DuckDB, straight from the files; the order
 * of the rows is fixed and stands with each method. Text is ordered by its UTF-8 bytes, as Spark
 * does. What may be relied on in the files, and what counts as unreadable, is written in the lake's
 * README.
 */
public final class RawLake implements AutoCloseable {
  private final Connection connection;

  private RawLake(Connection connection) {
    this.connection = connection;
  }

  /**
   * Reads the files below {@code arrivals} of the lake, once.
   *
   * @throws IllegalStateException when they cannot be read
   */
  public static RawLake open(Path lake) {
    try {
      Connection connection = DriverManager.getConnection("jdbc:duckdb:");
      LakeTables.load(connection, lake);
      return new RawLake(connection);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot read the raw files of the lake " + lake + ".", e);
    }
  }

  /** The sample lake of this repository. */
  public static RawLake sample() {
    return open(samplePath());
  }

  /** Where the sample lake of this repository lies. */
  public static Path samplePath() {
    return Path.of(System.getProperty("basedir", "."), "..", "data").toAbsolutePath().normalize();
  }

  /**
   * {@code sessionid, ts, day} that {@code land-sessions} lands for a day from the folders of that
   * day and the two after it, repeated lines once; by sessionid and ts.
   */
  public ResultTable landSessions(LocalDate day) {
    return landSessions(day, day.plusDays(2));
  }

  /** The same as if no folder after {@code lastArrival} had been there yet. */
  public ResultTable landSessions(LocalDate day, LocalDate lastArrival) {
    return query(
        """
        SELECT DISTINCT sessionid, ts, day FROM arrived_session
        WHERE day = CAST(? AS DATE)
          AND arrival BETWEEN day AND day + 2 AND arrival <= CAST(? AS DATE)
        ORDER BY sessionid, ts
        """,
        day,
        lastArrival);
  }

  /**
   * {@code file, line, reason} of the records in one day's folder that no day takes in: {@code
   * unreadable}, {@code too late} (its day lies more than two days back) or {@code from the future}
   * (its day comes after the folder's). The file is relative to the lake, the line is the physical
   * one on which the record starts, the header being line 1. By file and line.
   */
  public ResultTable quarantined(LocalDate arrival) {
    return query(
        """
        SELECT file, line, reason FROM quarantined_line
        WHERE arrival = CAST(? AS DATE) ORDER BY file, line
        """,
        arrival);
  }

  /** {@code userid, sessionid, channel}, repeated lines once; by all columns. */
  public ResultTable landChannels() {
    return query("FROM landed_channel ORDER BY userid, sessionid, channel");
  }

  /** {@code sessionid, refunded, amount}, repeated lines once; by all columns, NULL first. */
  public ResultTable landPayments() {
    return query("FROM landed_payment ORDER BY sessionid, refunded, amount NULLS FIRST");
  }

  /**
   * {@code day, channel, unique_users, paying_users, gross_revenue, net_revenue} of one day; by
   * channel. A paying user has an amount above zero, refunded or not. The gross revenue adds all
   * amounts, the net revenue those that were not refunded; without an amount they are NULL.
   */
  public ResultTable channelReport(LocalDate day) {
    return query(
        """
        SELECT day, channel,
          count(DISTINCT userid) AS unique_users,
          count(DISTINCT userid) FILTER (amount > 0) AS paying_users,
          CAST(sum(amount) AS DECIMAL(22,2)) AS gross_revenue,
          CAST(sum(amount) FILTER (refunded = false) AS DECIMAL(22,2)) AS net_revenue
        FROM landed_session
          JOIN landed_channel USING (sessionid)
          LEFT JOIN landed_payment USING (sessionid)
        WHERE day = CAST(? AS DATE)
        GROUP BY day, channel
        ORDER BY channel
        """,
        day);
  }

  /**
   * {@code month, channel, unique_users, paying_users, conversion_rate, gross_revenue, net_revenue}
   * of one month, as in {@link #channelReport}; by channel. The month is its first day. The
   * conversion rate is the percentage of the unique users that pay, rounded half up to two places
   * in whole numbers, so that no binary fraction takes part.
   */
  public ResultTable monthlyChannels(YearMonth month) {
    return query(
        """
        WITH totals AS (
          SELECT CAST(date_trunc('month', day) AS DATE) AS month, channel,
            count(DISTINCT userid) AS unique_users,
            count(DISTINCT userid) FILTER (amount > 0) AS paying_users,
            CAST(sum(amount) AS DECIMAL(22,2)) AS gross_revenue,
            CAST(sum(amount) FILTER (refunded = false) AS DECIMAL(22,2)) AS net_revenue
          FROM landed_session
            JOIN landed_channel USING (sessionid)
            LEFT JOIN landed_payment USING (sessionid)
          GROUP BY ALL
        ), rates AS (
          SELECT *,
            CASE WHEN unique_users = 0 THEN 0
              ELSE (20000 * paying_users + unique_users) // (2 * unique_users)
            END AS hundredths
          FROM totals
        )
        SELECT month, channel, unique_users, paying_users,
          CAST(hundredths * CAST('0.01' AS DECIMAL(3,2)) AS DECIMAL(5,2)) AS conversion_rate,
          gross_revenue, net_revenue
        FROM rates
        WHERE month = CAST(? AS DATE)
        ORDER BY channel
        """,
        month.atDay(1));
  }

  /**
   * {@code userid, first_channel, last_channel} over the sessions of these days that have a
   * channel; by userid. Of two sessions at the same instant the one with the smaller sessionid
   * comes first.
   */
  public ResultTable firstLastChannel(List<LocalDate> days) {
    return query(
        """
        SELECT userid,
          arg_min(channel, (ts, sessionid)) AS first_channel,
          arg_max(channel, (ts, sessionid)) AS last_channel
        FROM landed_session JOIN landed_channel USING (sessionid)
        WHERE list_contains(CAST(? AS DATE[]), day)
        GROUP BY userid
        ORDER BY userid
        """,
        days);
  }

  /**
   * {@code userid, gross_revenue} of the ten users with the highest gross revenue, the highest
   * first, ties by userid. A user's gross revenue adds the amounts of all her sessions' payments,
   * refunded or not, whether or not a timestamp of the session ever arrived.
   */
  public ResultTable topRevenue() {
    return query(
        """
        SELECT userid, CAST(sum(amount) AS DECIMAL(22,2)) AS gross_revenue
        FROM landed_channel JOIN landed_payment USING (sessionid)
        GROUP BY userid
        HAVING sum(amount) IS NOT NULL
        ORDER BY gross_revenue DESC, userid
        LIMIT 10
        """);
  }

  /**
   * {@code word, count} over all books; by word. A word is a longest run of characters of the
   * Unicode categories L (letters) and Nd (decimal digits), in lower case; whatever else stands
   * between two words separates them, apostrophes and hyphens too.
   */
  public ResultTable wordCount() {
    return query(
        """
        WITH words AS (
          SELECT unnest(regexp_extract_all(lower(content), '[\\p{L}\\p{Nd}]+')) AS word FROM book)
        SELECT word, count(*) AS count FROM words GROUP BY word ORDER BY word
        """);
  }

  /**
   * The answer to any other question about {@code arrived_session}, {@code quarantined_line},
   * {@code landed_session}, {@code landed_channel}, {@code landed_payment} and the tables under
   * them.
   */
  public ResultTable query(String sql, Object... parameters) {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setString(i + 1, parameters[i].toString());
      }
      try (ResultSet result = statement.executeQuery()) {
        return table(result);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot ask the raw lake: " + sql, e);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static ResultTable table(ResultSet result) throws SQLException {
    ResultSetMetaData metadata = result.getMetaData();
    List<String> columns = new ArrayList<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      columns.add(metadata.getColumnName(i));
    }
    List<List<Object>> rows = new ArrayList<>();
    while (result.next()) {
      List<Object> row = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        row.add(value(result, i, metadata.getColumnType(i)));
      }
      rows.add(row);
    }
    return new ResultTable(columns, rows);
  }

  /** The driver reads timestamps in the machine's zone unless it is asked for local date-times. */
  private static Object value(ResultSet result, int column, int type) throws SQLException {
    if (type == Types.TIMESTAMP) {
      LocalDateTime local = result.getObject(column, LocalDateTime.class);
      return local == null ? null : local.toInstant(ZoneOffset.UTC);
    }
    return result.getObject(column);
  }
}
