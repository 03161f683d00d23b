package io.penstock.spark.repeatability;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.testing.SparkTestSession;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys are proved unique only where they are for all data. */
@Tag("spark")
final class DistinctKeysTest {
  private static final SparkSession SPARK = SparkTestSession.spark();

  @BeforeAll
  static void numbers() {
    SPARK.range(10).selectExpr("id", "id % 3 AS a", "id % 2 AS b").createOrReplaceTempView("n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a, b, sum(id) AS s FROM n GROUP BY a, b",
        "SELECT a, sum(id) AS b FROM n GROUP BY a",
        "SELECT a + 1 AS b, count(*) AS a FROM n GROUP BY a + 1",
        "SELECT b AS a, a AS b FROM (SELECT a, b FROM n GROUP BY a, b)",
        "SELECT DISTINCT A, B FROM n",
        "SELECT a, b FROM n GROUP BY a, b HAVING count(*) > 1 ORDER BY a LIMIT 2",
        "SELECT sum(a) AS a, sum(b) AS b FROM n",
      })
  void groupingKeysAreProvedUnique(String query) {
    assertThat(prove(query)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a, b FROM n",
        "SELECT a, b, id FROM n GROUP BY a, b, id",
        "SELECT a, b FROM n GROUP BY a, b, id",
        "SELECT a % 2 AS a, b FROM (SELECT a, b FROM n GROUP BY a, b)",
        "SELECT a, b FROM (SELECT a, b FROM n GROUP BY a, b) UNION ALL SELECT 0, 0",
        "SELECT a, b, explode(array(1, 2)) AS e FROM (SELECT a, b FROM n GROUP BY a, b)",
        "SELECT g.a, g.b FROM (SELECT a, b FROM n GROUP BY a, b) g JOIN n ON g.a = n.a",
        "SELECT a, b FROM n GROUP BY GROUPING SETS ((a, b), (a))",
      })
  void keysThatMayRepeatAreNotProvedUnique(String query) {
    assertThat(prove(query)).isFalse();
  }

  private static boolean prove(String query) {
    return DistinctKeys.prove(SPARK.sql(query), List.of("a", "b"));
  }
}
