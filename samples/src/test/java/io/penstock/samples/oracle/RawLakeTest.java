package io.penstock.samples.oracle;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle agrees with itself, with the lake's README, and with plain Java. */
final class RawLakeTest {
  private static final LocalDate SILENT = LocalDate.of(2026, 2, 14);
  private static final YearMonth MARCH = YearMonth.of(2026, 3);

  private static RawLake lake;

  @BeforeAll
  static void open() {
    lake = RawLake.sample();
  }

  @AfterAll
  static void close() throws Exception {
    lake.close();
  }

  @Test
  void everyRecordEitherLandsOrRepeatsOneThatLandsOrIsQuarantined() {
    long landed = days().mapToLong(day -> lake.landSessions(day).rows().size()).sum();
    long quarantined = arrivals().mapToLong(day -> lake.quarantined(day).rows().size()).sum();
    long repeated =
        number(
            """
            SELECT count(*) - count(DISTINCT (sessionid, ts)) FROM arrived_session
            WHERE arrival BETWEEN day AND day + 2
            """);

    assertThat(landed).isEqualTo(99_994);
    assertThat(quarantined).isEqualTo(46);
    assertThat(landed + repeated + quarantined)
        .isEqualTo(number("SELECT count(*) FROM session_line"));
  }

  @Test
  void theSilentDayLandsNothingAndReportsNothing() {
    assertThat(lake.landSessions(SILENT).rows()).isEmpty();
    assertThat(lake.quarantined(SILENT).rows()).isEmpty();
    assertThat(lake.channelReport(SILENT).toCsv())
        .isEqualTo("day,channel,unique_users,paying_users,gross_revenue,net_revenue\n");
  }

  @Test
  void lateLinesLandWithTheFoldersThatBringThem() {
    LocalDate day = LocalDate.of(2026, 3, 1);

    List<List<Object>> first = lake.landSessions(day, day).rows();
    List<List<Object>> second = lake.landSessions(day, day.plusDays(1)).rows();
    List<List<Object>> third = lake.landSessions(day, day.plusDays(2)).rows();
    assertThat(second).containsAll(first).hasSizeGreaterThan(first.size());
    assertThat(third).containsAll(second).hasSizeGreaterThan(second.size());
    assertThat(lake.landSessions(day)).isEqualTo(lake.landSessions(day, day.plusDays(9)));
  }

  @Test
  void landedRowsAreTyped() {
    assertThat(lake.landSessions(LocalDate.of(2026, 1, 1)).rows())
        .contains(
            List.of(
                lake.query("SELECT sessionid FROM landed_session WHERE ts = DATE '2026-01-01'")
                    .column("sessionid")
                    .get(0),
                Instant.parse("2026-01-01T00:00:00Z"),
                LocalDate.of(2026, 1, 1)));
    assertThat(lake.landChannels().column("userid"))
        .contains(9_007_199_254_740_992L, 9_007_199_254_740_993L);
    assertThat(lake.landPayments().column("amount"))
        .contains(new BigDecimal("0.00"), (Object) null);
  }

  @Test
  void quarantinedRecordsAreFoundOnTheirLines() throws IOException {
    ResultTable quarantined = lake.quarantined(LocalDate.of(2026, 2, 20));

    String file = "arrivals/session_timestamp/2026-02-20/part-0.csv";
    List<String> lines = Files.readAllLines(RawLake.samplePath().resolve(file));
    assertThat(quarantined.column("file")).containsExactly(file, file);
    assertThat(quarantined.column("reason")).containsExactly("from the future", "unreadable");
    assertThat(quarantined.column("line").stream().map(n -> lines.get((int) (long) (Long) n - 1)))
        .satisfiesExactly(
            future -> assertThat(future).contains(",2026-02-21T"),
            unclosed -> assertThat(unclosed).contains(",\"2026-02-20T"));
  }

