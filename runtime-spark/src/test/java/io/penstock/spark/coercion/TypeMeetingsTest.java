package io.penstock.spark.coercion;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.testing.Proofs;
import io.penstock.spark.testing.SparkTestSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Lets every type meet every other one at every place, with the values at which conversions fail.
 * What isn't refused has to give each value back, and to compare as the values themselves do. A
 * build tries a quarter of the pairs, others each time.
 */
@Tag("proof")
final class TypeMeetingsTest {
  /** Values that are one of the two sides, by the name of the place; {@code l} and {@code r}. */
  private static final Map<String, String> COMBINED =
      Map.of(
          "coalesce", "coalesce(l, r)",
          "nvl", "nvl(l, r)",
          "case", "CASE WHEN r IS NULL THEN r ELSE l END",
          "if", "if(r IS NULL, r, l)",
          "array", "array(l, r)[0]",
          "map", "map('l', l, 'r', r)['l']",
          "concat", "concat(array(l), array(r))[0]",
          "array_union", "array_union(array(l), array(r))[0]");

  /** Comparisons, by what they tell. */
  private static final Map<String, String> COMPARED =
      Map.of(
          "=", "l = r",
          "<=>", "l <=> r",
          "IN", "l IN (r, r)",
          "BETWEEN", "l BETWEEN r AND r",
          "nullif", "nullif(l, r) IS NULL",
          "array_contains", "array_contains(array(l), r)",
          "arrays_overlap", "arrays_overlap(array(l), array(r))",
          "CASE", "CASE l WHEN r THEN true ELSE false END",
          "map key", "map(l, 1)[r] IS NOT NULL");

  private static final List<String> FREE =
      List.of(
          "INT = BIGINT",
          "INT = DOUBLE",
          "BIGINT = DECIMAL(38,6)",
          "FLOAT = DOUBLE",
          "DATE = TIMESTAMP",
          "TIMESTAMP_NTZ = TIMESTAMP");

  private static final List<String> REFUSED =
      List.of("BIGINT = DOUBLE", "DECIMAL(38,6) = DECIMAL(38,12)", "STRING = INT");

  private static final SparkSession SPARK = SparkTestSession.spark();

  private static List<MetValues> types;

  private final Random random = Proofs.random("meetings of types");

  @BeforeAll
  static void define() {
    types = MetValues.ofEveryType(SPARK);
  }

  @Test
  void whatIsNotRefusedKeepsEveryValue() {
    Set<String> wrong = new TreeSet<>();
    Set<String> free = new TreeSet<>();
    for (MetValues left : types) {
      for (MetValues right : types) {
        if (left != right && isTried(left, right)) {
          wrong.addAll(wronglyCombined(left, right));
          wrong.addAll(wronglyCompared(left, right));
          allowed("SELECT l = r FROM pairs").ifPresent(rows -> free.add(left + " = " + right));
        }
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(free).containsAll(FREE).doesNotContainAnyElementsOf(REFUSED);
  }

  private boolean isTried(MetValues left, MetValues right) {
    String pair = left + " = " + right;
    return Proofs.full() || FREE.contains(pair) || REFUSED.contains(pair) || random.nextInt(4) == 0;
  }

  @Test
  void setsAndJoinsThatAreNotRefusedKeepEveryValue() {
    Set<String> wrong = new TreeSet<>();
    for (int i = 0; i < types.size(); i++) {
      for (int j = 0; j < i; j++) {
        MetValues left = types.get(i);
        MetValues right = types.get(j);
        if (!isTried(left, right)) {
          continue;
        }
        left.rows().createOrReplaceTempView("ls");
        right.rows().createOrReplaceTempView("rs");
        Map<String, Set<Object>> expected =
            Map.of(
                "SELECT v FROM ls UNION ALL SELECT v FROM rs", left.and(right),
                "SELECT v FROM ls INTERSECT SELECT v FROM rs", left.common(right),
                "SELECT v FROM ls EXCEPT SELECT v FROM rs", left.without(right),
                "SELECT ls.v FROM ls JOIN rs USING (v)", left.common(right),
                "SELECT ls.v FROM ls JOIN rs ON ls.v <=> rs.v", left.common(right),
                "SELECT v FROM ls WHERE v IN (SELECT v FROM rs)", left.common(right),
                "SELECT v FROM ls WHERE v NOT IN (SELECT v FROM rs)", left.without(right));
        expected.forEach(
            (query, keys) ->
                allowed(query)
                    .filter(rows -> !MetValues.keys(rows.collectAsList()).equals(keys))
                    .ifPresent(rows -> wrong.add(left + ", " + right + ": " + query)));
      }
    }

    assertThat(wrong).isEmpty();
  }

  private static List<String> wronglyCombined(MetValues left, MetValues right) {
    List<String> wrong = new ArrayList<>();
    pairs(left, right);
    Map<String, String> allowed = new TreeMap<>(COMBINED);
    allowed
        .values()
        .removeIf(expression -> allowed("SELECT " + expression + " FROM pairs").isEmpty());
    if (allowed.isEmpty()) {
      return wrong;
    }
    List<String> places = List.copyOf(allowed.keySet());
    for (Row row :
        SPARK
            .sql("SELECT l, " + String.join(", ", allowed.values()) + " FROM pairs")
            .collectAsList()) {
      for (int i = 0; i < places.size(); i++) {
        if (!MetValues.key(row.get(0)).equals(MetValues.key(row.get(i + 1)))) {
          wrong.add(left + " " + places.get(i) + " " + right + ": " + row.get(0));
        }
      }
    }
    return wrong;
  }

  private static List<String> wronglyCompared(MetValues left, MetValues right) {
    List<String> wrong = new ArrayList<>();
    pairs(left, right);
    Map<String, String> allowed = new TreeMap<>(COMPARED);
    allowed
        .values()
        .removeIf(expression -> allowed("SELECT " + expression + " FROM pairs").isEmpty());
    if (allowed.isEmpty()) {
      return wrong;
    }
    List<String> places = List.copyOf(allowed.keySet());
    for (Row row :
        SPARK
            .sql("SELECT l, r, " + String.join(", ", allowed.values()) + " FROM pairs")
            .collectAsList()) {
      boolean equal = MetValues.key(row.get(0)).equals(MetValues.key(row.get(1)));
      for (int i = 0; i < places.size(); i++) {
        if (row.getBoolean(i + 2) != equal) {
          wrong.add(left + " " + places.get(i) + " " + right + ": " + row);
        }
      }
    }
    return wrong;
  }

  private static void pairs(MetValues left, MetValues right) {
    left.rows()
        .withColumnRenamed("v", "l")
        .crossJoin(right.rows().withColumnRenamed("v", "r"))
        .createOrReplaceTempView("pairs");
  }

  /** The rows of a query; empty where Spark or Penstock refuses it. */
  private static Optional<Dataset<Row>> allowed(String query) {
    try {
      Dataset<Row> rows = SPARK.sql(query);
      return MetValues.isRefused(rows) ? Optional.empty() : Optional.of(rows);
    } catch (Exception e) {
      // Scala doesn't declare it.
      if (e instanceof AnalysisException) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
