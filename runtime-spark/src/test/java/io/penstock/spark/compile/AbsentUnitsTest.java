package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.Partition;
import io.penstock.spec.Source;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What wasn't there and what a source accepts as absent is named before a run and after it. */
@Tag("spark")
final class AbsentUnitsTest {
  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void fill() {
    lake = new EngineLake(directory);
  }

  private List<String> absent(Write write) {
    RunPlan.Input planned = lake.compile(write).plan().inputs().get(0);
    RunReport report = lake.run(march(1), write);
    RunReport.Input found = report.inputs().get(0);

    assertThat(report.failure()).isEmpty();
    assertThat(found.absent()).isEqualTo(planned.absent());
    assertThat(report.isComplete()).isEqualTo(found.absent().isEmpty());
    return found.absent();
  }

  private static Write output(Source source) {
    return read(source).select("n", "1 AS one").to(delta("mart/x").overwrite());
  }

  private static Write byDay(Source source) {
    return read(source)
        .select("n", "DATE'2026-03-01' AS report_day")
        .to(delta("mart/y").overwrite(Partition.daily("report_day")));
  }

  @Test
  void daysOfATable() {
    lake.table("raw/x", "SELECT 1 AS n, DATE'2026-03-01' AS day", "day");

    assertThat(absent(byDay(delta("raw/x").partition(DAY.last(3)).orEmpty())))
        .containsExactly("day=2026-02-27", "day=2026-02-28");
    assertThat(absent(byDay(delta("raw/x").partition(DAY.around(0, 1)).orEmpty())))
        .containsExactly("day=2026-03-02");
    assertThat(absent(byDay(delta("raw/x").partition(DAY).orEmpty()))).isEmpty();
  }

  @Test
  void daysWithoutRowsAreThere() {
    lake.succeed(
        read(csv("in").schema("n INT, day DATE").orEmpty()).to(delta("raw/x").overwrite(DAY)));

    assertThat(absent(byDay(delta("raw/x").partition(DAY).orEmpty()))).isEmpty();
  }

  @Test
  void aTableThatIsNotThere() {
    assertThat(
            absent(
                byDay(delta("raw/x").partition(DAY.last(2)).orEmpty().schema("n INT, day DATE"))))
        .containsExactly("day=2026-02-28", "day=2026-03-01");
    assertThat(
            lake.compile(output(delta("raw/x").orEmpty().schema("n INT")))
                .plan()
                .inputs()
                .get(0)
                .absent())
        .containsExactly("all");
  }

  @Test
  void daysOfFiles() {
    lake.file("in/2026-03-01/a.csv", "n\n1\n");
    lake.file("in/2026-02-27/a.csv", "n\n1\n");

    assertThat(absent(byDay(csv("in/{day}").schema("n INT").partition(DAY.last(3)).orEmpty())))
        .containsExactly("day=2026-02-28");
  }

  @Test
  void aFolderWithoutFiles() {
    RunReport report = lake.succeed(output(csv("in").schema("n INT").orEmpty()));

    assertThat(report.inputs().get(0).absent()).containsExactly("all");
    assertThat(report.isComplete()).isFalse();

    lake.file("in/a.csv", "n\n");
    assertThat(lake.succeed(output(csv("in").schema("n INT").orEmpty())).isComplete()).isTrue();
  }
}
