package io.penstock.samples.lake;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.samples.oracle.RawLake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The committed files are what the generator makes, and their README tells the truth about them.
 */
final class SampleLakeTest {
  private static final Path COMMITTED = RawLake.samplePath();
  private static final long MEGABYTE = 1_000_000;

  /** How to count each anomaly from the files, without the generator. */
  private static final Map<Anomaly, String> RECOUNT = new EnumMap<>(Anomaly.class);

  static {
    String numbered =
        """
        (SELECT *, row_number() OVER same AS number, first_value(arrival) OVER same AS first
         FROM arrived_session
         WINDOW same AS (PARTITION BY sessionid, ts ORDER BY arrival, line))
        """;
    recount(Anomaly.ON_TIME, numbered + "WHERE number = 1 AND arrival = day");
    recount(Anomaly.ONE_DAY_LATE, numbered + "WHERE number = 1 AND arrival = day + 1");
    recount(Anomaly.TWO_DAYS_LATE, numbered + "WHERE number = 1 AND arrival = day + 2");
    recount(Anomaly.TOO_LATE, numbered + "WHERE number = 1 AND arrival > day + 2");
    recount(Anomaly.FROM_THE_FUTURE, numbered + "WHERE number = 1 AND arrival < day");
    recount(Anomaly.REPEATED_IN_ITS_FOLDER, numbered + "WHERE number > 1 AND arrival = first");
    recount(Anomaly.REPEATED_IN_A_LATER_FOLDER, numbered + "WHERE number > 1 AND arrival > first");

    String good = "session_record WHERE ts IS NOT NULL AND ";
    recount(Anomaly.ANOTHER_OFFSET, good + "text NOT LIKE '%Z' AND text LIKE '%T%'");
    recount(Anomaly.SPACE_FOR_THE_T, good + "text LIKE '% %'");

    String closed = "session_record WHERE ts IS NULL AND text NOT LIKE '%\"%' AND ";
    String comma = "length(text) - length(replace(text, ',', ''))";
    recount(Anomaly.UNCLOSED_QUOTE, "session_record WHERE text LIKE '%\"%'");
    recount(Anomaly.WRONG_NUMBER_OF_FIELDS, closed + comma + " <> 1");
    recount(Anomaly.NO_SESSION_ID, closed + comma + " = 1 AND text LIKE ',%'");
    recount(Anomaly.NO_TIMESTAMP, closed + comma + " = 1 AND text LIKE '%,'");
    recount(Anomaly.NOT_A_TIMESTAMP, closed + comma + " = 1 AND text LIKE '_%,_%'");

    String sessions = "(SELECT DISTINCT sessionid FROM arrived_session) s ";
    recount(Anomaly.CHANNEL_RECORDS, "landed_channel");
    recount(Anomaly.CHANNEL_REPEATS, "(FROM arrived_channel EXCEPT ALL FROM landed_channel)");
    recount(
        Anomaly.CHANNEL_WITHOUT_SESSION,
        "landed_channel ANTI JOIN " + sessions + "USING (sessionid)");
    recount(
        Anomaly.SESSION_WITHOUT_CHANNEL, sessions + "ANTI JOIN landed_channel USING (sessionid)");
    recount(Anomaly.USERS, "(SELECT DISTINCT userid FROM landed_channel)");
    recount(Anomaly.PAYMENT_RECORDS, "landed_payment");
    recount(Anomaly.PAYMENT_REPEATS, "(FROM arrived_payment EXCEPT ALL FROM landed_payment)");
    recount(Anomaly.REFUNDS, "landed_payment WHERE refunded");
    recount(Anomaly.MISSING_AMOUNTS, "landed_payment WHERE amount IS NULL");
    recount(Anomaly.ZERO_AMOUNTS, "landed_payment WHERE amount = 0");
    recount(
        Anomaly.SESSION_WITHOUT_PAYMENT, sessions + "ANTI JOIN landed_payment USING (sessionid)");
  }

  @TempDir private static Path again;

  private static SampleLake made;
  private static RawLake lake;

  @BeforeAll
  static void open() throws IOException {
    made = new SampleLake();
    made.write(again);
    lake = RawLake.sample();
  }

  @AfterAll
  static void close() throws Exception {
    lake.close();
  }

  @Test
  void makingTheLakeAgainGivesTheSameBytes() throws IOException {
    Map<String, Path> written = files(again);
    Map<String, Path> committed = files(COMMITTED.resolve("arrivals"));
    committed.keySet().removeIf(path -> path.startsWith("books/"));
    assertThat(written.keySet().stream().map(path -> path.replaceFirst("^arrivals/", "")))
        .containsExactlyElementsOf(committed.keySet());
    for (Map.Entry<String, Path> file : written.entrySet()) {
      assertThat(Files.mismatch(file.getValue(), COMMITTED.resolve(file.getKey())))
          .as("first different byte of %s", file.getKey())
          .isEqualTo(-1);
    }
  }

