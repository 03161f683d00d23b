package io.penstock.spark.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.penstock.spark.testing.HostileText;
import io.penstock.spark.testing.Proofs;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import scala.PartialFunction;

/**
 * A rendered predicate selects exactly the partitions that it was rendered from, and none of their
 * neighbours.
 */
final class NeighbouringPartitionsTest {
  private static final int PREDICATES = 10_000;
  private static final DataType MONEY = DataTypes.createDecimalType(20, 4);
  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  private final Random random = Proofs.random("partitions and their neighbours");
  private final List<String> texts = HostileText.texts(PREDICATES);

  @Test
  void tenThousandPredicatesOfAllTypesSelectOnlyTheirPartition() {
    for (int i = 0; i < PREDICATES; i++) {
      List<PartitionValue> candidates = candidates(texts.get(i));
      PartitionValue meant = candidates.get(0);
      Expression parsed = PartitionPredicate.unit(meant).expression();
      for (PartitionValue candidate : candidates) {
        if (selects(parsed, candidate) != candidate.equals(meant)) {
          fail("%s is confused with %s", meant, candidate);
        }
      }
    }
  }

  @Test
  void listsOfHostileValuesSelectOnlyTheirPartitions() {
    for (int i = 0; i < PREDICATES; i += 1_000) {
      List<PartitionValue> meant =
          texts.subList(i, i + 100).stream().distinct().map(this::text).toList();
      Expression parsed =
          PartitionPredicate.units(meant.stream().map(List::of).toList()).expression();
      Stream<PartitionValue> candidates =
          texts.subList(i, i + 100).stream().flatMap(t -> around(t).stream()).map(this::text);
      assertThat(candidates)
          .allSatisfy(
              candidate ->
                  assertThat(selects(parsed, candidate)).isEqualTo(meant.contains(candidate)));
    }
  }

  /** A partition, and those that a careless rendering would also select. */
  private List<PartitionValue> candidates(String text) {
    return switch (random.nextInt(8)) {
      case 0 -> partitions(DataTypes.IntegerType, integers(random.nextInt()));
      case 1 -> partitions(DataTypes.LongType, longs(random.nextLong()));
      case 2 -> partitions(MONEY, decimals(new BigDecimal(random.nextLong()).movePointLeft(4)));
      case 3 -> partitions(DataTypes.DateType, dates(random.nextInt(3_000_000)));
      case 4 -> partitions(DataTypes.TimestampType, instants(random.nextLong(30_000_000_000L)));
      case 5 -> partitions(DataTypes.BooleanType, booleans(random.nextBoolean()));
      default -> around(text).stream().map(this::text).toList();
    };
  }

  private static List<Object> integers(int value) {
    return List.of(value, value + 1, value - 1, -value - 1);
  }

  private static List<Object> longs(long value) {
    return List.of(value, value + 1, value - 1, (long) (int) value + (1L << 40));
  }

  private static List<Object> decimals(BigDecimal value) {
    BigDecimal least = new BigDecimal("0.0001");
    return List.of(value, value.add(least), value.subtract(least), value.negate().add(least));
  }

  private static List<Object> dates(int day) {
    LocalDate value = LocalDate.of(1, 1, 2).plusDays(day);
    return List.of(value, value.plusDays(1), value.minusDays(1), value.plusYears(1));
  }

  private static List<Object> instants(long seconds) {
    Instant value = NOON.plusSeconds(seconds).plus(seconds % 1_000_000, ChronoUnit.MICROS);
    return List.of(
        value, value.plus(1, ChronoUnit.MICROS), value.plusSeconds(3_600), value.minusSeconds(60));
  }

  private static List<Object> booleans(boolean value) {
    return List.of(value, !value);
  }

  private static List<String> around(String text) {
    List<String> around = new ArrayList<>(List.of(text));
    Stream.of(
            text + " ",
            " " + text,
            text.strip(),
            text.toUpperCase(Locale.ROOT),
            text.replace("\\", ""),
            text.replace("\\", "\\\\"),
            text.replace("'", "''"),
            text.replace("\0", ""),
            text.substring(0, text.length() / 2),
            "x")
        .filter(Predicate.not(String::isEmpty))
        .filter(NeighbouringPartitionsTest::isWhole)
        .forEach(around::add);
    return around;
  }

  /** Half of a text may end inside a surrogate pair. */
  private static boolean isWhole(String text) {
    return StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }

  private PartitionValue text(String value) {
    return new PartitionValue("c", DataTypes.StringType, value);
  }

  private static List<PartitionValue> partitions(DataType type, List<Object> values) {
    return values.stream().map(value -> new PartitionValue("c", type, value)).toList();
  }

  private static boolean selects(Expression predicate, PartitionValue partition) {
    Literal value = Literal.create(partition.value(), partition.type());
    Expression bound =
        predicate.transform(
            PartialFunction.fromFunction(
                node -> node instanceof UnresolvedAttribute ? value : node));
    return (Boolean) bound.eval(null);
  }
}
