package io.penstock.spark.datetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.unsafe.types.UTF8String;
import scala.Option;

/** Tells which texts get today's date, compared with what Spark makes of them. */
final class DatetimeTextTest {
  /** The generated years are earlier, so only the clock can yield a day of this week. */
  private static final int BEFORE_NOW = 2020;

  @Property(tries = 3000)
  void aTextTakesTodaysDateIfAndOnlyIfItIsRefused(@ForAll("texts") String text) {
    UTF8String value = UTF8String.fromString(text);
    Option<Object> time = DateTimeUtils.stringToTimestamp(value, ZoneOffset.UTC);

    boolean today = time.isDefined() && isNow((Long) time.get());

    assertThat(DatetimeText.isTimeAlone(value)).as("'%s' is %s", text, time).isEqualTo(today);
  }

  @Property(tries = 1000)
  void aDatedTextNeverTakesTodaysDate(@ForAll("texts") String text) {
    UTF8String value = UTF8String.fromString(text);

    if (DatetimeText.isDated(value)) {
      Option<Object> time = DateTimeUtils.stringToTimestamp(value, ZoneOffset.UTC);
      assertThat(time.isDefined() && !isNow((Long) time.get())).as("'%s'", text).isTrue();
    }
  }

  private static boolean isNow(long micros) {
    LocalDate day =
        Instant.EPOCH.plus(micros, ChronoUnit.MICROS).atZone(ZoneOffset.UTC).toLocalDate();
    LocalDate today = LocalDate.now(ZoneId.of("UTC"));
    return !day.isBefore(today.minusDays(3)) && !day.isAfter(today.plusDays(3));
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> digits = Arbitraries.strings().withCharRange('0', '9').ofMaxLength(3);
    Arbitrary<String> space =
        Arbitraries.of("", "", "", " ", "\t", "\n", "\u0000", "\u007f", "\u00a0", "\u3000");
    Arbitrary<String> first =
        Arbitraries.of("", "", "", "T", "t", "+", "-", "0", "\u0661", "\uff11");
    Arbitrary<String> zone =
        Arbitraries.of(
            "",
            "",
            "Z",
            " UTC",
            "Asia/Seoul",
            " Europe/Berlin",
            "+9",
            "+09:00",
            " UTC+1",
            "PST",
            "x");
    Arbitrary<String> time =
        Combinators.combine(
                Arbitraries.integers().between(0, 25),
                Arbitraries.integers().between(0, 61),
                Arbitraries.of("", ":", ":0", ":59", ":59.", ":59.123456789", ":61", ":5:5", "-5"))
            .as((hour, minute, rest) -> hour + ":" + minute + rest);
    Arbitrary<String> date =
        Combinators.combine(
                Arbitraries.integers().between(1, BEFORE_NOW),
                Arbitraries.integers().between(0, 13),
                Arbitraries.integers().between(0, 32))
            .as((year, month, day) -> year + "-" + month + "-" + day);
    Arbitrary<String> body =
        Arbitraries.oneOf(
            time,
            digits,
            date,
            Combinators.combine(date, Arbitraries.of(" ", "T", "  ", "t"), time)
                .as((d, separator, t) -> d + separator + t),
            Combinators.combine(digits, Arbitraries.of(":", "-", "."), digits)
                .as((a, separator, b) -> a + separator + b),
            Arbitraries.of("now", "today", "epoch", ""),
            Arbitraries.strings().ofMaxLength(6));
    return Combinators.combine(space, first, body, zone, space)
        .as((before, sign, text, at, after) -> before + sign + text + at + after);
  }
}
