package io.penstock.spark.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.spark.records.ExpectedColumns;
import io.penstock.spark.records.InputFile;
import io.penstock.spark.records.MalformedInputException;
import io.penstock.spark.records.RecordColumns;
import io.penstock.spark.records.RecordFiles;
import io.penstock.spark.testing.SparkTestSession;
import io.penstock.spec.FileSource.WhenDefective;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
class CsvFormatTest {
  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void openSession() {
    spark = SparkTestSession.spark();
  }

  @Test
  void findsColumnsByNameAndIgnoresOthers() throws IOException {
    InputFile file = file("a.csv", "name,extra,id\nx,y,1\n");

    assertThat(read(RecordColumns.of(ddl("id INT, name STRING")), file))
        .containsExactly(row(1, "x"));
  }

  @Test
  void distinguishesNullFromTheEmptyString() throws IOException {
    InputFile file = file("a.csv", "a,b,c\n,\"\", \n");

    assertThat(read(RecordColumns.of(ddl("a STRING, b STRING, c STRING")), file))
        .containsExactly(row(null, "", " "));
  }

  @Test
  void skipsBlankLinesExceptWithASingleColumn() throws IOException {
    assertThat(read(RecordColumns.of(ddl("a INT, b INT")), file("two.csv", "a,b\n\n1,2\n\n")))
        .containsExactly(row(1, 2));
    assertThat(read(RecordColumns.of(ddl("a INT")), file("one.csv", "a\n\n1\n\n")))
        .containsExactly(row((Object) null), row(1), row((Object) null));
  }

  @Test
  void addsTheConstantsOfEachFile() throws IOException {
    InputFile first = file("1.csv", "a\n1\n", LocalDate.of(2026, 3, 1));
    InputFile second = file("2.csv", "a\n2\n", LocalDate.of(2026, 3, 2));
    RecordColumns columns =
        new RecordColumns(
            ExpectedColumns.strict(ddl("a INT")), ddl("arrival DATE"), WhenDefective.FAIL);

    assertThat(rows(columns, first, second).selectExpr("a", "string(arrival)").collectAsList())
        .containsExactlyInAnyOrder(row(1, "2026-03-01"), row(2, "2026-03-02"));
  }

  @Test
  void readsNothingUntilTheFrameIsUsed() throws IOException {
    InputFile missing = InputFile.of("file:" + directory + "/missing.csv", 10);

    var rows = rows(RecordColumns.of(ddl("a INT")), missing).where("a > 1").select("a");

    assertThat(rows.schema()).isEqualTo(ddl("a INT"));
    assertThatThrownBy(rows::collectAsList).hasMessageContaining("missing.csv");
  }

  @Test
  void noFilesAreNoRows() {
    assertThat(read(RecordColumns.of(ddl("a INT")))).isEmpty();
  }

  @Test
  void aDefectFailsTheTaskAndTellsItsPlaceButNotItsContent() throws IOException {
    InputFile file = file("a.csv", "id,note\n1,\"two\nlines\"\nsecret-17,x\n");

    Throwable failure =
        catchThrowable(() -> read(RecordColumns.of(ddl("id INT, note STRING")), file));

    assertThat(MalformedInputException.find(failure))
        .hasValueSatisfying(
            malformed -> {
              assertThat(malformed.file()).isEqualTo(file.path());
              assertThat(malformed.line()).isEqualTo(4);
              assertThat(malformed.reason()).isEqualTo("column 'id' (field 1) is not an INT");
              assertThat(malformed.schema()).isEqualTo("id INT,note STRING");
            });
    assertThat(failure).hasMessageNotContaining("secret");
  }

  @Test
  void theDefectIsFoundInTextAlone() throws IOException {
    InputFile file = file("a \"b\".csv", "id\nx\n");
    Throwable failure = catchThrowable(() -> read(RecordColumns.of(ddl("id INT NOT NULL")), file));
    RuntimeException textOnly = new RuntimeException("Job aborted: " + failure.getMessage());

    assertThat(MalformedInputException.find(new IllegalStateException("wrapped", textOnly)))
        .hasValueSatisfying(
            malformed -> {
              assertThat(malformed.file()).isEqualTo(file.path());
              assertThat(malformed.line()).isEqualTo(2);
            });
    assertThat(MalformedInputException.find(new RuntimeException("malformed-input={\"file\":\"cu")))
        .isEmpty();
    assertThat(MalformedInputException.find(new RuntimeException("something else"))).isEmpty();
  }

