package io.penstock.spark.landed;

import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.LandedFiles;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The rows of a file have the values of its folder, by which Spark may choose files. */
@Tag("spark")
final class FolderValuesTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  @BeforeAll
  static void deliver() {
    lake = new EngineLake(directory);
    for (LandedFiles format : LandedFiles.values()) {
      for (int day = 1; day <= 4; day++) {
        format.deliver(lake, "in/" + format + "/2026-03-0" + day);
      }
    }
  }

  private static Rows lastThree(LandedFiles format) {
    return read(format.source("in/" + format + "/{day}").partition(DAY.last(3)));
  }

  @ParameterizedTest
  @EnumSource(LandedFiles.class)
  void eachRowHasTheDayOfItsFolder(LandedFiles format) {
    Rows counted = lastThree(format).groupBy("day").aggregate("count(*) AS n");

    assertThat(texts(counted.orderBy("day").limit(9)))
        .isEqualTo("2026-03-02 2, 2026-03-03 2, 2026-03-04 2");
  }

  @ParameterizedTest
  @EnumSource(LandedFiles.class)
  void filtersOnTheDayTakeTheRowsOfThatDay(LandedFiles format) {
    for (String filter :
        new String[] {
          "day = DATE'2026-03-03'",
          "day IN (DATE'2026-03-03', DATE'2026-03-01')",
          "day > DATE'2026-03-02' AND day < DATE'2026-03-04'",
          "dayofmonth(day) % 3 = 0",
        }) {
      Rows filtered = lastThree(format).where(filter);

      assertThat(texts(filtered.groupBy("day").aggregate("count(*) AS n").orderBy("day").limit(9)))
          .as(filter)
          .isEqualTo("2026-03-03 2");
    }
    assertThat(
            texts(
                lastThree(format)
                    .where("day IS NULL")
                    .groupBy()
                    .aggregate("'none' AS s", "count(*) AS n")
                    .orderBy("s")
                    .limit(1)))
        .isEqualTo("none 0");
  }

  private static String texts(Rows rows) {
    return lake.engine().view(rows, Optional.of(march(4))).first(9).rows().stream()
        .map(row -> row.get(0).orElseThrow() + " " + row.get(1).orElseThrow())
        .reduce((one, other) -> one + ", " + other)
        .orElse("");
  }
}
