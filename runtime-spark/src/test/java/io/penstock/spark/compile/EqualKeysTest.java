package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.keys;
import static io.penstock.dsl.Penstock.oneOf;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static io.penstock.dsl.Penstock.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.RunPlan;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plan names the keys and the orders in which different values count as equal. */
@Tag("spark")
final class EqualKeysTest {
  private static final String KEY = "0.0 and -0.0 are one key, and so are all NaN, in x";
  private static final String ORDER =
      "NaN stands behind all numbers, and 0.0 beside -0.0, in the order of x";

  @TempDir private static Path directory;
  private static EngineLake lake;

  private final Rows numbers = read(delta("raw/numbers"));
  private final Rows texts = numbers.select("name COLLATE UTF8_LCASE AS name", "id");

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table("raw/numbers", "SELECT 1 AS id, 0.5D AS x, 'a' AS name, 1.5D AS weight");
  }

  @Test
  void keysOfFloatingPointNumbersAreNamed() {
    assertThat(told(numbers.groupBy("x").aggregate("count(*) AS n"))).containsExactly(KEY);
    assertThat(told(numbers.select("x").distinct())).containsExactly(KEY);
    assertThat(told(numbers.latestBy(keys("x"), "id"))).containsExactly(KEY);
    assertThat(told(numbers.select("x").join(numbers.select("x", "id")).using("x")))
        .containsExactly(KEY);
    assertThat(told(sql("SELECT x FROM n INTERSECT SELECT weight FROM n").from("n", numbers)))
        .containsExactly(KEY);
    assertThat(told(numbers.expect(unique("x", "id")))).containsExactly(KEY);
  }

  @Test
  void ordersOfFloatingPointNumbersAreNamed() {
    assertThat(told(numbers.orderBy("x").limit(1))).containsExactly(ORDER);
    assertThat(told(numbers.latestBy(keys("id"), "x"))).containsExactly(ORDER);
    assertThat(told(sql("SELECT * FROM n ORDER BY x LIMIT 1").from("n", numbers)))
        .containsExactly(ORDER);
    assertThat(told(numbers.select("id", "rank() OVER (PARTITION BY id ORDER BY x) AS place")))
        .containsExactly(ORDER);
  }

  @Test
  void keysOfCollatedTextsAreNamed() {
    assertThat(told(texts.join(texts.select("name")).using("name").select("id")))
        .containsExactly("texts that are equal in the collation of name are one key");
    assertThat(told(texts.select("id", "rank() OVER (ORDER BY name) AS place")))
        .containsExactly(
            "texts that are equal in the collation of name stand beside each other in its order");
    assertThat(told(texts.expect(unique("name", "id")).select("id")))
        .containsExactly("texts that are equal in the collation of name are one key");
    // It compares the exact texts.
    assertThat(told(texts.expect(oneOf("name", "a")).select("id"))).isEmpty();
  }

  @Test
  void otherKeysAndWhatOnlyBreaksTiesAreNotNamed() {
    assertThat(told(numbers.orderBy("id").limit(1))).isEmpty();
    assertThat(told(numbers.latestBy(keys("id"), "name"))).isEmpty();
    assertThat(told(numbers.select("id", "row_number() OVER (ORDER BY id) AS place"))).isEmpty();
    assertThat(told(numbers.where("x >= 0").expect(unique("id")))).isEmpty();
  }

  private static List<String> told(Rows rows) {
    Write write = rows.to(delta("mart/out").overwrite());
    return lake.compile(write).plan().doubts().stream().map(RunPlan.Doubt::what).toList();
  }
}