  @Test
  void theReadmeHoldsTheCountsThatTheGeneratorPrints() {
    assertThat(COMMITTED.resolve("README.md")).content().contains("|---|---|\n" + made.counts());
  }

  @Test
  void theDocumentedCountsAreThoseOfTheFiles() throws IOException {
    Map<String, Long> documented = documentedCounts();

    for (Anomaly anomaly : Anomaly.values()) {
      assertThat(documented).containsEntry(anomaly.label(), count(RECOUNT.get(anomaly)));
    }
    assertThat(documented).hasSize(Anomaly.values().length);
  }

  @Test
  void theOracleLandsTheSessionsThatTookPlaceAndNoOthers() {
    Map<Object, Object> landed = new HashMap<>();
    lake.query("SELECT sessionid, ts FROM landed_session")
        .rows()
        .forEach(row -> landed.put(row.get(0), row.get(1)));

    assertThat(landed).isEqualTo(made.landing());
  }

  @Test
  void theOracleRejectsTheAnomalousLinesAndNoOthers() {
    assertThat(lake.query("SELECT file, line, reason FROM quarantined_line").rows())
        .containsExactlyInAnyOrderElementsOf(
            made.rejected().stream()
                .map(line -> List.<Object>of(line.file(), line.line(), reason(line.anomaly())))
                .toList());
  }

  @Test
  void theSixChannelsHaveEveryAwkwardName() {
    assertThat(lake.query("SELECT DISTINCT channel FROM landed_channel").column("channel"))
        .containsExactlyInAnyOrder(
            "organic", "paid, search", "\"display\"", " partner", "e-mail\nnewsletter", "유튜브 🎉");
  }

  @Test
  void aSessionHasOneInstantOneChannelAndOnePaymentAtMost() {
    for (String table : List.of("landed_session", "landed_channel", "landed_payment")) {
      assertThat(count(table + " GROUP BY sessionid HAVING count(*) > 1")).as(table).isZero();
    }
  }

  @Test
  void everyDayOfArrivalHasAFolderAndTheSilentOneHoldsAHeaderOnly() throws IOException {
    List<String> folders = SampleDays.withFolder().stream().map(Object::toString).toList();

    assertThat(files(COMMITTED.resolve("arrivals/session_timestamp")).keySet())
        .containsExactlyElementsOf(folders.stream().map(day -> day + "/part-0.csv").toList());
    assertThat(COMMITTED.resolve("arrivals/session_timestamp/2026-02-14/part-0.csv"))
        .hasContent("sessionid,ts\n");
    assertThat(count("session_record WHERE day = DATE '2026-02-14'")).isZero();
  }

  @Test
  void someSessionsAreAtTheFirstAndTheLastMicrosecondOfADay() {
    assertThat(count("landed_session WHERE ts = day")).isGreaterThan(80);
    assertThat(count("landed_session WHERE ts = day + INTERVAL 1 DAY - INTERVAL 1 MICROSECOND"))
        .isGreaterThan(80);
  }

  @Test
  void theLakeIsSmallEnoughToCommit() throws IOException {
    long bytes = 0;
    for (Path file : files(COMMITTED.resolve("arrivals")).values()) {
      bytes += Files.size(file);
    }

    assertThat(bytes).isLessThan(8 * MEGABYTE);
  }

  @Test
  void aMissingArgumentIsNamedWithItsFix() {
    assertThatThrownBy(() -> SampleLake.main(new String[0]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected one argument")
        .hasMessageContaining("Fix: java io.penstock.samples.lake.SampleLake data");
  }

  private static String reason(Anomaly anomaly) {
    return switch (anomaly) {
      case TOO_LATE -> "too late";
      case FROM_THE_FUTURE -> "from the future";
      default -> "unreadable";
    };
  }

  private static void recount(Anomaly anomaly, String from) {
    RECOUNT.put(anomaly, from);
  }

  private static long count(String from) {
    return (Long)
        lake.query("SELECT count(*) AS n FROM (SELECT 1 FROM " + from + ")").rows().get(0).get(0);
  }

  private static Map<String, Long> documentedCounts() throws IOException {
    return Files.readAllLines(COMMITTED.resolve("README.md")).stream()
        .filter(line -> line.matches("\\| .* \\| [0-9,]+ \\|"))
        .map(line -> Arrays.asList(line.split("\\|", -1)))
        .collect(
            toMap(
                cells -> cells.get(1).strip(),
                cells -> Long.valueOf(cells.get(2).strip().replace(",", ""))));
  }

  private static Map<String, Path> files(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths
          .filter(Files::isRegularFile)
          .collect(
              toMap(
                  path -> root.relativize(path).toString().replace('\\', '/'),
                  path -> path,
                  (one, other) -> one,
                  TreeMap::new));
    }
  }
}
