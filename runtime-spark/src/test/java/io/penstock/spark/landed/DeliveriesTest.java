package io.penstock.spark.landed;

import static io.penstock.dsl.Penstock.atLeastFiles;
import static io.penstock.dsl.Penstock.checksums;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.marker;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.MissingInput;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.CsvSource;
import io.penstock.spec.LakePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A delivery that isn't complete is missing, however whole its files look. */
@Tag("spark")
final class DeliveriesTest {
  private static final String FOLDER = "in/2026-03-01/";

  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void deliver() {
    lake = new EngineLake(directory);
    lake.file(FOLDER + "a.csv", "n\n1\n");
  }

  private static CsvSource source() {
    return csv("in/{day}").schema("n INT").partition(DAY);
  }

  private static RunRequest copy(CsvSource source) {
    return request(
        pipeline(read(source).to(delta("raw/x").overwrite(DAY))), Optional.of(march(1)), Map.of());
  }

  private long rows(CsvSource source) {
    RunReport report = lake.run(copy(source));
    assertThat(report.failure()).isEmpty();
    return report.outputs().get(0).rows();
  }

  private String incomplete(CsvSource source) {
    InvalidPipelineException missing = lake.invalid(copy(source));
    assertThat(missing.failure().kind()).isEqualTo(FailureKind.INPUT_MISSING);
    assertThat(missing.missingInputs())
        .containsExactly(new MissingInput(new LakePath(source.path().text()), List.of(march(1))));
    return missing.problems().get(0).message();
  }

  @Test
  void aMarkerThatIsWrittenLast() {
    CsvSource source = source().arrivedWhen(marker("_SUCCESS"));

    assertThat(incomplete(source))
        .isEqualTo(
            "Cannot read 'in/2026-03-01': its delivery is not complete, because no file '_SUCCESS'"
                + " is there.");
    assertThat(incomplete(source.orEmpty())).contains("no file '_SUCCESS' is there");

    lake.file(FOLDER + "_SUCCESS", "");
    assertThat(rows(source)).isEqualTo(1);
  }

  @Test
  void aMarkerIsNoDataAndNotLeftOut() {
    lake.file(FOLDER + "a.done", "");
    CsvSource source = source().arrivedWhen(marker("*.done"));

    assertThat(rows(source)).isEqualTo(1);
    assertThat(lake.engine().compile(copy(source)).plan().inputs().get(0).leftOut()).isEmpty();
  }

  @Test
  void aMarkerWithoutFilesIsNoDelivery() throws Exception {
    Files.delete(lake.path(FOLDER + "a.csv"));
    lake.file(FOLDER + ".done", "");
    CsvSource source = source().arrivedWhen(marker(".done"));

    assertThat(incomplete(source)).contains("no file has arrived for day=2026-03-01 yet");
    assertThat(rows(source.orEmpty())).isZero();
  }

  @Test
  void aNumberOfFiles() {
    CsvSource source = source().arrivedWhen(atLeastFiles(2));

    assertThat(incomplete(source)).contains("it has 1 of at least 2 files");
    lake.file(FOLDER + "b.csv", "n\n2\n");
    assertThat(rows(source)).isEqualTo(2);
    assertThatIllegalArgumentException().isThrownBy(() -> atLeastFiles(0));
  }

  @Test
  void checksumsOfEachFile() throws Exception {
    CsvSource source = source().arrivedWhen(checksums("SHA256SUMS"));
    assertThat(incomplete(source)).contains("no file 'SHA256SUMS' is there");

    lake.file(FOLDER + "SHA256SUMS", sum("SHA-256", "n\n1\n2\n") + "  a.csv\n");
    assertThat(incomplete(source)).contains("'a.csv' does not have the checksum that is listed");

    lake.file(FOLDER + "a.csv", "n\n1\n2\n");
    assertThat(rows(source)).isEqualTo(2);

    lake.file(FOLDER + "b.csv", "n\n3\n");
    assertThat(incomplete(source)).contains("no checksum is listed for 'b.csv'");

    lake.file(
        FOLDER + "SHA256SUMS",
        sum("SHA-256", "n\n1\n2\n")
            + " *./a.csv\n\n"
            + sum("MD5", "n\n3\n").toUpperCase(java.util.Locale.ROOT)
            + "  out/b.csv\n");
    assertThat(rows(source)).isEqualTo(3);

    lake.file(FOLDER + "SHA256SUMS", "a.csv 12\n");
    assertThat(incomplete(source)).contains("not of the form of sha256sum or md5sum");
  }

  @Test
  void aFileThatIsListedAndNotThere() throws Exception {
    lake.file(
        FOLDER + "SHA256SUMS",
        sum("SHA-256", "n\n1\n") + "  a.csv\n" + sum("SHA-256", "x") + "  b.csv\n");

    assertThat(incomplete(source().arrivedWhen(checksums("SHA256SUMS"))))
        .contains("'b.csv' is listed and not there");
  }

  @Test
  void deliveriesOfSeveralDaysInOneFolder() throws Exception {
    for (int day = 1; day <= 2; day++) {
      lake.file("all/x_2026030" + day + ".csv", "n\n1\n");
    }
    lake.file("all/x_20260302.done", "");
    lake.file(
        "all/MD5SUMS",
        sum("MD5", "n\n1\n") + "  x_20260301.csv\n" + sum("MD5", "n\n1\n") + "  x_20260302.csv\n");
    CsvSource source = csv("all").schema("n INT").files("x_{day:yyyyMMdd}.csv").partition(DAY);

    assertThat(rows(source.arrivedWhen(checksums("MD5SUMS")))).isEqualTo(1);
    assertThat(incomplete(source.arrivedWhen(marker("x_{day:yyyyMMdd}.done"))))
        .contains("no file 'x_20260301.done' is there");
  }

  private static String sum(String algorithm, String content) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance(algorithm)
                .digest(content.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
  }
}
