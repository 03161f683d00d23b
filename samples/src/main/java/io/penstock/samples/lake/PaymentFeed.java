package io.penstock.samples.lake;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Generates {@code session_transaction}: payments of some sessions, with missing and zero amounts.
 */
final class PaymentFeed {
  private static final List<Integer> PRICES =
      List.of(990, 1_490, 1_990, 2_990, 4_900, 9_900, 19_900);

  /** No payments through the newsletter on this day: the revenue is NULL, not zero. */
  private static final LocalDate OUTAGE = LocalDate.of(2026, 1, 19);

  private static final String CHANNEL_OF_OUTAGE = "e-mail\nnewsletter";

  /** All payments through partners were refunded on this day: a gross without a net revenue. */
  private static final LocalDate RECALL = LocalDate.of(2026, 3, 12);

  private static final String CHANNEL_OF_RECALL = " partner";

  private final Random random;
  private final AnomalyCounts counts;

  PaymentFeed(Random random, AnomalyCounts counts) {
    this.random = random;
    this.counts = counts;
  }

  ArrivalFile file(List<Session> seen, List<Session> unseen) {
    List<String> lines = new ArrayList<>();
    for (Session session : seen) {
      boolean wants = WholesaleOrder.behind(session).isPresent() || random.nextInt(100) < 12;
      boolean pays = wants && !isOf(OUTAGE, CHANNEL_OF_OUTAGE, session);
      if (pays) {
        addPayment(session, lines);
      } else {
        counts.add(Anomaly.SESSION_WITHOUT_PAYMENT);
      }
    }
    unseen.stream().filter(session -> random.nextInt(100) < 12).forEach(s -> addPayment(s, lines));
    Collections.shuffle(lines, random);
    return new ArrivalFile(
        "arrivals/session_transaction/part-0.csv", "sessionid,refunded,amount", lines);
  }

  private void addPayment(Session session, List<String> lines) {
    boolean refunded = random.nextInt(100) < 7 || isOf(RECALL, CHANNEL_OF_RECALL, session);
    String line = Csv.line(session.id(), String.valueOf(refunded), amount(session));
    lines.add(line);
    counts.add(Anomaly.PAYMENT_RECORDS);
    counts.add(Anomaly.REFUNDS, refunded ? 1 : 0);
    if (random.nextInt(100) < 2) {
      lines.add(line);
      counts.add(Anomaly.PAYMENT_REPEATS);
    }
  }

  private String amount(Session session) {
    return WholesaleOrder.behind(session)
        .map(order -> plain(order.cents()))
        .orElseGet(this::retailAmount);
  }

  private String retailAmount() {
    int kind = random.nextInt(100);
    if (kind < 3) {
      counts.add(Anomaly.MISSING_AMOUNTS);
      return "";
    }
    if (kind < 4) {
      counts.add(Anomaly.ZERO_AMOUNTS);
      return plain(0);
    }
    return plain(
        kind < 30 ? 1 + random.nextInt(30_000) : PRICES.get(random.nextInt(PRICES.size())));
  }

  private static boolean isOf(LocalDate day, String channel, Session session) {
    return session.day().equals(day) && session.channel().equals(channel);
  }

  private static String plain(long cents) {
    return BigDecimal.valueOf(cents, 2).toPlainString();
  }
}
