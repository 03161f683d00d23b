package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.oneOf;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunReport;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that export by profile, in parts and compressed. */
@Tag("spark")
final class ExportProfilesTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table("raw/texts", "SELECT '=1+1' AS text FROM range(300)");
    lake.table("raw/zero", "SELECT concat('secret', char(0)) AS text");
  }

  @Test
  void checksSeeTheRowsAndNotTheirFormForExcel() {
    RunReport report =
        lake.succeed(
            read(delta("raw/texts"))
                .to(
                    csv("export/parts")
                        .overwrite()
                        .profile(CsvProfile.EXCEL)
                        .compressed(CsvCompression.GZIP)
                        .partsOf("1 KB")
                        .expect(oneOf("text", "=1+1"))));

    RunReport.Output output = report.outputs().get(0);
    assertThat(output.rows()).isEqualTo(300);
    assertThat(output.files()).isEqualTo(2);
    assertThat(output.path()).startsWith("file:" + directory).endsWith("/manifest.json");
    assertThat(lake.path("export/parts").toFile().list())
        .containsExactlyInAnyOrder("_versions", "_published");
  }

  @Test
  void aValueThatPostgresCannotHoldIsAFaultOfTheDataAndIsNotShown() {
    RunReport report =
        lake.run(
            read(delta("raw/zero"))
                .to(csv("export/zero").overwrite().profile(CsvProfile.POSTGRES)));

    Failure failure = report.failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.code()).isEqualTo("UNWRITABLE_VALUE");
    assertThat(failure.message())
        .startsWith("Cannot write column 'text' to CSV for PostgreSQL: a text in it holds U+0000")
        .doesNotContain("secret");
    assertThat(report.published()).isEqualTo(RunReport.Published.NONE);
  }
}
