package io.penstock.spark.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionSegmentTest {

  @ParameterizedTest
  @CsvSource({
    "2026-03-01,day=2026-03-01",
    "../../etc,day=..%2F..%2Fetc",
    "..,day=..",
    "a=b,day=a%3Db",
    "100%,day=100%25",
    "12:00,day=12%3A00",
    "{a}*?[b],day=%7Ba%7D%2A%3F%5Bb%5D",
    "서울,day=서울"
  })
  void encodesValuesSoThatTheyAreOneDirectoryName(String value, String directory) {
    assertThat(new PartitionSegment("day", value).directory()).isEqualTo(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0000", "a\nb", "\u007f", "tab\t", "}", "\\", "%2F", "back\\slash"})
  void everyValueComesBackFromItsDirectoryName(String value) {
    PartitionSegment segment = new PartitionSegment("day", value);

    assertThat(segment.directory()).matches("day=[^/\\p{Cntrl}]+");
    assertThat(PartitionSegment.parse(segment.directory())).isEqualTo(segment);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "a/b", "a=b", "a b", "a\nb", "1a", "a%2F", "a.b"})
  void refusesColumnNamesThatAreNoIdentifiers(String column) {
    assertThatThrownBy(() -> new PartitionSegment(column, "x"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot partition an export by column");
  }

  @Test
  void refusesEmptyValues() {
    assertThatThrownBy(() -> new PartitionSegment("day", ""))
        .hasMessageContaining("whose value of 'day' is empty");
  }
}
