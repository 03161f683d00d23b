package io.penstock.spark.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.RunFailedException;
import io.penstock.spark.testing.SparkTestSession;
import io.penstock.spec.ByteSize;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvForm;
import io.penstock.spec.CsvProfile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of every profile, in parts and compressed. */
@Tag("spark")
class CsvFormsTest {
  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void openSession() {
    spark = SparkTestSession.spark();
  }

  @Test
  void theExcelProfileGuardsFormulasAndKeepsNumbersAndTimes() {
    Dataset<Row> rows =
        spark.sql(
            """
            SELECT '=1+1' AS `=name`, ' @SUM(A1)' AS spaced, '＝1' AS wide, '\\t' AS tab,
              '\\'=1' AS guarded, '\\'tis' AS fine, -5 AS i, -0.50BD AS amount,
              double('-Infinity') AS low, make_date(12345, 6, 7) AS far, DATE'2026-03-01' AS day,
              TIMESTAMP'2026-03-01 12:00:00Z' AS at, TIMESTAMP_NTZ'2026-03-01 12:00:00.25' AS local
            """);

    assertThat(content(write(rows, profile(CsvProfile.EXCEL)).get(0)))
        .isEqualTo(
            "\uFEFF'=name,spaced,wide,tab,guarded,fine,i,amount,low,far,day,at,local\n"
                + "'=1+1,' @SUM(A1),'＝1,\"'\t\",''=1,'tis,-5,-0.50,'-Infinity,'+12345-06-07,"
                + "2026-03-01,2026-03-01 12:00:00,2026-03-01 12:00:00.250000\n");
    Dataset<Row> back =
        PenstockLoader.rows(CsvProfile.EXCEL, rows.schema(), directory.resolve("out.csv"));
    assertThat(back.exceptAll(rows).count() + rows.exceptAll(back).count()).isZero();
  }

  /**
   * The row is longer than records of foreign files may be, and longer than the buffers of parsers.
   */
  @Test
  void aRowOfAnyLengthIsReadBack() {
    Dataset<Row> rows = spark.sql("SELECT 1 AS id, repeat('\"two\n\"', 3000000) AS text");
    WrittenCsv file = write(rows, CsvForm.PLAIN).get(0);

    Dataset<Row> back =
        PenstockLoader.rows(CsvProfile.RFC4180, rows.schema(), directory.resolve(file.name()));

    assertThat(back.selectExpr("id", "length(text)", "md5(text)").collectAsList())
        .isEqualTo(rows.selectExpr("id", "length(text)", "md5(text)").collectAsList());
  }

