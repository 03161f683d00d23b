package io.penstock.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.testing.HostileText;
import io.penstock.spark.testing.SparkTestSession;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
final class PartitionPredicateTest {
  private static final PartitionValue FIRST = day("2026-03-01");
  private static final PartitionValue SECOND = day("2026-03-02");

  @Test
  void aUnitIsAnEquality() {
    assertThat(PartitionPredicate.unit(FIRST).sql()).isEqualTo("`day` = DATE '2026-03-01'");
  }

  @Test
  void aUnitOfSeveralColumnsIsAConjunction() {
    assertThat(PartitionPredicate.unit(FIRST, hour(7)).sql())
        .isEqualTo("`day` = DATE '2026-03-01' AND `hour` = 7");
  }

  @Test
  void severalValuesOfOneColumnAreAList() {
    assertThat(PartitionPredicate.units(List.of(List.of(FIRST), List.of(SECOND))).sql())
        .isEqualTo("`day` IN (DATE '2026-03-01', DATE '2026-03-02')");
  }

  @Test
  void severalUnitsOfSeveralColumnsAreAlternatives() {
    assertThat(
            PartitionPredicate.units(List.of(List.of(FIRST, hour(23)), List.of(SECOND, hour(0))))
                .sql())
        .isEqualTo(
            "(`day` = DATE '2026-03-01' AND `hour` = 23)"
                + " OR (`day` = DATE '2026-03-02' AND `hour` = 0)");
  }

  @Test
  void aThousandUnitsAreParsedBack() {
    List<List<PartitionValue>> units =
        IntStream.range(0, 1000).mapToObj(i -> List.of(FIRST, hour(i))).toList();
    assertThat(PartitionPredicate.units(units).units()).isEqualTo(units);
  }

  @Test
  void tenThousandHostileValuesSelectOnlyThemselves() {
    assertThat(HostileText.texts(10_000))
        .allSatisfy(
            text ->
                assertThat(
                        PartitionPredicate.unit(new PartitionValue("c", DataTypes.StringType, text))
                            .expression()
                            .sql())
                    .startsWith("(c = "));
  }

  @Test
  void hostileColumnNamesStayOneColumn() {
    assertThat(HostileText.texts(2_000))
        .filteredOn(name -> !name.contains("${"))
        .allSatisfy(
            name ->
                assertThat(
                        PartitionPredicate.unit(new PartitionValue(name, DataTypes.StringType, "x"))
                            .columns())
                    .containsExactly(name));
  }

  @Test
  void hostileValuesFindExactlyTheirRow() {
    SparkSession spark = SparkTestSession.spark();
    List<String> texts = HostileText.texts(300).stream().distinct().toList();
    var rows = spark.createDataset(texts, Encoders.STRING()).toDF("a.`b");
    List<List<PartitionValue>> half =
        texts.stream()
            .filter(text -> text.hashCode() % 2 == 0)
            .map(text -> List.of(new PartitionValue("a.`b", DataTypes.StringType, text)))
            .toList();
    assertThat(rows.where(PartitionPredicate.units(half).sql()).collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrderElementsOf(
            half.stream().map(unit -> unit.get(0).text()).toList());
  }

  @Test
  void aPredicateThatSparkReadsOtherwiseIsRefused() {
    SparkSession legacy = SparkTestSession.spark().newSession();
    legacy.conf().set("spark.sql.parser.escapedStringLiterals", "true");
    PartitionValue value = new PartitionValue("c", DataTypes.StringType, "a\\b");
    assertThatThrownBy(
            () ->
                SQLConf.withExistingConf(
                    legacy.sessionState().conf(), () -> PartitionPredicate.unit(value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("escapedStringLiterals");
  }

  @Test
  void equalDecimalsAreOnePartition() {
    var type = DataTypes.createDecimalType(10, 2);
    assertThat(new PartitionValue("p", type, new BigDecimal("1.5")))
        .isEqualTo(new PartitionValue("p", type, new BigDecimal("1.50")));
  }

  @Test
  void valuesOfNoPartitionAreRefused() {
    assertThatThrownBy(() -> new PartitionValue("c", DataTypes.StringType, ""))
        .hasMessageContaining("empty string as NULL");
    assertThatThrownBy(() -> new PartitionValue("c", DataTypes.StringType, null))
        .hasMessageContaining("no value");
    assertThatThrownBy(() -> new PartitionValue("c", DataTypes.DoubleType, Double.NaN))
        .hasMessageContaining("equal only to themselves");
  }

  @Test
  void emptyAndContradictoryPredicatesAreRefused() {
    assertThatThrownBy(PartitionPredicate::unit).hasMessageContaining("names no partition");
    assertThatThrownBy(() -> PartitionPredicate.units(List.of()))
        .hasMessageContaining("names no partition");
    assertThatThrownBy(() -> PartitionPredicate.unit(FIRST, SECOND))
        .hasMessageContaining("two values");
  }

  private static PartitionValue day(String date) {
    return new PartitionValue("day", DataTypes.DateType, LocalDate.parse(date));
  }

  private static PartitionValue hour(int hour) {
    return new PartitionValue("hour", DataTypes.IntegerType, hour);
  }
}
