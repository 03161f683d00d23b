package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.RunReport;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.LandedFiles;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run says it read is what it read, however often Spark went over it. */
@Tag("spark")
final class RowCountsTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table("raw/rows", "SELECT id AS id FROM range(5)");
    lake.file("in/csv/a.csv", "id\n1\n2\n");
    lake.file("in/csv/sub/b.csv", "id\n3\n\"4\"\n5\n");
  }

  @Test
  void everySourceIsCountedAlsoBehindAFilter() {
    Rows all = read(delta("raw/rows")).union(read(csv("in/csv").schema("id BIGINT")));
    for (LandedFiles format : LandedFiles.values()) {
      format.deliver(lake, "in/" + format);
      all = all.union(format.rows("in/" + format).select("CAST(id AS BIGINT) AS id"));
    }

    List<Long> counts = counts(lake.succeed(all.where("id > 1").to(delta("mart/all").overwrite())));

    assertThat(counts.subList(0, 2)).containsExactly(5L, 5L);
    assertThat(counts.subList(2, counts.size()))
        .hasSize(LandedFiles.values().length)
        .containsOnly((long) LandedFiles.ROWS);
  }

  @Test
  void everySourceSaysItsFilesTheirBytesAndHowLongItTookToOpen() {
    RunReport report =
        lake.succeed(read(csv("in/csv").schema("id BIGINT")).to(delta("mart/out").overwrite()));

    assertThat(report.inputs())
        .singleElement()
        .satisfies(
            input -> {
              assertThat(input.files()).isEqualTo(2);
              assertThat(input.bytes())
                  .isEqualTo("id\n1\n2\n".length() + "id\n3\n\"4\"\n5\n".length());
              assertThat(input.milliseconds()).isNotNegative();
            });
  }

  @Test
  void rowsThatSeveralSinksReadCountOnce() {
    Rows rows = read(csv("in/csv").schema("id BIGINT"));
    Rows joined = rows.as("a").join(rows.as("b")).on("a.id = b.id").select("a.id");

    assertThat(
            counts(
                lake.succeed(
                    rows.to(delta("mart/once").overwrite()),
                    rows.where("id > 2").to(csv("export/twice").overwrite()),
                    joined.to(delta("mart/joined").overwrite()))))
        .containsExactly(5L);
  }

  @Test
  void defectiveRecordsAreRowsWhereTheyAreKept() {
    lake.file("in/bad/a.csv", "id\n1\nx\n3\n");
    Rows kept = read(csv("in/bad").schema("id INT").keepDefects());

    assertThat(counts(lake.succeed(kept.to(delta("mart/bad").overwrite())))).containsExactly(3L);
    assertThat(lake.rows("mart/bad").where("_defect IS NOT NULL").head().<String>getAs("_file"))
        .isEqualTo("in/bad/a.csv");
  }

  @Test
  void anEmptyFolderHoldsNoRows() {
    assertThat(
            counts(
                lake.succeed(
                    read(csv("in/none").schema("id INT").orEmpty())
                        .to(delta("mart/none").overwrite()))))
        .containsExactly(0L);
  }

  private static List<Long> counts(RunReport report) {
    return report.inputs().stream().map(input -> input.rows().orElseThrow()).toList();
  }
}
