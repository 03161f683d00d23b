package io.penstock.spark.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.spark.records.ExpectedColumns;
import io.penstock.spark.records.InputFile;
import io.penstock.spark.records.MalformedInputException;
import io.penstock.spark.records.RecordColumns;
import io.penstock.spark.records.RecordFiles;
import io.penstock.spark.records.ValueParsers;
import io.penstock.spark.testing.SparkTestSession;
import io.penstock.spec.FileSource.WhenDefective;
import io.penstock.spec.JsonSource.Layout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
final class JsonFormatTest {
  private static final AtomicInteger FILES = new AtomicInteger();

  @TempDir private static Path directory;
  private static SparkSession spark;

  @BeforeAll
  static void openSession() {
    spark = SparkTestSession.spark();
  }

  /** The value as SQL writes it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BOOLEAN|true|true",
        "TINYINT|-128|-128Y",
        "SMALLINT|32767|32767S",
        "INT|-0|0",
        "INT|\"-12\"|-12",
        "BIGINT|9223372036854775807|9223372036854775807L",
        "BIGINT|\"9007199254740993\"|9007199254740993L",
        "DECIMAL(12,2)|12.3|12.30BD",
        "DECIMAL(12,2)|12.3400|12.34BD",
        "DECIMAL(12,2)|12e1|120.00BD",
        "DECIMAL(12,2)|\"7.99\"|7.99BD",
        "DECIMAL(12,2)|0e999999999|0.00BD",
        "DECIMAL(38,10)|1234567890123456789012345678.0123456789|1234567890123456789012345678.0123456789BD",
        "DOUBLE|0.1|0.1D",
        "DOUBLE|1e-3|0.001D",
        "DOUBLE|12345678901234567890|12345678901234567890D",
        "DOUBLE|\"NaN\"|double('NaN')",
        "DOUBLE|NaN|double('NaN')",
        "DOUBLE|-Infinity|double('-Infinity')",
        "FLOAT|16777217|float(16777216)",
        "FLOAT|0.1|float('0.1')",
        "STRING|\"x\"|'x'",
        "STRING|\"\"|''",
        "STRING|1.0|'1.0'",
        "STRING|1e400|'1e400'",
        "STRING|true|'true'",
        "STRING|{\"b\": [1, 2.50, null], \"a\":"
            + " \"é\\\"\"}|'{\"b\":[1,2.50,null],\"a\":\"é\\\\\"\"}'",
        "BINARY|\"AQID\"|X'010203'",
        "DATE|\"2026-03-01\"|DATE'2026-03-01'",
        "TIMESTAMP|\"2026-03-01T12:00:00.123456Z\"|TIMESTAMP'2026-03-01 12:00:00.123456Z'",
        "TIMESTAMP|\"2026-03-01 12:00:00\"|TIMESTAMP'2026-03-01 12:00:00Z'",
        "TIMESTAMP|\"2026-03-01T21:00:00+09:00\"|TIMESTAMP'2026-03-01 12:00:00Z'",
        "TIMESTAMP_NTZ|\"2026-03-01T12:00\"|TIMESTAMP_NTZ'2026-03-01 12:00:00'",
        "ARRAY<INT>|[1, null, 3]|array(1, CAST(NULL AS INT), 3)",
        "ARRAY<INT>|[]|CAST(array() AS ARRAY<INT>)",
        "MAP<STRING, INT>|{\"k\": 1}|map('k', 1)",
        "STRUCT<b: STRUCT<c: DATE>, d: INT>|{\"d\": null, \"b\": {\"c\": \"2026-03-01\"}, \"e\":"
            + " [{}]}|named_struct('b', named_struct('c', DATE'2026-03-01'), 'd', CAST(NULL AS"
            + " INT))",
        "INT|null|CAST(NULL AS INT)",
      })
  void readsEveryType(String type, String json, String expected) {
    Dataset<Row> read = rows(RecordColumns.of(ddl("x " + type)), file("{\"x\": " + json + "}"));

    assertThat(read.collectAsList())
        .isEqualTo(
            spark.sql("SELECT CAST(%s AS %s) AS x".formatted(expected, type)).collectAsList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BOOLEAN|\"true\"",
        "BOOLEAN|1",
        "TINYINT|128",
        "TINYINT|200",
        "SMALLINT|-32769",
        "INT|2147483648",
        "INT|1.0",
        "INT|1.5",
        "INT|1e3",
        "INT|\"1.0\"",
        "INT|\"007\"",
        "INT|\"+7\"",
        "INT|\" 7\"",
        "INT|\"\"",
        "INT|\"١\"",
        "INT|true",
        "INT|[7]",
        "INT|{}",
        "BIGINT|9223372036854775808",
        "BIGINT|\"9223372036854775808\"",
        "DECIMAL(12,2)|12.345",
        "DECIMAL(12,2)|\"7.999\"",
        "DECIMAL(12,2)|0.005",
        "DECIMAL(12,2)|\"1,234.50\"",
        "DECIMAL(12,2)|12345678901",
        "DECIMAL(12,2)|1e999999999",
        "DECIMAL(12,2)|1e-999999999",
        "DECIMAL(12,2)|NaN",
        "DOUBLE|1e999",
        "DOUBLE|\"1e999\"",
        "DOUBLE|\"nan\"",
        "DOUBLE|\"0x1p3\"",
        "DOUBLE|\"1d\"",
        "FLOAT|1e39",
        "DATE|1772366400000",
        "DATE|20260301",
        "DATE|\"2026\"",
        "DATE|\"2026-03-01 garbage\"",
        "DATE|\"2026-03-01T23:30:00-05:00\"",
        "DATE|\"2026-02-30\"",
        "TIMESTAMP|1772366400000",
        "TIMESTAMP|1772366400.5",
        "TIMESTAMP|\"2026\"",
        "TIMESTAMP|\"2026-03-01\"",
        "TIMESTAMP|\"12:30:00\"",
        "TIMESTAMP|\"2026-03-01T12:00:00.123456789Z\"",
        "TIMESTAMP_NTZ|\"2026-03-01T12:00:00Z\"",
        "TIMESTAMP_NTZ|\"2026-03-01\"",
        "BINARY|\"***\"",
      })
  void refusesWhatIsNotWhollyAValueOfTheType(String type, String json) {
    for (String[] nested :
        new String[][] {
          {"%s", "%s", "x"},
          {"ARRAY<%s>", "[null, %s]", "x[1]"},
          {"MAP<STRING, %s>", "{\"k\": %s}", "x[]"},
          {"STRUCT<y: ARRAY<STRUCT<z: %s>>>", "{\"y\": [{\"z\": %s}]}", "x.y[0].z"},
        }) {
      Throwable failure =
          catchThrowable(
              () ->
                  rows(
                          RecordColumns.of(ddl("x " + nested[0].formatted(type))),
                          file("{\"x\": " + nested[1].formatted(json) + "}"))
                      .collectAsList());

      assertThat(MalformedInputException.find(failure))
          .as(json)
          .hasValueSatisfying(
              malformed -> {
                assertThat(malformed.line()).isEqualTo(1);
                assertThat(malformed.reason())
                    .matches("column '\\Q" + nested[2] + "\\E' is not an? \\Q" + type + "\\E");
              });
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ARRAY<INT>|{}|is not an ARRAY",
        "ARRAY<INT>|1|is not an ARRAY",
        "MAP<STRING, INT>|[]|is not a MAP",
        "STRUCT<y: INT>|\"x\"|is not a STRUCT",
        "STRING|\"\\ud83d\"|holds half a surrogate pair",
        "STRING|[\"\\ud83d\"]|holds half a surrogate pair",
        "INT NOT NULL|null|has no value and is declared NOT NULL",
      })
  void refusesOtherShapes(String type, String json, String reason) {
    assertDefect("x " + type, "{\"x\": " + json + "}", "column 'x' " + reason);
  }

  /** JSON has no such numbers: where they stand for texts, their zeros would be lost. */
  @ParameterizedTest
  @ValueSource(strings = {"007", "-01", "00", "01.5", "-007", "+7", ".5", "5.", "0x10"})
  void aNumberThatJsonHasNotIsNoneOfAnyType(String number) {
    for (String type : new String[] {"INT", "DOUBLE", "DECIMAL(9,2)", "STRING"}) {
      assertDefect("x " + type, "{\"x\": " + number + "}", "it is not valid JSON");
      assertDefect("y " + type, "{\"y\": 1, \"x\": " + number + "}", "it is not valid JSON");
    }
  }

