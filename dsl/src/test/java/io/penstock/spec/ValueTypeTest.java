package io.penstock.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ValueTypeTest {
  @Test
  void everyTypeReadsItsOwnForm() {
    assertThat(ValueType.STRING.parse("any; 'text'\n").value()).isEqualTo("any; 'text'\n");
    assertThat(ValueType.BOOLEAN.parse("true").value()).isEqualTo(true);
    assertThat(ValueType.INTEGER.parse("-2147483648").value()).isEqualTo(Integer.MIN_VALUE);
    assertThat(ValueType.LONG.parse("9223372036854775807").value()).isEqualTo(Long.MAX_VALUE);
    assertThat(ValueType.DECIMAL.parse("12.50").value()).isEqualTo(new BigDecimal("12.50"));
    assertThat(ValueType.DATE.parse("2024-02-29").value()).isEqualTo(LocalDate.of(2024, 2, 29));
    assertThat(ValueType.TIMESTAMP.parse("2026-03-01T09:00:00+09:00").value())
        .isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource({
    "BOOLEAN, True, true or false",
    "BOOLEAN, 1, true or false",
    "INTEGER, 2147483648, 'a whole number, 32 bits'",
    "INTEGER, 1.0, 'a whole number, 32 bits'",
    "INTEGER, '', 'a whole number, 32 bits'",
    "LONG, 9223372036854775808, 'a whole number, 64 bits'",
    "LONG, ' 1', 'a whole number, 64 bits'",
    "DECIMAL, '1,5', a decimal number such as 12.50",
    "DECIMAL, 123456789012345678901234567890123456789, at most 38 digits",
    "DECIMAL, NaN, a decimal number such as 12.50",
    "DATE, 2026-02-29, a date such as 2026-03-01",
    "DATE, 01.03.2026, a date such as 2026-03-01",
    "DATE, 2026-3-1, a date such as 2026-03-01",
    "TIMESTAMP, 2026-03-01T00:00:00, 'a time with its zone, such as 2026-03-01T00:00:00Z'",
    "TIMESTAMP, 2026-03-01, 'a time with its zone, such as 2026-03-01T00:00:00Z'"
  })
  void anUnreadableTextSaysWhatIsExpected(ValueType type, String text, String expected) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> type.parse(text))
        .withMessageStartingWith("Cannot read '" + text + "' as ")
        .withMessageContaining(expected);
  }

  @Test
  void decimalsKeepTheirScaleAndTheirPlainForm() {
    assertThat(ValueType.DECIMAL.parse("1E+3").text()).isEqualTo("1000");
    assertThat(ValueType.DECIMAL.parse("0.10").text()).isEqualTo("0.10");
    assertThat(ValueType.DECIMAL.parse("1e-7").text()).isEqualTo("0.0000001");
  }

  @ParameterizedTest
  @CsvSource({
    "STRING, text",
    "BOOLEAN, false",
    "INTEGER, 7",
    "LONG, -7",
    "DECIMAL, 0.50",
    "DATE, 2026-03-01",
    "TIMESTAMP, 2026-03-01T00:00:00.000001Z"
  })
  void theTextOfAValueReadsBackAsTheSameValue(ValueType type, String text) {
    TypedValue value = type.parse(text);

    assertThat(value.text()).isEqualTo(text);
    assertThat(type.parse(value.text())).isEqualTo(value);
  }

  @Test
  void aValueOfAnotherJavaTypeIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TypedValue(ValueType.LONG, 7))
        .withMessage("Cannot make a LONG of '7': its Java type is Long.");
  }

  @ParameterizedTest
  @CsvSource({
    "DECIMAL, 1E+38",
    "DECIMAL, 1E+100000000",
    "DECIMAL, 1E-39",
    "TIMESTAMP, 2026-03-01T00:00:00.0000001Z",
    "TIMESTAMP, 2026-03-01T00:00:00.123456789+09:00"
  })
  void aValueThatSparksTypeCannotHoldIsRefused(ValueType type, String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> type.parse(text))
        .withMessageStartingWith("Cannot read '" + text + "' as ");
  }

  @Test
  void theLargestDecimalIsAccepted() {
    assertThat(ValueType.DECIMAL.parse("1E+37").text()).hasSize(38);
    assertThat(ValueType.DECIMAL.parse("1E-38").text()).hasSize(40);
  }
}
