package io.penstock.spark.testing;

import static io.penstock.spark.testing.FrameAssertions.assertDataFrameEquals;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
final class FrameAssertionsTest {
  private final Dataset<Row> oneTwo = values("(1, 'a'), (2, NULL)");
  private final Dataset<Row> twoOne = values("(2, NULL), (1, 'a')");

  @Test
  void equalFramesPass() {
    assertDataFrameEquals(oneTwo, values("(1, 'a'), (2, NULL)"));
    assertSameRows(oneTwo, twoOne);
  }

  @Test
  void orderCountsOnlyWhenAskedFor() {
    assertThatThrownBy(() -> assertDataFrameEquals(oneTwo, twoOne))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aDifferentValueFails() {
    assertThatThrownBy(() -> assertSameRows(oneTwo, values("(1, 'a'), (2, 'b')")))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aRepeatedRowFails() {
    assertThatThrownBy(() -> assertSameRows(oneTwo, values("(1, 'a'), (2, NULL), (2, NULL)")))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(
            () ->
                assertSameRows(
                    values("(1, 'a'), (1, 'a'), (2, NULL)"),
                    values("(1, 'a'), (2, NULL), (2, NULL)")))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aDifferentTypeFails() {
    assertThatThrownBy(() -> assertSameRows(oneTwo, values("(1L, 'a'), (2L, NULL)")))
        .isInstanceOf(AssertionError.class);
  }

  private static Dataset<Row> values(String rows) {
    return SparkTestSession.spark().sql("SELECT * FROM VALUES " + rows + " AS t(id, name)");
  }
}