  @Test
  void aColumnThatIsNotNullMayNotBeAbsent() {
    assertDefect(
        "x INT NOT NULL, y INT", "{\"y\": 1}", "column 'x' is absent and declared NOT NULL");
    assertDefect(
        "s STRUCT<x: INT NOT NULL, y: INT>",
        "{\"s\": {\"y\": 1}}",
        "column 's.x' is absent and declared NOT NULL");
  }

  @Test
  void aKeyInAnotherCaseIsNotTheColumn() {
    assertDefect(
        "amount INT", "{\"Amount\": 1}", "column 'amount' is absent, and there is a key 'Amount'");
    assertDefect(
        "s STRUCT<amount: INT>",
        "{\"s\": {\"AMOUNT\": 1}}",
        "column 's.amount' is absent, and there is a key 'AMOUNT'");
    assertThat(
            rows(RecordColumns.of(ddl("amount INT")), file("{\"Amount\": 1, \"amount\": 2}"))
                .collectAsList())
        .containsExactly(row(2));
  }

  @Test
  void aKeyThatNoObjectOfTheFileHasIsADefect() {
    String content = "{\"id\": 1, \"items\": [{\"n\": 1}]}\n{\"id\": 2}\n";
    StructType declared = ddl("id INT, note STRING, items ARRAY<STRUCT<n: INT, price: INT>>");

    assertThat(MalformedInputException.find(failure(declared, file(content))))
        .hasValueSatisfying(
            malformed ->
                assertThat(malformed.reason())
                    .isEqualTo("no object of the file has the key 'note', 'items[].price'"));
    assertThat(rows(RecordColumns.of(declared), file("\n")).collectAsList()).isEmpty();
    assertThat(rows(RecordColumns.of(ddl("id INT, items STRING")), file(content)).collectAsList())
        .hasSize(2);
  }