  @Test
  void aQuoteThatIsNeverClosedCostsTheLineItStandsOn() {
    assertThat(lake.quarantined(LocalDate.of(2026, 3, 9)).column("line")).contains(1311L);
    assertThat(lake.landSessions(LocalDate.of(2026, 3, 9)).column("sessionid"))
        .contains("9c5f6759")
        .doesNotContain("0e6849c9");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2026-01-01", "2026-01-19", "2026-02-13", "2026-03-12", "2026-03-31"})
  void theChannelReportOfADayIsThatOfPlainJava(LocalDate day) throws IOException {
    List<List<Object>> rows = lake.channelReport(day).rows();

    assertThat(rows)
        .hasSize(6)
        .containsExactlyInAnyOrderElementsOf(
            new PlainChannelReport(RawLake.samplePath()).rows(day));
  }

  @Test
  void revenueIsUnknownWithoutPaymentAndNetRevenueWhenAllWasRefunded() {
    assertThat(row("e-mail\nnewsletter", lake.channelReport(LocalDate.of(2026, 1, 19))))
        .satisfies(row -> assertThat(row.get(2)).isNotEqualTo(0L))
        .endsWith(0L, null, null);
    assertThat(row(" partner", lake.channelReport(LocalDate.of(2026, 3, 12))))
        .satisfies(row -> assertThat(row.get(4)).isNotNull())
        .endsWith((Object) null);
  }

  @Test
  void theRevenueOfAMonthIsTheSumOfItsDays() {
    Map<Object, BigDecimal> gross = new TreeMap<>();
    Map<Object, BigDecimal> net = new TreeMap<>();
    days()
        .filter(day -> YearMonth.from(day).equals(MARCH))
        .flatMap(day -> lake.channelReport(day).rows().stream())
        .forEach(
            row -> {
              add(row.get(4), row.get(1), gross);
              add(row.get(5), row.get(1), net);
            });

    ResultTable march = lake.monthlyChannels(MARCH);
    assertThat(march.column("gross_revenue")).containsExactlyElementsOf(gross.values());
    assertThat(march.column("net_revenue")).containsExactlyElementsOf(net.values());
  }

  @Test
  void theConversionRateIsAPercentageRoundedHalfUp() {
    for (List<Object> row : lake.monthlyChannels(MARCH).rows()) {
      BigDecimal users = BigDecimal.valueOf((Long) row.get(2));
      BigDecimal percent = BigDecimal.valueOf((Long) row.get(3)).movePointRight(2);
      assertThat(row.get(4)).isEqualTo(percent.divide(users, 2, RoundingMode.HALF_UP));
      assertThat(row.get(0)).isEqualTo(LocalDate.of(2026, 3, 1));
    }
  }

  /** A tie decides when the next session is at the same instant and came another way. */
  @Test
  void firstAndLastChannelsAreThoseOfTheSortedSessionsAndTiesDecideOften() {
    Map<Object, List<List<Object>>> sessions =
        lake
            .query(
                """
                SELECT userid, ts, sessionid, channel
                FROM landed_channel JOIN landed_session USING (sessionid)
                """)
            .rows()
            .stream()
            .sorted(
                comparing((List<Object> row) -> (Instant) row.get(1))
                    .thenComparing(row -> (String) row.get(2)))
            .collect(groupingBy(row -> row.get(0), TreeMap::new, toList()));
    List<List<Object>> expected = new ArrayList<>();
    int tiesThatDecide = 0;
    for (Map.Entry<Object, List<List<Object>>> user : sessions.entrySet()) {
      List<List<Object>> sorted = user.getValue();
      Object first = sorted.get(0).get(3);
      Object last = sorted.get(sorted.size() - 1).get(3);
      expected.add(List.of(user.getKey(), first, last));
      boolean tie = sorted.size() > 1 && sorted.get(0).get(1).equals(sorted.get(1).get(1));
      tiesThatDecide += tie && !first.equals(sorted.get(1).get(3)) ? 1 : 0;
    }

    assertThat(lake.firstLastChannel(days().toList()).rows()).isEqualTo(expected);
    assertThat(tiesThatDecide).isGreaterThan(50);
  }

  @Test
  void tiesDecideWhoIsAmongTheTopTen() {
    ResultTable top = lake.topRevenue();

    assertThat(top.column("userid"))
        .containsExactly(1L, 9_997L, 10_004L, 4_562L, 123L, 245L, 367L, 4_684L, 9_998L, 9_999L);
    assertThat(top.column("gross_revenue").subList(8, 10)).containsOnly(new BigDecimal("1890.00"));
    assertThat(
            number(
                """
                SELECT count(*) FROM (
                  FROM landed_channel JOIN landed_payment USING (sessionid)
                  SELECT userid GROUP BY userid HAVING sum(amount) = 1890)
                """))
        .isEqualTo(4);
  }

  @Test
  void wordsAreCountedAsPlainJavaCountsThem() throws IOException {
    Pattern word = Pattern.compile("[\\p{L}\\p{Nd}]+");
    Map<String, Long> expected =
        Files.readAllLines(
                RawLake.samplePath().resolve("arrivals/books/the-gate-and-the-wheel.txt"))
            .stream()
            .flatMap(line -> word.matcher(line.toLowerCase(Locale.ROOT)).results())
            .collect(groupingBy(MatchResult::group, counting()));

    assertThat(lake.wordCount().rows())
        .containsExactlyInAnyOrderElementsOf(
            expected.entrySet().stream()
                .map(e -> List.<Object>of(e.getKey(), e.getValue()))
                .toList());
    assertThat(expected).containsEntry("penstock", 2L).containsEntry("물은", 2L);
  }

  @Test
  void csvTextTellsNullFromEmpty() {
    ResultTable table =
        lake.query(
            """
            SELECT NULL AS nothing, '' AS empty, 'a "b", c' AS awkward, ' d' AS spaced,
              TIMESTAMP '2026-03-01 12:34:56.1' AS ts, CAST(0 AS DECIMAL(12,2)) AS amount
            """);

    assertThat(table.toCsv())
        .isEqualTo(
            """
            nothing,empty,awkward,spaced,ts,amount
            ,"","a ""b"", c", d,2026-03-01T12:34:56.100000Z,0.00
            """);
  }

  private static void add(Object amount, Object channel, Map<Object, BigDecimal> sums) {
    if (amount != null) {
      sums.merge(channel, (BigDecimal) amount, BigDecimal::add);
    }
  }

  private static List<Object> row(String channel, ResultTable report) {
    return report.rows().stream()
        .filter(row -> row.get(1).equals(channel))
        .findFirst()
        .orElseThrow();
  }

  private static long number(String sql) {
    return (Long) Objects.requireNonNull(lake.query(sql).rows().get(0).get(0));
  }

  private static Stream<LocalDate> days() {
    return LocalDate.of(2026, 1, 1).datesUntil(LocalDate.of(2026, 4, 1));
  }

  private static Stream<LocalDate> arrivals() {
    return LocalDate.of(2026, 1, 1).datesUntil(LocalDate.of(2026, 4, 3));
  }
}
