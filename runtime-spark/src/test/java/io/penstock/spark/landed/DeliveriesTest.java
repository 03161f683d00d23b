package io.penstock.spark.landed;

import static io.penstock.dsl.Penstock.atLeastFiles;
import static io.penstock.dsl.Penstock.checksums;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.marker;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.recordCounts;
import static io.penstock.dsl.Penstock.text;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.engine.MissingInput;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.CsvSource;
import io.penstock.spec.LakePath;
import io.penstock.spec.Source;
import java.io.IOException;
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

  private String short66(CsvSource source) {
    RunReport report = lake.run(copy(source));
    assertThat(report.failure().orElseThrow().kind()).isEqualTo(FailureKind.INPUT_MISSING);
    assertThat(report.published()).isEqualTo(RunReport.Published.NONE);
    assertThat(lake.path("raw/x")).doesNotExist();
    return report.failure().orElseThrow().message();
  }

  @Test
  void numbersOfRecordsOfEachFile() {
    CsvSource source = source().arrivedWhen(recordCounts("*.count"));
    assertThat(incomplete(source.orEmpty())).contains("no file '*.count' is there");

    lake.file(FOLDER + "all.count", "  2 out/a.csv\n\n");
    assertThat(short66(source))
        .isEqualTo(
            "Cannot read 'in/{day}': its delivery is not complete, because"
                + " 'in/2026-03-01/a.csv' has 1 of 2 records.");
    assertThat(short66(source.orEmpty())).contains("has 1 of 2 records");

    lake.file(FOLDER + "b.csv", "n\n3\n");
    assertThat(incomplete(source)).contains("no number of records is listed for 'b.csv'");

    lake.file(FOLDER + "all.count", "2 a.csv\n1 b.csv\n0 c.csv\n");
    assertThat(incomplete(source)).contains("'c.csv' is listed and not there");

    lake.file(FOLDER + "all.count", "2 a.csv\n1 b.csv\n");
    lake.file(FOLDER + "a.csv", "n\n1\n2\n");
    assertThat(rows(source)).isEqualTo(3);
    assertThat(lake.engine().compile(copy(source)).plan().inputs().get(0).leftOut()).isEmpty();
  }

  /** One count for each file, or one for all of them. */
  @Test
  void numbersAloneAreAddedUp() {
    lake.file(FOLDER + "b.csv", "n\n3\n4\n");
    lake.file(FOLDER + "a.count", "1\n");
    CsvSource source = source().arrivedWhen(recordCounts("*.count"));

    assertThat(short66(source))
        .contains("'in/2026-03-01/a.csv', 'in/2026-03-01/b.csv' have 3 of 1 records");
    lake.file(FOLDER + "b.count", "2");
    assertThat(rows(source)).isEqualTo(3);
  }

  @Test
  void aRecordIsWhatTheFormatReads() {
    lake.file(FOLDER + "a.csv", "title\n#c\nn;s\n1;\"two\nlines\"\n\n2;x\n");
    CsvSource source =
        csv("in/{day}")
            .schema("n INT, s STRING")
            .delimiter(";")
            .skipLines(1)
            .comments("#")
            .partition(DAY)
            .arrivedWhen(recordCounts("a.count"));
    lake.file(FOLDER + "a.count", "2 a.csv");

    assertThat(rows(source)).isEqualTo(2);
  }

  /** A file that is cut off within a record is no wrong file, but half a delivery. */
  @Test
  void aFileThatIsCutOffIsIncompleteAndNotWrong() {
    lake.file(FOLDER + "a.csv", "n\n1\n2\nx");
    lake.file(FOLDER + "a.count", "5");
    CsvSource source = source().arrivedWhen(recordCounts("a.count"));

    assertThat(short66(source)).contains("has 3 of 5 records");

    lake.file(FOLDER + "a.count", "3");
    assertThat(lake.run(copy(source)).failure().orElseThrow().kind()).isEqualTo(FailureKind.DATA);
    assertThat(rows(source.keepDefects())).isEqualTo(3);
  }

  /** Waiting wouldn't help. */
  @Test
  void aFileOfWhichNoRecordFitsIsWrongAndNotIncomplete() {
    lake.file(FOLDER + "a.csv", "m\n1\n2\n");
    lake.file(FOLDER + "a.count", "2");
    CsvSource source = source().arrivedWhen(recordCounts("a.count"));

    Failure failure = lake.run(copy(source)).failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("the header has no column 'n'");
  }

  @Test
  void aListOfFilesOrRecordsWithoutAnyFileIsNoAbsence() throws IOException {
    Files.delete(lake.path(FOLDER + "a.csv"));
    CsvSource counted = source().arrivedWhen(recordCounts("n.count")).orEmpty();
    assertThat(rows(counted)).isZero();

    lake.file(FOLDER + "n.count", "1200");
    assertThat(incomplete(counted)).contains("1200 records are stated, and no file is there");
    lake.file(FOLDER + "n.count", "0 a.csv");
    assertThat(incomplete(counted)).contains("'a.csv' is listed and not there");
    lake.file(FOLDER + "n.count", "0");
    assertThat(rows(counted)).isZero();

    lake.file(FOLDER + "SUMS", "d41d8cd98f00b204e9800998ecf8427e  a.csv\n");
    assertThat(incomplete(source().arrivedWhen(checksums("SUMS")).orEmpty())).contains("a.csv");
  }

  @Test
  void recordsThatAQueryDoesNotReadCountToo() {
    lake.file(FOLDER + "a.csv", "n\n1\n2\n3\n");
    lake.file(FOLDER + "a.count", "3");
    RunReport report =
        lake.run(
            march(1),
            read(source().arrivedWhen(recordCounts("a.count")))
                .orderBy("n")
                .limit(1)
                .to(delta("raw/x").overwrite(DAY)));

    assertThat(report.failure()).isEmpty();
    assertThat(report.outputs().get(0).rows()).isEqualTo(1);
  }

  @Test
  void rowsOfParquetFilesAndLinesOfTexts() {
    lake.spark().range(4).coalesce(1).write().parquet(lake.path("pq/2026-03-01").toString());
    lake.file("pq/2026-03-01/n.count", "5");
    lake.file("txt/2026-03-01/a.txt", "a\nb\n");
    lake.file("txt/2026-03-01/n.count", "2");

    assertThat(copied(parquet("pq/{day}").partition(DAY).arrivedWhen(recordCounts("n.count"))))
        .hasValueSatisfying(message -> assertThat(message).contains("has 4 of 5 records"));
    lake.file("pq/2026-03-01/n.count", "4");
    assertThat(copied(parquet("pq/{day}").partition(DAY).arrivedWhen(recordCounts("n.count"))))
        .isEmpty();
    assertThat(copied(text("txt/{day}").partition(DAY).arrivedWhen(recordCounts("n.count"))))
        .isEmpty();
  }

  private Optional<String> copied(Source source) {
    return lake.run(march(1), read(source).to(delta("raw/" + source.format()).overwrite(DAY)))
        .failure()
        .map(Failure::message);
  }

  @Test
  void aCountFileOfAnotherFormIsNotUnderstood() {
    CsvSource source = source().arrivedWhen(recordCounts("a.count"));

    for (String content : List.of("", "\n \n")) {
      lake.file(FOLDER + "a.count", content);
      assertThat(incomplete(source)).contains("'a.count' holds no number of records");
    }
    for (String content : List.of("a.csv 1", "1,000", "-1 a.csv", "1 a.csv\n1 a.csv")) {
      lake.file(FOLDER + "a.count", content);
      assertThat(incomplete(source)).contains("'a.count' holds a line that is no number");
    }
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
