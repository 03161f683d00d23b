package io.penstock.samples.oracle;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The channel report of one day, computed with regular expressions and maps only: the oracle's SQL
 * is compared with it.
 */
final class PlainChannelReport {
  private static final Pattern CHANNEL =
      Pattern.compile("^(\\d+),([0-9a-f]{8}),(\"(?:[^\"]|\"\")*\"|[^\"\\n]*)$", Pattern.MULTILINE);
  private static final Pattern SESSION =
      Pattern.compile(
          "^([0-9a-f]{8}),(\\d{4}-\\d\\d-\\d\\d)[T ]((?:[01]\\d|2[0-3]):\\d\\d:\\d\\d\\.\\d{6})"
              + "(Z|\\+09:00)?$",
          Pattern.MULTILINE);
  private static final Pattern PAYMENT =
      Pattern.compile("^([0-9a-f]{8}),(true|false),([0-9.]*)$", Pattern.MULTILINE);

  private final Path arrivals;

  PlainChannelReport(Path lake) {
    this.arrivals = lake.resolve("arrivals");
  }

  List<List<Object>> rows(LocalDate day) throws IOException {
    Set<String> sessions = sessions(day);
    Map<String, MatchResult> payments = new HashMap<>();
    records(PAYMENT, "session_transaction").forEach(r -> payments.put(r.group(1), r));
    Map<String, Totals> totals = new TreeMap<>();
    Set<String> seen = new HashSet<>();
    for (MatchResult channel : records(CHANNEL, "user_session_channel")) {
      String session = channel.group(2);
      if (sessions.contains(session) && seen.add(session)) {
        String name = channel.group(3).replaceAll("^\"|\"$", "").replace("\"\"", "\"");
        Totals ofChannel = totals.computeIfAbsent(name, key -> new Totals());
        ofChannel.add(channel.group(1), payments.get(session));
      }
    }
    List<List<Object>> rows = new ArrayList<>();
    totals.forEach((name, ofChannel) -> rows.add(ofChannel.row(day, name)));
    return rows;
  }

  private Set<String> sessions(LocalDate day) throws IOException {
    Set<String> sessions = new HashSet<>();
    for (int lag = 0; lag <= 2; lag++) {
      for (MatchResult session : records(SESSION, "session_timestamp/" + day.plusDays(lag))) {
        if (day(session).equals(day)) {
          sessions.add(session.group(1));
        }
      }
    }
    return sessions;
  }

  /** The day in UTC, which is the zone of texts without an offset. */
  private static LocalDate day(MatchResult session) {
    String offset = session.group(4) == null ? "Z" : session.group(4);
    return OffsetDateTime.parse(session.group(2) + "T" + session.group(3) + offset)
        .withOffsetSameInstant(ZoneOffset.UTC)
        .toLocalDate();
  }

  private List<MatchResult> records(Pattern pattern, String folder) throws IOException {
    String text = Files.readString(arrivals.resolve(folder).resolve("part-0.csv"));
    return pattern.matcher(text).results().toList();
  }

  private static final class Totals {
    private final Set<String> users = new HashSet<>();
    private final Set<String> payers = new HashSet<>();
    private BigDecimal gross;
    private BigDecimal net;

    void add(String user, MatchResult payment) {
      users.add(user);
      if (payment == null || payment.group(3).isEmpty()) {
        return;
      }
      BigDecimal amount = new BigDecimal(payment.group(3));
      gross = gross == null ? amount : gross.add(amount);
      if (payment.group(2).equals("false")) {
        net = net == null ? amount : net.add(amount);
      }
      if (amount.signum() > 0) {
        payers.add(user);
      }
    }

    List<Object> row(LocalDate day, String channel) {
      return Arrays.asList(day, channel, (long) users.size(), (long) payers.size(), gross, net);
    }
  }
}
