package io.penstock.samples.lake;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The only order of a wholesale account. The amounts make users tie on gross revenue, also between
 * the tenth and the eleventh; the ids have another order as texts.
 */
record WholesaleOrder(long user, LocalDate day, long cents) {
  private static final long TIED_NEAR_THE_TOP = 500_000;
  private static final long TIED_AT_THE_BORDER = 189_000;

  static final List<WholesaleOrder> ALL =
      List.of(
          new WholesaleOrder(10_002, LocalDate.of(2026, 1, 7), TIED_AT_THE_BORDER),
          new WholesaleOrder(9_998, LocalDate.of(2026, 1, 23), TIED_AT_THE_BORDER),
          new WholesaleOrder(10_004, LocalDate.of(2026, 2, 3), TIED_NEAR_THE_TOP),
          new WholesaleOrder(10_001, LocalDate.of(2026, 2, 18), TIED_AT_THE_BORDER),
          new WholesaleOrder(9_997, LocalDate.of(2026, 3, 5), TIED_NEAR_THE_TOP),
          new WholesaleOrder(9_999, LocalDate.of(2026, 3, 26), TIED_AT_THE_BORDER));

  /** The order of a session, if a wholesale account opened it. */
  static Optional<WholesaleOrder> behind(Session session) {
    return ALL.stream().filter(order -> order.user() == session.user()).findFirst();
  }
}
