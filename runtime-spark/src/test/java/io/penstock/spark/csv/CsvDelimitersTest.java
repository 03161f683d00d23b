package io.penstock.spark.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.testing.SparkTestSession;
import io.penstock.spec.ByteSize;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvForm;
import io.penstock.spec.CsvProfile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files with other delimiters and in other encodings. */
@Tag("spark")
class CsvDelimitersTest {
  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void openSession() {
    spark = SparkTestSession.spark();
  }

  @Test
  void onlyFieldsThatHoldTheDelimiterAreQuoted() throws IOException {
    Dataset<Row> rows =
        spark.sql(
            "SELECT 'a,b' AS comma, 'a;b' AS semicolon, CAST(NULL AS INT) AS none, '' AS `e;f`");

    assertThat(text(form(CsvProfile.RFC4180, ";", "UTF-8"), rows))
        .isEqualTo("comma;semicolon;none;\"e;f\"\na,b;\"a;b\";;\"\"\n");
  }

  @Test
  void numbersAndTimesThatHoldTheDelimiterAreQuoted() throws IOException {
    Dataset<Row> rows = spark.sql("SELECT 5 AS i, DATE'2026-03-01' AS d, 2.5D AS x");

    assertThat(text(form(CsvProfile.RFC4180, "-", "UTF-8"), rows))
        .isEqualTo("i-d-x\n5-\"2026-03-01\"-2.5\n");
    assertThat(text(form(CsvProfile.RFC4180, ".", "UTF-8"), rows))
        .isEqualTo("i.d.x\n5.2026-03-01.\"2.5\"\n");
  }

  @Test
  void aFieldThatEndsLikeTheDelimiterBeginsIsQuoted() throws IOException {
    Dataset<Row> rows = spark.sql("SELECT 'a|' AS x, '|b' AS y, 'a|b' AS z");

    assertThat(text(form(CsvProfile.RFC4180, "||", "UTF-8"), rows))
        .isEqualTo("x||y||z\n\"a|\"|||b||a|b\n");
  }

  @ParameterizedTest
  @CsvSource({
    // The mark, and the order of the bytes.
    "UTF-16, fffe7800",
    "UTF-32, fffe000078000000",
    "UTF-16LE, 78000a00",
    "UTF-16BE, 0078000a",
    "windows-1252, 780a",
    "UTF-8, 780a"
  })
  void onlyAnEncodingThatNeedsAByteOrderMarkHasOne(String encoding, String beginning)
      throws IOException {
    byte[] content = bytes(form(CsvProfile.RFC4180, ",", encoding), spark.sql("SELECT 'é' AS x"));

    assertThat(HexFormat.of().formatHex(content)).startsWith(beginning);
    assertThat(new String(content, Charset.forName(encoding))).isEqualTo("x\né\n");
  }

  @ParameterizedTest
  @CsvSource({"UTF-8, efbbbf", "UTF-16, fffe7800", "UTF-16LE, fffe7800", "windows-1252, 780a"})
  void excelHasOneMarkWhereItsEncodingHasOne(String encoding, String beginning) throws IOException {
    byte[] content = bytes(form(CsvProfile.EXCEL, "\t", encoding), spark.sql("SELECT 'é' AS x"));

    assertThat(HexFormat.of().formatHex(content)).startsWith(beginning);
  }

  @Test
  void theFirstNameIsNotTakenForAByteOrderMark() throws IOException {
    byte[] content =
        bytes(form(CsvProfile.RFC4180, ",", "windows-1252"), spark.sql("SELECT 1 AS `ï»¿x`"));

    assertThat(new String(content, Charset.forName("windows-1252"))).isEqualTo("\"ï»¿x\"\n1\n");
  }

  @Test
  void aCharacterThatTheEncodingLacksFailsTheRun() {
    Dataset<Row> rows = spark.sql("SELECT 1 AS id, 'ok' AS a, '5 €' AS price").repartition(1);

    assertThatThrownBy(() -> bytes(form(CsvProfile.RFC4180, ";", "ISO-8859-1"), rows))
        .hasStackTraceContaining(
            "Cannot write column 'price' to CSV in ISO-8859-1: the encoding has no U+20AC, which"
                + " stands in record 1 of partition 0 of the rows.")
        .satisfies(
            failure ->
                assertThat(failures(failure))
                    .anySatisfy(
                        found -> assertThat(found.failure().kind()).isEqualTo(FailureKind.DATA)));
  }

  @Test
  void aNameThatTheEncodingLacksIsRefused() {
    assertThatThrownBy(
            () -> bytes(form(CsvProfile.RFC4180, ";", "ISO-8859-1"), spark.sql("SELECT 1 AS `€`")))
        .hasMessageContaining("'€' (ISO-8859-1 has no U+20AC, which stands in its name)");
  }

  @Test
  void partsAreMeasuredInTheirEncoding() throws IOException {
    CsvForm form =
        new CsvForm(
            CsvProfile.RFC4180,
            CsvCompression.NONE,
            Optional.of(ByteSize.of("1 KB")),
            ";",
            StandardCharsets.UTF_16);

    List<WrittenCsv> parts = write(form, spark.range(0, 400, 1, 1).toDF("n"), directory);

    assertThat(parts).hasSizeGreaterThan(3);
    for (WrittenCsv part : parts) {
      byte[] content = Files.readAllBytes(directory.resolve(part.name()));
      assertThat(content).hasSizeLessThanOrEqualTo(1000).startsWith(0xff, 0xfe);
    }
  }

  private static List<RunFailedException> failures(Throwable thrown) {
    return Stream.iterate(thrown, t -> t != null, Throwable::getCause)
        .filter(RunFailedException.class::isInstance)
        .map(RunFailedException.class::cast)
        .toList();
  }

  private static CsvForm form(CsvProfile profile, String delimiter, String encoding) {
    return new CsvForm(
        profile, CsvCompression.NONE, Optional.empty(), delimiter, Charset.forName(encoding));
  }

  private String text(CsvForm form, Dataset<Row> rows) throws IOException {
    return new String(bytes(form, rows), form.encoding());
  }

  private byte[] bytes(CsvForm form, Dataset<Row> rows) throws IOException {
    Path folder = Files.createTempDirectory(directory, "export");
    return Files.readAllBytes(folder.resolve(write(form, rows, folder).get(0).name()));
  }

  private List<WrittenCsv> write(CsvForm form, Dataset<Row> rows, Path folder) {
    return new CsvFileWriter(spark, form)
        .write(rows, new org.apache.hadoop.fs.Path("file:" + folder), "out");
  }
}