  @Test
  void thePostgresProfileWritesTheSameBytesAsRfc4180() {
    Dataset<Row> rows = spark.createDataFrame(HostileRows.typed(20260301, 50), HostileRows.SCHEMA);

    WrittenCsv postgres = write(rows, profile(CsvProfile.POSTGRES), "a").get(0);
    WrittenCsv rfc4180 = write(rows, profile(CsvProfile.RFC4180), "b").get(0);

    assertThat(postgres.sha256()).isEqualTo(rfc4180.sha256());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "concat('a', char(0))",
        "make_date(10000, 1, 1)",
        "make_date(0, 12, 31)",
        "timestamp_micros(-377705116800000001)"
      })
  void valuesThatPostgresCannotStoreAreRefused(String value) {
    Dataset<Row> rows = spark.sql("SELECT " + value + " AS x");

    assertThatThrownBy(() -> write(rows, profile(CsvProfile.POSTGRES)))
        .hasRootCauseInstanceOf(RunFailedException.class)
        .hasRootCauseMessage(
            "Cannot write column 'x' to CSV for PostgreSQL: "
                + (value.contains("char")
                    ? "a text in it holds U+0000, which PostgreSQL can't store"
                    : "a year in it is not one of 0001 to 9999, and has a sign that PostgreSQL"
                        + " can't read")
                + ". Replace such values, for example with CASE or translate(column, …), or export"
                + " with another profile.");
    assertThat(directory.resolve("out.csv")).doesNotExist();
  }

  @Test
  void partsHaveAHeaderAndWholeRecordsInTheOrderOfTheFrame() throws IOException {
    List<WrittenCsv> parts = write(spark.range(0, 1000, 1, 7).toDF("n"), parts("100 B"));

    List<String> records = new ArrayList<>();
    for (WrittenCsv part : parts) {
      List<String> lines = Files.readAllLines(directory.resolve(part.name()));
      assertThat(lines.get(0)).isEqualTo("n");
      assertThat(part.rows()).isEqualTo(lines.size() - 1);
      assertThat(Files.size(directory.resolve(part.name())))
          .isEqualTo(part.bytes())
          .isLessThanOrEqualTo(100);
      records.addAll(lines.subList(1, lines.size()));
    }
    assertThat(records)
        .containsExactlyElementsOf(LongStream.range(0, 1000).mapToObj(String::valueOf).toList());
    assertThat(parts.get(0).name()).isEqualTo("out-00001.csv");
    // 3,890 bytes of records; any two neighbours hold more than 98.
    assertThat(parts).hasSizeBetween(40, 79);
    assertThat(directory.toFile().list()).hasSameSizeAs(parts);
  }

  @Test
  void tasksShareAPartUntilItIsFull() {
    assertThat(write(spark.range(0, 1000, 1, 7).toDF("n"), parts("1 MB")))
        .singleElement()
        .satisfies(part -> assertThat(part.rows()).isEqualTo(1000));
  }

  @Test
  void aRecordThatIsLongerThanAPartHasAPartOfItsOwn() {
    Dataset<Row> rows =
        spark.sql("SELECT CASE id WHEN 1 THEN repeat('x', 50) ELSE 'y' END AS t FROM range(3)");

    assertThat(write(rows.coalesce(1), parts("10 B")).stream().map(this::content))
        .containsExactly("t\ny\n", "t\n" + "x".repeat(50) + "\n", "t\ny\n");
  }

  @Test
  void noRowsAreOnePart() {
    assertThat(write(spark.range(0).toDF("n"), parts("10 B")))
        .singleElement()
        .satisfies(part -> assertThat(content(part)).isEqualTo("n\n"));
  }

  @ParameterizedTest
  @EnumSource(value = CsvCompression.class, mode = EnumSource.Mode.EXCLUDE, names = "NONE")
  void theSameRowsGiveTheSameCompressedBytes(CsvCompression compression) throws Exception {
    CsvForm form = new CsvForm(CsvProfile.RFC4180, compression, Optional.empty());
    WrittenCsv one = write(spark.range(0, 50_000, 1, 1).toDF("n"), form, "one").get(0);
    WrittenCsv five = write(spark.range(0, 50_000, 1, 5).toDF("n"), form, "five").get(0);

    byte[] file = Files.readAllBytes(directory.resolve("five/out" + compression.extension()));
    assertThat(one).isEqualTo(five);
    assertThat(five.bytes()).isEqualTo(file.length).isLessThan(150_000);
    assertThat(five.sha256()).isEqualTo(sha256(file));
  }

  @ParameterizedTest
  @EnumSource(CsvCompression.class)
  void compressedPartsAreReadBack(CsvCompression compression) {
    Dataset<Row> rows = spark.range(0, 1000, 1, 3).toDF("n");
    CsvForm form = new CsvForm(CsvProfile.EXCEL, compression, Optional.of(ByteSize.of("1 KB")));

    Path[] files =
        write(rows, form).stream().map(part -> directory.resolve(part.name())).toArray(Path[]::new);

    assertThat(files).hasSizeGreaterThan(3);
    assertThat(
            PenstockLoader.rows(CsvProfile.EXCEL, rows.schema(), files)
                .orderBy("n")
                .collectAsList())
        .isEqualTo(rows.collectAsList());
  }

  @Test
  void filesOfEarlierAttemptsAreRemoved() throws IOException {
    Files.writeString(directory.resolve("out-00001-attempt1.csv"), "half a fi");

    write(spark.range(0, 3).toDF("n"), CsvForm.PLAIN);

    assertThat(directory.toFile().list()).containsExactly("out.csv");
  }

  private List<WrittenCsv> write(Dataset<Row> rows, CsvForm form) {
    return write(rows, form, "");
  }

  private List<WrittenCsv> write(Dataset<Row> rows, CsvForm form, String folder) {
    return new CsvFileWriter(spark, form)
        .write(rows, new org.apache.hadoop.fs.Path("file:" + directory.resolve(folder)), "out");
  }

  private String content(WrittenCsv file) {
    try (InputStream in = Files.newInputStream(directory.resolve(file.name()))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static CsvForm profile(CsvProfile profile) {
    return new CsvForm(profile, CsvCompression.NONE, Optional.empty());
  }

  private static CsvForm parts(String size) {
    return new CsvForm(CsvProfile.RFC4180, CsvCompression.NONE, Optional.of(ByteSize.of(size)));
  }

  private static String sha256(byte[] content) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
  }
}
