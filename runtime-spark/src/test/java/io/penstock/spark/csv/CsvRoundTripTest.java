package io.penstock.spark.csv;

import static io.penstock.spark.testing.FrameAssertions.assertDataFrameEquals;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.spark.records.InputFile;
import io.penstock.spark.records.RecordColumns;
import io.penstock.spark.records.RecordFiles;
import io.penstock.spark.testing.SparkTestSession;
import io.penstock.spec.CsvForm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our reader and DuckDB read back exactly what the writer wrote. */
@Tag("spark")
class CsvRoundTripTest {
  private static final List<String> HOSTILE_TEXTS =
      List.of(
          "plain",
          "",
          " ",
          " leading",
          "trailing ",
          "\ttab\t",
          "a,b",
          "say \"hi\"",
          "\"",
          "\"\"",
          "line\nfeed",
          "carriage\r\nreturn",
          "\r",
          "\n",
          "한국어, \"서울\"",
          "emoji 🚰👩‍👩‍👧",
          "\uFEFFmark",
          "\\.",
          "\\N",
          "NULL",
          "#comment",
          "=1+1",
          "'quoted'",
          "back\\slash\"");

  private static SparkSession spark;

  @TempDir private Path directory;

  @BeforeAll
  static void openSession() {
    spark = SparkTestSession.spark();
  }

  @Test
  void hostileTextsAreReadBack() throws Exception {
    StructType schema = StructType.fromDDL("id INT, text STRING");
    List<Row> rows = new ArrayList<>();
    for (String text : HOSTILE_TEXTS) {
      rows.add(RowFactory.create(rows.size(), text));
    }
    rows.add(RowFactory.create(rows.size(), null));

    write(spark.createDataFrame(rows, schema));

    assertThat(readBack(schema)).containsExactlyElementsOf(rows);
    assertThat(duckDb("{'id':'INTEGER','text':'VARCHAR'}"))
        .containsExactlyElementsOf(
            rows.stream().map(row -> row.get(0) + "|" + row.get(1)).toList());
  }

  @Test
  void typedValuesAreReadBackToTheLastDigit() throws Exception {
    Dataset<Row> rows =
        spark.sql(
            """
            SELECT 1 AS id, true AS b, -128Y AS t, 32767S AS s, 9223372036854775807L AS l,
              CAST('99999999999999999999999999999999999999' AS DECIMAL(38, 0)) AS wide,
              CAST('0.000000000000000001' AS DECIMAL(38, 18)) AS fine,
              2e23D AS d, CAST(0.1 AS FLOAT) AS f, DATE'0001-01-01' AS day,
              TIMESTAMP'0001-01-01 00:00:00.000001Z' AS at, TIMESTAMP_NTZ'1582-10-10 12:00:00' AS local
            UNION ALL
            SELECT 2, false, 127Y, -32768S, -9223372036854775808L,
              CAST('-99999999999999999999999999999999999999' AS DECIMAL(38, 0)),
              CAST('-99999999999999999999.999999999999999999' AS DECIMAL(38, 18)),
              4.9E-324D, CAST('3.4028235E38' AS FLOAT), DATE'9999-12-31',
              TIMESTAMP'9999-12-31 23:59:59.999999Z', TIMESTAMP_NTZ'1970-01-01 00:00:00'
            UNION ALL
            SELECT 3, null, null, null, null, null, null, null, null, null, null, null
            """);

    write(rows.orderBy("id"));

    assertThat(Files.readString(directory.resolve("out.csv")))
        .isEqualTo(
            """
            id,b,t,s,l,wide,fine,d,f,day,at,local
            1,true,-128,32767,9223372036854775807,99999999999999999999999999999999999999,\
            0.000000000000000001,2.0E23,0.1,0001-01-01,0001-01-01T00:00:00.000001Z,\
            1582-10-10T12:00:00.000000
            2,false,127,-32768,-9223372036854775808,-99999999999999999999999999999999999999,\
            -99999999999999999999.999999999999999999,4.9E-324,3.4028235E38,9999-12-31,\
            9999-12-31T23:59:59.999999Z,1970-01-01T00:00:00.000000
            3,,,,,,,,,,,
            """);
    assertDataFrameEquals(rows.orderBy("id"), readBackFrame(rows.schema()));
    assertThat(
            duckDb(
                "{'id':'INTEGER','b':'BOOLEAN','t':'TINYINT','s':'SMALLINT','l':'BIGINT',"
                    + "'wide':'DECIMAL(38,0)','fine':'DECIMAL(38,18)','d':'DOUBLE','f':'FLOAT',"
                    + "'day':'DATE','at':'TIMESTAMP','local':'TIMESTAMP'}"))
        .containsExactly(
            "1|true|-128|32767|9223372036854775807|99999999999999999999999999999999999999"
                + "|0.000000000000000001|2e+23|0.1|0001-01-01|0001-01-01 00:00:00.000001"
                + "|1582-10-10 12:00:00",
            "2|false|127|-32768|-9223372036854775808|-99999999999999999999999999999999999999"
                + "|-99999999999999999999.999999999999999999|5e-324|3.4028235e+38|9999-12-31"
                + "|9999-12-31 23:59:59.999999|1970-01-01 00:00:00",
            "3" + "|null".repeat(11));
  }

