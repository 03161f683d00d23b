package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunReport;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No sink takes a text that isn't UTF-8, wherever it comes from. */
@Tag("spark")
final class ValidTextTest {
  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void deliver() {
    lake = new EngineLake(directory);
    lake.file("in/a.csv", "id,hex\n1,61\n2,ff\n");
  }

  private RunReport toTable(String expression) {
    return lake.run(
        read(csv("in").schema("id INT, hex STRING"))
            .select("id", expression + " AS x")
            .to(delta("raw/x").overwrite()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CAST(unhex(hex) AS STRING)",
        "array('a', CAST(unhex(hex) AS STRING))",
        "map('a', CAST(unhex(hex) AS STRING))",
        "map(CAST(unhex(hex) AS STRING), 1)",
        "named_struct('a', 1, 'b', named_struct('c', CAST(unhex(hex) AS STRING)))",
        "array(named_struct('a', array(CAST(unhex(hex) AS STRING))))"
      })
  void aTableIsRefusedATextThatIsNotUtf8(String expression) {
    Failure failure = toTable(expression).failure().orElseThrow();

    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("A text in column 'x' for 'raw/x' is not valid UTF-8");
    assertThat(lake.path("raw/x/_delta_log")).doesNotExist();
  }

  @Test
  void anExportIsRefusedOne() {
    Failure failure =
        lake.run(
                read(csv("in").schema("id INT, hex STRING"))
                    .select("id", "CAST(unhex(hex) AS STRING) AS x")
                    .to(csv("export/x").overwrite()))
            .failure()
            .orElseThrow();

    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("column 'x'", "not valid UTF-8");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hex",
        "NULLIF(hex, 'ff')",
        "named_struct('a', NULLIF(hex, 'ff'), 'b', array(NULL, hex))",
        "map(hex, NULLIF(hex, 'ff'))",
        "unhex(hex)"
      })
  void otherValuesStayAsTheyAre(String expression) {
    assertThat(toTable(expression).failure()).isEmpty();
    assertThat(json(lake.rows("raw/x")))
        .isEqualTo(
            json(
                lake.sql(
                    "SELECT id, %s AS x FROM VALUES (1, '61'), (2, 'ff') AS v (id, hex)"
                        .formatted(expression))));
  }

  private static List<Row> json(Dataset<Row> rows) {
    return rows.orderBy("id").selectExpr("to_json(struct(*))").collectAsList();
  }
}
