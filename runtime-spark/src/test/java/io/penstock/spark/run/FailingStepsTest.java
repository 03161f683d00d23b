package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.sql;
import static io.penstock.dsl.Penstock.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.dsl.Rows;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.SparkTransform;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A value that an expression doesn't expect is told with the expression and its line. */
@Tag("spark")
final class FailingStepsTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  private final Rows rows = read(delta("raw/rows"));

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table("raw/rows", "SELECT id AS id, 'x' AS name FROM range(3)");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CAST(name AS INT) AS n | The value 'x' of the type \"STRING\" cannot be cast to \"INT\""
            + " because it is malformed.",
        "1 / (id - id) AS n | Division by zero.",
        "id % (id - id) AS n | Remainder by zero.",
        "id * 9223372036854775807 * 4 AS n | overflow",
        "element_at(array(1), 5) AS n | The index 5 is out of bounds. The array has 1 elements.",
        "array(1)[id - id + 4] AS n | The index 4 is out of bounds. The array has 1 elements.",
      })
  void anExpressionOfASelectionIsNamedWithItsLine(String expression, String says) {
    Failure failure = failure(rows.select(expression));

    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message())
        .contains("Cannot compute \"" + expression + "\" at select (FailingStepsTest.java:")
        .contains(says)
        .endsWith("\nThe rows come from raw/rows.")
        .doesNotContain("try_", "SQLSTATE", "== SQL", "spark.sql.ansi");
  }

  @Test
  void theInputIsNamedThatTheRowsComeFrom() {
    lake.file("arrivals/csv/a.csv", "name\nx\n");
    lake.file("arrivals/json/a.json", "{\"name\":\"x\"}\n");
    lake.file("arrivals/text/a.txt", "x\n");
    lake.rows("raw/rows").write().parquet(lake.path("arrivals/parquet").toString());
    Map<String, Rows> inputs =
        Map.of(
            "arrivals/csv",
            read(csv("arrivals/csv").schema("name STRING")),
            "arrivals/json",
            read(json("arrivals/json").schema("name STRING")),
            "arrivals/text",
            read(text("arrivals/text")).select("value AS name"),
            "arrivals/parquet",
            read(parquet("arrivals/parquet")));

    inputs.forEach(
        (input, read) -> {
          Failure failure = failure(read.select("CAST(name AS INT) AS n"));
          assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.DATA);
          assertThat(failure.message())
              .startsWith("Cannot compute \"CAST(name AS INT) AS n\" at select (")
              .endsWith("\nThe rows come from " + input + ".");
        });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "to_date(name, 'yyyy') AS n",
        "CAST(id + 1e10 AS INT) AS n",
        "decode(unhex('ff'), 'UTF-8') AS n",
      })
  void whereSparkDoesNotSayWhichExpressionTheStepsThatComputeAreNamed(String expression) {
    Failure failure = failure(rows.where("id < 3").select("id", expression));

    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message())
        .contains("\nArose at where (FailingStepsTest.java:", ", or at select (FailingSteps")
        .endsWith("\nThe rows come from raw/rows.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "name RLIKE concat('(', name) AS n",
        "concat(repeat('ab', 40000), name) RLIKE '(a|b|ab)*d' AS n",
        "to_json(map_from_arrays(array(id), array(id, id))) AS n",
        "CAST(INTERVAL '2147483647' MONTH * (id + 3) AS STRING) AS n",
        "format_string('%d', name) AS n",
        "format_string(concat('%', name), name) AS n",
        "to_xml(named_struct('a b', id)) AS n",
        "array_size(sequence(id + 1, id + 10, id - id)) AS n",
        "CAST(INTERVAL '1' DAY * (double('NaN') + id) AS STRING) AS n",
        "extract(SECOND FROM INTERVAL '1' DAY * (1e10 + id)) AS n",
        "to_number(name, '99') AS n",
        "length(space(CAST(2147483647 - id AS INT))) AS n",
      })
  void whatJavaSaysOfAValueIsAFaultOfTheData(String expression) {
    Failure failure = failure(rows.where("id < 3").select("id", expression));

    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("select (FailingStepsTest.java:");
  }

  @Test
  void everyKindOfStepIsNamed() {
    String broken = "CAST(name AS INT)";

    assertAt(rows.where(broken + " > 1"), "where");
    assertAt(rows.with("n", broken), "with");
    assertAt(rows.groupBy("id").aggregate("sum(" + broken + ") AS n"), "aggregate");
    assertAt(rows.groupBy(broken).aggregate("count(*) AS n"), "aggregate");
    assertAt(rows.orderBy(broken).limit(2), "orderBy");
    assertAt(rows.as("a").semiJoin(rows.as("b")).on("a.id < CAST(b.name AS INT)"), "semiJoin");
    assertAt(rows.expect(satisfies(broken + " > 1")), "expect");
  }

  @Test
  void aStepBehindAGroupIsNamedAsItIsWritten() {
    Failure failure =
        failure(
            rows.groupBy("name")
                .aggregate("count(*) AS n")
                .with("share", "n / (n - n)")
                .where("share > 0"));

    assertThat(failure.message()).startsWith("Cannot compute \"n / (n - n)\" at with (");
  }

  @Test
  void aLineOfAQueryIsNamed() {
    Failure failure =
        failure(
            sql("""
            SELECT id,
              CAST(name AS INT) AS n
            FROM r
            """)
                .from("r", rows));

    assertThat(failure.message())
        .startsWith("Cannot compute \"CAST(name AS INT)\" in line 2 of the query at sql (Failing");
  }

  @Test
  void stepsOfOneTextAreAllNamed() {
    Rows one = rows.where("id < 2").with("n", "CAST(name AS INT)");
    Rows other = rows.where("id > 1").with("n", "CAST(name AS INT)");

    String message = failure(one.union(other)).message();

    assertThat(message.split(", and at with \\(")).hasSize(2);
  }

  @Test
  void whatAPipelineRaisesItselfIsNamed() {
    Failure failure = failure(rows.select("CAST(raise_error('no such id') AS INT) AS n"));

    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message())
        .startsWith("no such id")
        .contains("\nRaised at select (FailingStepsTest.java:");
  }

  @Test
  void codeOfTheUserIsNamed() {
    SparkTransform broken =
        frame ->
            frame.withColumn(
                "x",
                functions
                    .udf(
                        (UDF1<Long, Long>)
                            id -> {
                              throw new IllegalStateException("model is gone");
                            },
                        DataTypes.LongType)
                    .apply(functions.col("id")));

    Failure failure = failure(rows.transform("score", broken));

    assertThat(failure.kind()).isEqualTo(FailureKind.BUG);
    assertThat(failure.message())
        .contains("model is gone", "\nThrown by code at transform score (FailingStepsTest.java:")
        .doesNotContain("\tat ");
  }

  @Test
  void whoLooksAtRowsIsToldToo() {
    RunFailedException failed =
        catchThrowableOfType(
            RunFailedException.class,
            () ->
                lake.engine()
                    .view(rows.with("n", "CAST(name AS INT)"), Optional.empty(), Map.of())
                    .first(3));

    assertThat(failed.failure().message())
        .startsWith("Cannot compute \"CAST(name AS INT)\" at with (FailingStepsTest.java:");
  }

  private static void assertAt(Rows broken, String operation) {
    Failure failure = failure(broken);
    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message())
        .matches("(?s)Cannot compute \"[^\"]*\" at " + operation + " \\(FailingStepsTest.java:.*");
  }

  private static Failure failure(Rows broken) {
    return lake.run(broken.to(csv("export/broken").overwrite())).failure().orElseThrow();
  }
}