  @Test
  void ourReaderReadsBackLongYearsAndSpecialNumbers() throws Exception {
    Dataset<Row> rows =
        spark.sql(
            """
            SELECT make_date(12345, 6, 7) AS day, timestamp_micros(-377705116800000001) AS at,
              double('NaN') AS a, double('-Infinity') AS b, -0.0D AS c
            """);

    write(rows);

    assertThat(Files.readString(directory.resolve("out.csv")))
        .isEqualTo("day,at,a,b,c\n+12345-06-07,-10000-12-31T23:59:59.999999Z,NaN,-Infinity,-0.0\n");
    Dataset<Row> back = readBackFrame(rows.schema());
    assertThat(back.exceptAll(rows).count() + rows.exceptAll(back).count()).isZero();
  }

  @Test
  void aSingleColumnDistinguishesNullFromTheEmptyString() throws Exception {
    StructType schema = StructType.fromDDL("text STRING");
    List<Row> rows =
        List.of(
            RowFactory.create((Object) null),
            RowFactory.create(""),
            RowFactory.create("a"),
            RowFactory.create((Object) null));

    write(spark.createDataFrame(rows, schema));

    assertThat(directory.resolve("out.csv")).hasContent("text\n\n\"\"\na\n\n");
    assertThat(readBack(schema)).containsExactlyElementsOf(rows);
    assertThat(duckDb("{'text':'VARCHAR'}")).containsExactly("null", "", "a", "null");
  }

  @Test
  void theOrderOfASortedFrameIsKeptAcrossPartitions() {
    Dataset<Row> sorted =
        spark.range(0, 20_000, 1, 7).selectExpr("(id * 7919) % 20000 AS n").orderBy("n");

    WrittenCsv written = write(sorted);

    assertThat(written.rows()).isEqualTo(20_000);
    assertThat(readBack(sorted.schema()).stream().map(row -> row.getLong(0)))
        .containsExactlyElementsOf(LongStream.range(0, 20_000).boxed().toList());
  }

  @Test
  void anEmptyFrameIsAHeader() throws Exception {
    Dataset<Row> empty = spark.sql("SELECT 1 AS `a,b`, 'x' AS `say \"hi\"` WHERE false");

    WrittenCsv written = write(empty);

    assertThat(directory.resolve("out.csv")).hasContent("\"a,b\",\"say \"\"hi\"\"\"\n");
    assertThat(written.rows()).isZero();
    assertThat(readBack(empty.schema())).isEmpty();
  }

  @Test
  void reportsLengthAndChecksumAndLeavesNoPieces() throws Exception {
    WrittenCsv written = write(spark.range(0, 1000, 1, 4).toDF());

    byte[] content = Files.readAllBytes(directory.resolve("out.csv"));
    assertThat(written.name()).isEqualTo("out.csv");
    assertThat(written.bytes()).isEqualTo(content.length);
    assertThat(written.sha256())
        .isEqualTo(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
    assertThat(directory.toFile().list()).containsExactly("out.csv");
  }

  @Test
  void refusesAllColumnsThatCsvCannotRepresentAtOnce() {
    Dataset<Row> rows =
        spark.sql(
            "SELECT 1 AS a, array(1) AS list, X'00' AS bytes, INTERVAL 1 DAY AS span, 2 AS A,"
                + " named_struct('x', 1) AS nested, parse_json('1') AS any");

    assertThat(CsvFileWriter.unwritableColumns(rows.schema(), CsvForm.PLAIN))
        .extracting(UnwritableColumn::name)
        .containsExactly("list", "bytes", "span", "A", "nested", "any");
    assertThatThrownBy(() -> write(rows))
        .hasMessageContaining("'list' (ARRAY<INT> has no form in CSV)")
        .hasMessageContaining("'A' (another column has this name)");
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void refusesTextThatIsNotUtf8() {
    assertThatThrownBy(() -> write(spark.sql("SELECT CAST(X'C3' AS STRING) AS text")))
        .hasStackTraceContaining("Cannot write column 'text' to CSV");
    assertThat(directory.resolve("out.csv")).doesNotExist();
  }

  private WrittenCsv write(Dataset<Row> rows) {
    return new CsvFileWriter(spark, CsvForm.PLAIN)
        .write(rows, new org.apache.hadoop.fs.Path("file:" + directory), "out")
        .get(0);
  }

  private List<Row> readBack(StructType schema) {
    return readBackFrame(schema).collectAsList();
  }

  private Dataset<Row> readBackFrame(StructType schema) {
    return RecordFiles.rows(
        spark,
        CsvFormat.of(schema),
        RecordColumns.of(schema),
        List.of(InputFile.of("file:" + directory.resolve("out.csv"), 1)));
  }

  private List<String> duckDb(String columns) throws Exception {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      // Into a table first: a cast right on the file would be pushed into its reader, and show raw
      // text.
      statement.execute(
          "CREATE TABLE loaded AS SELECT * FROM read_csv('"
              + directory.resolve("out.csv")
              + "', header = true, delim = ',', quote = '\"', escape = '\"', nullstr = '',"
              + " allow_quoted_nulls = false, parallel = false, columns = "
              + columns
              + ")");
      ResultSet result =
          statement.executeQuery("SELECT CAST(COLUMNS(*) AS VARCHAR) FROM loaded ORDER BY rowid");
      int width = result.getMetaData().getColumnCount();
      while (result.next()) {
        List<String> fields = new ArrayList<>();
        for (int column = 1; column <= width; column++) {
          fields.add(result.getString(column));
        }
        rows.add(String.join("|", fields));
      }
    }
    return rows;
  }
}
