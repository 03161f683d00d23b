package io.penstock.jobs.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"0 | 0 rows", "1 | 1 row", "2 | 2 rows", "99901 | 99,901 rows"})
  void oneIsSingularAndThousandsAreGrouped(long number, String text) {
    assertThat(Amounts.of(number, "row")).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0 B",
    "1023, 1023 B",
    "1024, 1.0 KiB",
    "1536, 1.5 KiB",
    "1048576, 1.0 MiB",
    "9223372036854775807, 8192.0 PiB"
  })
  void bytesAreCountedInPowersOf1024(long bytes, String text) {
    assertThat(Amounts.bytes(bytes)).isEqualTo(text);
  }

  @Test
  void secondsHaveOneDigit() {
    assertThat(Amounts.seconds(Duration.ofMillis(14_649))).isEqualTo("14.6 s");
  }
}
