package io.penstock.spark.landed;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.CsvSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders and names of files tell their day in any form. */
@Tag("spark")
final class DatedNamesTest {
  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void lake() {
    lake = new EngineLake(directory);
  }

  private static CsvSource source(String path) {
    return csv(path).schema("n INT");
  }

  private RunRequest copy(CsvSource source, int day) {
    return request(
        pipeline(read(source).to(delta("raw/x").overwrite(DAY))),
        Optional.of(march(day)),
        Map.of());
  }

  private List<String> rows(CsvSource source, int day) {
    RunReport report = lake.run(copy(source, day));
    assertThat(report.failure()).isEmpty();
    return lake
        .rows("raw/x")
        .where("day = '2026-03-0" + day + "'")
        .orderBy("n")
        .collectAsList()
        .stream()
        .map(Object::toString)
        .toList();
  }

  @Test
  void foldersOfYearsMonthsAndDays() {
    for (String path :
        List.of(
            "a/{day:yyyy/MM/dd}",
            "b/dt={day:yyyyMMdd}",
            "c/year={day:yyyy}/month={day:MM}/day={day:dd}",
            "d/{day:yyyy-MM}/{day}")) {
      String folder =
          path.replace("{day:yyyy/MM/dd}", "2026/03/01")
              .replace("{day:yyyyMMdd}", "20260301")
              .replace("{day:yyyy}", "2026")
              .replace("{day:MM}", "03")
              .replace("{day:dd}", "01")
              .replace("{day:yyyy-MM}", "2026-03")
              .replace("{day}", "2026-03-01");
      lake.file(folder + "/x.csv", "n\n1\n");
      lake.file(folder.replace("01", "02") + "/x.csv", "n\n2\n");

      assertThat(rows(source(path).partition(DAY), 1)).as(path).containsExactly("[1,2026-03-01]");
    }
  }

  @Test
  void namesOfFilesInOneFolder() {
    lake.file("in/sales_20260301_a.csv", "n\n1\n");
    lake.file("in/sales_20260301_b.csv", "n\n2\n");
    lake.file("in/sales_20260302_a.csv", "n\n3\n");
    lake.file("in/sales_20260303_a.csv.part", "n\n9\n");
    lake.file("in/readme.txt", "x");
    CsvSource source = source("in").files("sales_{day:yyyyMMdd}_*.csv");

    assertThat(rows(source.partition(DAY), 1)).containsExactly("[1,2026-03-01]", "[2,2026-03-01]");
    assertThat(rows(source.partition(DAY).orEmpty(), 2)).containsExactly("[3,2026-03-02]");
  }

  @Test
  void aDayWithoutAFileOfItsNameIsMissing() {
    lake.file("in/sales_20260301.csv", "n\n1\n");
    lake.file("in/sales_20260303.csv.part", "n\n9\n");
    CsvSource source = source("in").files("sales_{day:yyyyMMdd}.csv").partition(DAY);

    for (int day = 2; day <= 3; day++) {
      InvalidPipelineException missing = lake.invalid(copy(source, day));
      assertThat(missing.failure().kind()).isEqualTo(FailureKind.INPUT_MISSING);
      assertThat(missing.missingInputs().get(0).units()).containsExactly(march(day));
    }
  }

  @Test
  void formsInWhichDaysLookTheSameAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source("in/{day:MM/dd}").partition(DAY))
        .withMessageContaining("have the same text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source("in").files("sales_{day:yyyyMM}_*.csv").partition(DAY))
        .withMessageContaining("have the same text");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> source("in").files("{day:yyyy/MM}.csv"))
        .withMessageContaining("it holds a '/'");
  }

  @Test
  void aPlaceholderNeedsAPartitionWithItsColumn() {
    lake.file("in/sales_20260301.csv", "n\n1\n");

    assertThat(lake.problem(read(source("in").files("sales_{day:yyyyMMdd}.csv"))).message())
        .startsWith("Cannot fill [day] in 'in'");
    assertThat(lake.problems(read(source("in").files("sales_{date:yyyyMMdd}.csv").partition(DAY))))
        .anySatisfy(
            problem ->
                assertThat(problem.message())
                    .startsWith(
                        "Cannot fill [date] in 'in': the columns of its partition are [day]"));
  }
}
