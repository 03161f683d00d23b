package io.penstock.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class IntervalTest {
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void anIntervalEndsAfterItStarts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Interval(NOON, NOON))
        .withMessageContaining("its end has to lie after its start");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Interval(NOON, NOON.minusNanos(1)))
        .withMessageContaining("from 2026-03-01T12:00:00Z to 2026-03-01T11:59:59.999999999Z");
  }

  @Test
  void intervalsThatOnlyTouchDoNotOverlap() {
    Interval before = new Interval(NOON.minusSeconds(1), NOON);
    Interval after = new Interval(NOON, NOON.plusSeconds(1));
    Interval across = new Interval(NOON.minusNanos(1), NOON.plusNanos(1));

    assertThat(before.overlaps(after)).isFalse();
    assertThat(after.overlaps(before)).isFalse();
    assertThat(before.overlaps(across)).isTrue();
    assertThat(across.overlaps(after)).isTrue();
    assertThat(across.overlaps(across)).isTrue();
  }

  @Test
  void anIntervalPrintsAsHalfOpen() {
    assertThat(new Interval(NOON, NOON.plusSeconds(60)))
        .hasToString("[2026-03-01T12:00:00Z, 2026-03-01T12:01:00Z)");
  }
}