  @Test
  void everyRecordIsARowWhereDefectsAreKept() {
    InputFile file =
        file("{\"id\": 1, \"n\": 1}\n\n{\"id\": 2.5, \"n\": 2}\nx\n  {\"id\": null, \"n\": 4} \n");
    RecordColumns columns =
        new RecordColumns(
            ExpectedColumns.strict(ddl("id INT NOT NULL, n INT, gone INT")),
            new StructType(),
            WhenDefective.KEEP);

    assertThat(rows(columns, file).collectAsList())
        .containsExactly(
            row(1, 1, null, file.path(), 1L, null, null),
            row(
                null,
                null,
                null,
                file.path(),
                3L,
                "column 'id' is not an INT",
                "{\"id\": 2.5, \"n\": 2}"),
            row(null, null, null, file.path(), 4L, "it is not a JSON object", "x"),
            row(
                null,
                null,
                null,
                file.path(),
                5L,
                "column 'id' has no value and is declared NOT NULL",
                "  {\"id\": null, \"n\": 4} "),
            row(null, null, null, file.path(), 6L, "no object of the file has the key 'gone'", ""));
  }

  @Test
  void objectsOverSeveralLinesAreReadFromAnArrayOrOneAfterTheOther() {
    RecordColumns columns =
        new RecordColumns(
            ExpectedColumns.strict(ddl("id INT")), new StructType(), WhenDefective.KEEP);
    InputFile array = file("[\n  {\n    \"id\": 1\n  },\n  {\"id\": \"x\"}, {\"id\": 3}\n]\n");
    InputFile sequence = file("{\"id\": 1}\n{\n\"id\": 2}{\"id\": 3}");

    assertThat(rows(Layout.MULTI_LINE, columns, array).collectAsList())
        .containsExactly(
            row(1, array.path(), 2L, null, null),
            row(null, array.path(), 5L, "column 'id' is not an INT", "{\"id\": \"x\"}"),
            row(3, array.path(), 5L, null, null));
    assertThat(rows(Layout.MULTI_LINE, columns, sequence).collectAsList())
        .containsExactly(
            row(1, sequence.path(), 1L, null, null),
            row(2, sequence.path(), 2L, null, null),
            row(3, sequence.path(), 3L, null, null));
  }

  @Test
  void aFileOfSeveralLinesAnObjectIsRefusedWithWhatToDeclare() {
    assertDefect(
        "id INT",
        "{\n\"id\": 1}",
        "its JSON object is not closed: declare multiLine() where objects take several lines");
    assertDefect(
        "id INT",
        "[{\"id\": 1}]",
        "it begins an array: declare multiLine() where a file holds one");
  }

  @Test
  void messagesHoldNoContent() {
    for (String line :
        new String[] {
          "{\"id\": secret}",
          "{\"id\": \"secret\"}",
          "{\"secret\": 1, \"secret\": 2}",
          "{\"id\": 1 secret",
        }) {
      assertThat(failure(ddl("id INT"), file(line))).hasMessageNotContaining("secret");
    }
  }

  @Test
  void refusesTypesThatHaveNoFormInJson() {
    assertThatThrownBy(
            () -> JsonFormat.of(Layout.LINES, ValueParsers.STRICT, ddl("x MAP<INT, STRING>")))
        .hasMessageContaining("Cannot read MAP<INT, STRING> from JSON");
    assertThatThrownBy(
            () -> JsonFormat.of(Layout.LINES, ValueParsers.STRICT, ddl("x ARRAY<INTERVAL DAY>")))
        .hasMessageContaining("Cannot read INTERVAL DAY from JSON");
  }

  private static void assertDefect(String columns, String line, String reason) {
    Throwable failure = failure(ddl(columns), file(line));
    assertThat(MalformedInputException.find(failure))
        .as("%s: %s", line, failure)
        .hasValueSatisfying(malformed -> assertThat(malformed.reason()).isEqualTo(reason));
  }

  private static Throwable failure(StructType declared, InputFile file) {
    return catchThrowable(() -> rows(RecordColumns.of(declared), file).collectAsList());
  }

  private static Dataset<Row> rows(RecordColumns columns, InputFile file) {
    return rows(Layout.LINES, columns, file);
  }

  private static Dataset<Row> rows(Layout layout, RecordColumns columns, InputFile file) {
    return RecordFiles.rows(
        spark,
        JsonFormat.of(layout, ValueParsers.STRICT, columns.declared().types()),
        columns,
        List.of(file));
  }

  private static InputFile file(String content) {
    try {
      Path path = Files.writeString(directory.resolve(FILES.incrementAndGet() + ".json"), content);
      return InputFile.of("file:" + path, Files.size(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static StructType ddl(String columns) {
    return StructType.fromDDL(columns);
  }

  private static Row row(Object... values) {
    return RowFactory.create(values);
  }
}