  @Test
  void aMissingColumnIsADefectOfTheFile() throws IOException {
    InputFile file = file("a.csv", "id,Note\n1,x\n");

    assertThatThrownBy(() -> read(RecordColumns.of(ddl("id INT, note STRING, day DATE")), file))
        .hasMessageContaining("line 1 of " + file.path())
        .hasMessageContaining("the header has no column 'note', 'day'");
  }

  @Test
  void leniently_everyRecordIsARow() throws IOException {
    InputFile file =
        file(
            "a.csv",
            "id,note\n1,fine\nx,bad\n2,\"two\nlines\"\n3\n,null id\n5,\"open\n6,\"after\"\n");

    assertThat(read(lenient(ddl("id INT NOT NULL, note STRING")), file))
        .containsExactly(
            row(1, "fine", file.path(), 2L, null, null),
            row(null, null, file.path(), 3L, "column 'id' (field 1) is not an INT", "x,bad"),
            row(2, "two\nlines", file.path(), 4L, null, null),
            row(null, null, file.path(), 6L, "the record has 1 field where the header has 2", "3"),
            row(
                null,
                null,
                file.path(),
                7L,
                "column 'id' (field 1) is empty and declared NOT NULL",
                ",null id"),
            row(null, null, file.path(), 8L, "text follows a closing quote", "5,\"open"),
            row(6, "after", file.path(), 9L, null, null));
  }

  @Test
  void leniently_aDefectiveHeaderMakesEveryRecordDefective() throws IOException {
    InputFile wrong = file("wrong.csv", "x\n1\n2\n");
    String reason = "the header has no column 'id'; it has 'x'";

    assertThat(read(lenient(ddl("id INT")), wrong))
        .containsExactly(
            row(null, wrong.path(), 1L, reason, "x"),
            row(null, wrong.path(), 2L, reason, "1"),
            row(null, wrong.path(), 3L, reason, "2"));
  }

  @Test
  void leniently_anEmptyFileIsOneDefect() throws IOException {
    InputFile empty = file("empty.csv", "");

    assertThat(read(lenient(ddl("id INT")), empty))
        .containsExactly(
            row(null, empty.path(), 1L, "the file is empty, without a header line", ""));
  }

  @Test
  void aHeaderAloneHasNoRows() throws IOException {
    assertThat(read(RecordColumns.of(ddl("id INT, day DATE")), file("a.csv", "id,day\n")))
        .isEmpty();
  }

  @Test
  void refusesTypesWithoutTextFormAndClashingNames() {
    assertThatThrownBy(() -> CsvFormat.of(ddl("a INT, b ARRAY<INT>")))
        .hasMessageContaining("Cannot read column 'b' from CSV: ARRAY<INT> has no text form");
    assertThatThrownBy(
            () ->
                new RecordColumns(
                    ExpectedColumns.strict(ddl("a INT")), ddl("A DATE"), WhenDefective.FAIL))
        .hasMessageContaining("two columns named 'A'");
    assertThatThrownBy(() -> lenient(ddl("_line INT")))
        .hasMessageContaining("two columns named '_line'");
    assertThatThrownBy(() -> RecordColumns.of(new StructType()))
        .hasMessageContaining("without declared columns");
  }

  @Test
  void refusesFilesWithoutTheirConstants() {
    RecordColumns columns =
        new RecordColumns(
            ExpectedColumns.strict(ddl("a INT")), ddl("arrival DATE"), WhenDefective.FAIL);

    assertThatThrownBy(() -> rows(columns, InputFile.of("file:/a.csv", 1)))
        .hasMessageContaining("0 constant values where the source declares 1");
  }

  private static List<Row> read(RecordColumns columns, InputFile... files) {
    return rows(columns, files).collectAsList();
  }

  private static Dataset<Row> rows(RecordColumns columns, InputFile... files) {
    return RecordFiles.rows(
        spark, CsvFormat.of(columns.declared().types()), columns, List.of(files));
  }

  private static RecordColumns lenient(StructType declared) {
    return new RecordColumns(
        ExpectedColumns.strict(declared), new StructType(), WhenDefective.KEEP);
  }

  private InputFile file(String name, String content, LocalDate... constants) throws IOException {
    Path path = Files.writeString(directory.resolve(name), content);
    return new InputFile("file:" + path, Files.size(path), new ArrayList<>(List.of(constants)));
  }

  private static StructType ddl(String columns) {
    return StructType.fromDDL(columns);
  }

  private static Row row(Object... values) {
    return RowFactory.create(values);
  }
}
