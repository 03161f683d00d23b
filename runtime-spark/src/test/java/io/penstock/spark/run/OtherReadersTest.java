package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.CurrentTable;
import io.penstock.engine.ReaderLimit;
import io.penstock.engine.RunPlan;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.LakePath;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code plan} says which programs can't read a table, or read it wrong. */
@Tag("spark")
final class OtherReadersTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  @BeforeAll
  static void openLake() {
    lake = new EngineLake(directory);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "dv|'delta.enableDeletionVectors'='true'|deletionVectors: deltalake refuses the table",
        "v2|'delta.checkpointPolicy'='v2'|v2Checkpoint: deltalake refuses the table, polars refuses"
            + " the table",
        "wide|'delta.enableTypeWidening'='true'|typeWidening: deltalake refuses the table, polars"
            + " refuses the table",
        "mapped|'delta.columnMapping.mode'='name'|columnMapping: deltalake reads all but partition"
            + " columns as NULL, polars refuses the table, DuckDB reads partition columns as NULL",
        "plain|'delta.enableChangeDataFeed'='true'|"
      })
  void ofATableThatOthersMade(String name, String properties, String told) {
    lake.sql(
        "CREATE TABLE delta.`{lake}/raw/%s` (id BIGINT, day DATE) USING delta PARTITIONED BY (day) TBLPROPERTIES (%s)"
            .formatted(name, properties));
    lake.sql("INSERT INTO delta.`{lake}/raw/%s` VALUES (1, DATE'2026-03-01')".formatted(name));
    Rows rows = read(delta("raw/" + name).partition(DAY));

    RunPlan read = lake.compile(rows.to(csv("export/" + name).overwrite(DAY))).plan();
    CurrentTable table = lake.engine().lake().currentTable(new LakePath("raw/" + name));

    assertThat(told(read.limitedTables()))
        .isEqualTo(told == null ? "" : "raw/" + name + " " + told);
    assertThat(table.limits())
        .isEqualTo(
            read.limitedTables().stream().flatMap(found -> found.limits().stream()).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "list|a ARRAY<INT>|true",
        "always|a ARRAY<INT> NOT NULL|false",
        "within|a STRUCT<m: MAP<STRING, INT>> NOT NULL|true",
        "struct_in_list|a ARRAY<STRUCT<b: INT>> NOT NULL|true",
        "of_scalars|a STRUCT<b: INT> NOT NULL, b BINARY|false"
      })
  void ofATableWhereArraysMapsOrStructsMayBeNull(String name, String columns, boolean limited) {
    lake.sql("CREATE TABLE delta.`{lake}/nested/%s` (%s) USING delta".formatted(name, columns));

    assertThat(lake.engine().lake().currentTable(new LakePath("nested/" + name)).limits())
        .extracting(ReaderLimit::toString)
        .isEqualTo(
            limited
                ? List.of(
                    "chDB reads a NULL ARRAY or MAP as an empty one, and a NULL STRUCT as one of"
                        + " NULLs")
                : List.of());
  }

  @Test
  void ofATableThatIsWrittenToo() {
    lake.table("raw/source", "SELECT 1L AS id, DATE'2026-03-01' AS day", "day");
    lake.sql(
        "CREATE TABLE delta.`{lake}/mart/shared` (id BIGINT, day DATE) USING delta"
            + " PARTITIONED BY (day) TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')");
    Rows rows = read(delta("raw/source").partition(DAY));

    RunPlan plan =
        lake.compile(
                rows.to(delta("mart/shared").overwrite(DAY)),
                rows.to(delta("mart/created_now").overwrite(DAY)))
            .plan();

    assertThat(told(plan.limitedTables()))
        .isEqualTo("mart/shared deletionVectors: deltalake refuses the table");
  }

  /** What {@code read-command --for spark} prints. */
  @Test
  void sparkFindsATableByItsUriInBackquotes() {
    EngineLake awkward = new EngineLake(directory.resolve("it's `so` 100%25"));
    awkward.table("raw/numbers", "SELECT 7L AS id");
    CurrentTable table = awkward.engine().lake().currentTable(new LakePath("raw/numbers"));

    assertThat(
            lake.sql("SELECT * FROM delta.`%s`".formatted(table.uri().replace("`", "``")))
                .head()
                .getLong(0))
        .isEqualTo(7);
  }

  private static String told(List<RunPlan.LimitedTable> tables) {
    StringBuilder told = new StringBuilder();
    for (RunPlan.LimitedTable table : tables) {
      String feature = "";
      told.append(table.name());
      for (ReaderLimit limit : table.limits()) {
        told.append(
            feature.equals(limit.feature()) ? ", " + limit : " " + limit.feature() + ": " + limit);
        feature = limit.feature();
      }
    }
    return told.toString();
  }
}
