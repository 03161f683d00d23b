package io.penstock.spark.delta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.sql.PartitionValue;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
final class UnitIdTest {
  @Test
  void aUnitIsNamedByItsColumnsInAlphabeticalOrder() {
    UnitId unit =
        UnitId.of(
            "sales",
            List.of(new PartitionValue("hour", DataTypes.IntegerType, 7), Lake.dayOf(Lake.FIRST)));
    assertThat(unit.applicationId()).isEqualTo("penstock:sales:day=2026-03-01/hour=7");
  }

  @Test
  void theWholeTableIsAStar() {
    assertThat(UnitId.wholeTable("sales").applicationId()).isEqualTo("penstock:sales:*");
  }

  @Test
  void hostileNamesAreReadBack() {
    UnitId unit = new UnitId("a:b/c=*", new TreeMap<>(Map.of("x=/:", "%3A=:*/ +é", "*", "*")));
    assertThat(UnitId.parse(unit.applicationId())).contains(unit);
    UnitId whole = UnitId.wholeTable("*");
    assertThat(UnitId.parse(whole.applicationId())).contains(whole);
  }

  @Test
  void otherApplicationsAreNotOurs() {
    assertThat(UnitId.parse("some-stream")).isEmpty();
    assertThat(UnitId.parse("penstock:")).isEmpty();
    assertThat(UnitId.parse("penstock::day=1")).isEmpty();
    assertThat(UnitId.parse("penstock:a:day")).isEmpty();
  }

  @Test
  void equalStampsHaveEqualText() {
    CommitStamp stamp = Lake.stamp(UnitId.wholeTable("sales"), 3);
    assertThat(stamp.json())
        .isEqualTo(
            "{\"runId\":\"run-sales-3\",\"pipeline\":\"sales\","
                + "\"interval\":\"2026-03-01/2026-03-02\",\"fingerprint\":\"f00d\","
                + "\"inputVersions\":{},\"epochs\":{\"penstock:sales:*\":3}}")
        .isEqualTo(Lake.stamp(UnitId.wholeTable("sales"), 3).json());
  }

  @Test
  void aStampNamesItsRunAndUnits() {
    assertThatThrownBy(
            () -> new CommitStamp("r", "p", "i", "f", Collections.emptySortedMap(), List.of()))
        .hasMessageContaining("at least one unit");
    assertThatThrownBy(() -> new UnitEpoch(UnitId.wholeTable("p"), -1))
        .hasMessageContaining("count up from zero");
    assertThatThrownBy(() -> UnitId.wholeTable("")).hasMessageContaining("no name");
  }
}
