package io.penstock.spark.export;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.csv.WrittenCsv;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import io.penstock.spec.CsvSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every form of an export is read back by a source that is told the same words. */
@Tag("spark")
final class ExportsReadBackTest {
  private static final String SCHEMA =
      """
      id INT, text STRING, flag BOOLEAN, tiny TINYINT, small SMALLINT, whole INT, big BIGINT,
      amount DECIMAL(38,10), single FLOAT, ratio DOUBLE, day DATE, at TIMESTAMP,
      local TIMESTAMP_NTZ, last STRING
      """;

  /** As texts, in which NaN equals itself and -0.0 is not 0.0. */
  private static final String CELLS =
      """
      id, hex(text) AS text, CAST(flag AS STRING) AS flag, CAST(tiny AS STRING) AS tiny,
      CAST(small AS STRING) AS small, CAST(whole AS STRING) AS whole, CAST(big AS STRING) AS big,
      CAST(amount AS STRING) AS amount, CAST(single AS STRING) AS single,
      CAST(ratio AS STRING) AS ratio, CAST(day AS STRING) AS day,
      CAST(unix_micros(at) AS STRING) AS at, CAST(local AS STRING) AS local, hex(last) AS last
      """;

  /** Texts of characters that all of the encodings have. */
  private static final List<String> WESTERN =
      List.of(
          "",
          "NULL",
          "null",
          "\\N",
          "NA",
          "-",
          "\"",
          "a\"b",
          "\"\"",
          "a,b",
          "a;b",
          "a\tb",
          "a||b",
          "a|",
          "|b",
          "||",
          "a\u00a7b",
          "two\nlines",
          "cr\ralone",
          "crlf\r\n",
          "\n",
          "\r",
          " lead",
          "trail ",
          "\ttab",
          " ",
          "\u00a0nbsp",
          "=1+1",
          "'=1",
          "+1",
          "-1",
          "@x",
          "'tis",
          "''=1",
          "  =1",
          "\\.",
          "\\",
          "a\n\\.\nb",
          "#c",
          "true",
          "2026-03-01",
          "1e5",
          "\u00e9t\u00e9",
          "stra\u00dfe",
          "\u00ef\u00bb\u00bfx",
          "\u00ff\u00fe");

  private static final List<String> UNICODE =
      List.of(
          "\uc720\ud29c\ube0c \ud83c\udf89",
          "\ufeffx",
          "\ufeff",
          "x\ufeff",
          "\uff1d1",
          "\u2028",
          "\u0085",
          "\u20ac",
          "e\u0301",
          "\u202e");

  /** What PostgreSQL can't hold. */
  private static final List<String> FAR = List.of("\u0000", "a\u0000b");

  private static final List<String> TYPED =
      List.of(
          "true, -128Y, -32768S, -2147483648, -9223372036854775808L,"
              + " CAST('-9999999999999999999999999999.9999999999' AS DECIMAL(38,10)),"
              + " float('NaN'), double('-Infinity'), DATE'0001-01-01',"
              + " TIMESTAMP'0001-01-01 00:00:00Z', TIMESTAMP_NTZ'0001-01-01 00:00:00'",
          "false, 127Y, 32767S, 2147483647, 9223372036854775807L,"
              + " CAST('9999999999999999999999999999.9999999999' AS DECIMAL(38,10)),"
              + " float('-Infinity'), double('NaN'), DATE'9999-12-31',"
              + " TIMESTAMP'9999-12-31 23:59:59.999999Z',"
              + " TIMESTAMP_NTZ'9999-12-31 23:59:59.999999'",
          "CAST(NULL AS BOOLEAN), CAST(NULL AS TINYINT), CAST(NULL AS SMALLINT), CAST(NULL AS INT),"
              + " CAST(NULL AS BIGINT), CAST(NULL AS DECIMAL(38,10)), CAST(NULL AS FLOAT),"
              + " CAST(NULL AS DOUBLE), CAST(NULL AS DATE), CAST(NULL AS TIMESTAMP),"
              + " CAST(NULL AS TIMESTAMP_NTZ)",
          "true, 0Y, 0S, 0, 0L, CAST('0.0000000001' AS DECIMAL(38,10)), float('-0.0'),"
              + " 4.9E-324D, DATE'2026-03-01', TIMESTAMP'2026-03-29 02:30:00.5Z',"
              + " TIMESTAMP_NTZ'2026-03-29 02:30:00.000001'",
          "false, 5Y, -1S, 7, -7L, CAST('0' AS DECIMAL(38,10)), float('1.4E-45'),"
              + " 1.7976931348623157E308D, DATE'1582-10-15', TIMESTAMP'1582-10-04 12:00:00Z',"
              + " TIMESTAMP_NTZ'1969-12-31 23:59:59.999999'",
          "true, 1Y, 1S, 1, 1L, CAST('-1.5' AS DECIMAL(38,10)), float('3.4028235E38'),"
              + " double('-0.0'), DATE'1969-12-31', TIMESTAMP'1970-01-01 00:00:00Z',"
              + " TIMESTAMP_NTZ'1970-01-01 00:00:00'");

  /** The forms that are compressed, too: two of each profile. */
  private static final Set<List<String>> COMPRESSED =
      Set.of(
          List.of("RFC4180", ",", "UTF-8"),
          List.of("RFC4180", "|", "UTF-32"),
          List.of("POSTGRES", ",", "UTF-8"),
          List.of("POSTGRES", ";", "windows-1252"),
          List.of("EXCEL", ";", "UTF-8"),
          List.of("EXCEL", "\t", "UTF-16"));

  private static final String FAR_TYPED =
      "true, 1Y, 1S, 1, 1L, CAST('1' AS DECIMAL(38,10)), float('Infinity'), double('Infinity'),"
          + " make_date(12345, 6, 7), timestamp_micros(300000000000000000),"
          + " make_timestamp_ntz(-5, 1, 1, 0, 0, 0)";

  @TempDir private Path directory;

  /** A form of files, by the words that a sink and a source share. */
  private record Form(
      CsvProfile profile, CsvCompression compression, String delimiter, String encoding) {
    boolean isUnicode() {
      return encoding.startsWith("UTF-");
    }

    /** The rows that it can hold. */
    Rows of(Rows rows) {
      Rows held = isUnicode() ? rows : rows.where("NOT unicode");
      return profile == CsvProfile.POSTGRES ? held.where("NOT far") : held;
    }

    CsvSource source(String path, String schema) {
      return csv(path).schema(schema).profile(profile).delimiter(delimiter).encoding(encoding);
    }

    boolean holds(boolean unicode, boolean far) {
      return (isUnicode() || !unicode) && (profile != CsvProfile.POSTGRES || !far);
    }
  }

  private static List<Form> forms() {
    List<Form> forms = new ArrayList<>();
    for (CsvCompression compression : CsvCompression.values()) {
      for (List<String> form :
          List.of(
              List.of("RFC4180", ",", "UTF-8"),
              List.of("RFC4180", ";", "UTF-8"),
              List.of("RFC4180", "\t", "UTF-8"),
              List.of("RFC4180", "||", "UTF-8"),
              List.of("RFC4180", "-", "UTF-8"),
              List.of("RFC4180", " ", "UTF-8"),
              List.of("RFC4180", ";", "windows-1252"),
              List.of("RFC4180", "\u00a7", "ISO-8859-1"),
              List.of("RFC4180", ",", "UTF-16"),
              List.of("RFC4180", ",", "UTF-16LE"),
              List.of("RFC4180", ";", "UTF-16BE"),
              List.of("RFC4180", "|", "UTF-32"),
              List.of("POSTGRES", ",", "UTF-8"),
              List.of("POSTGRES", "\t", "UTF-8"),
              List.of("POSTGRES", ";", "windows-1252"),
              List.of("EXCEL", ",", "UTF-8"),
              List.of("EXCEL", ";", "UTF-8"),
              List.of("EXCEL", ";", "windows-1252"),
              List.of("EXCEL", "\t", "UTF-16"),
              List.of("EXCEL", "\t", "UTF-16LE"))) {
        if (compression != CsvCompression.NONE && !COMPRESSED.contains(form)) {
          continue;
        }
        forms.add(new Form(CsvProfile.valueOf(form.get(0)), compression, form.get(1), form.get(2)));
      }
    }
    return forms;
  }

  @Test
  void everyCellOfEveryTypeComesBackInEveryForm() throws IOException {
    EngineLake lake = new EngineLake(directory);
    lake.table("raw/rows", rows());
    List<Form> forms = forms();
    Rows all = read(delta("raw/rows"));
    String columns =
        "id, text, flag, tiny, small, whole, big, amount, single, ratio, day, at, local, last";
    Write[] exports = new Write[forms.size()];
    for (int i = 0; i < exports.length; i++) {
      Form form = forms.get(i);
      exports[i] =
          form.of(all)
              .select(columns.split(", ", -1))
              .to(
                  csv("export/form" + i)
                      .overwrite()
                      .profile(form.profile())
                      .compressed(form.compression())
                      .delimiter(form.delimiter())
                      .encoding(form.encoding()));
    }
    lake.succeed(exports);

    Optional<Rows> back = Optional.empty();
    for (int i = 0; i < exports.length; i++) {
      deliver(lake, i);
      Rows one =
          read(forms.get(i).source("arrivals/form" + i, SCHEMA))
              // A new table has no such column, since not every program reads it.
              .with("local", "CAST(local AS STRING)")
              .with("form", String.valueOf(i));
      back = Optional.of(back.map(others -> others.union(one)).orElse(one));
    }
    lake.succeed(back.orElseThrow().to(delta("raw/back").overwrite()));

    List<Row> actual = lake.rows("raw/back").selectExpr(cells("form")).collectAsList();
    List<Row> expected = lake.rows("raw/rows").selectExpr(cells("unicode", "far")).collectAsList();
    for (int i = 0; i < exports.length; i++) {
      int number = i;
      Form form = forms.get(i);
      assertThat(
              actual.stream()
                  .filter(row -> row.getInt(row.fieldIndex("form")) == number)
                  .map(ExportsReadBackTest::text)
                  .toList())
          .as(form.toString())
          .containsExactlyInAnyOrderElementsOf(
              expected.stream()
                  .filter(
                      row ->
                          form.holds(
                              row.getBoolean(row.fieldIndex("unicode")),
                              row.getBoolean(row.fieldIndex("far"))))
                  .map(ExportsReadBackTest::text)
                  .toList());
    }
  }

  /** A NULL in the only column is an empty line, which is a row in a file with one column. */
  @Test
  void theOnlyColumnComesBackInEveryProfile() throws IOException {
    EngineLake lake = new EngineLake(directory);
    lake.table("raw/rows", rows());
    int number = 0;
    for (CsvProfile profile : CsvProfile.values()) {
      Form form = new Form(profile, CsvCompression.NONE, ";", "windows-1252");
      Rows held = form.of(read(delta("raw/rows"))).select("text");
      lake.succeed(
          held.to(
              csv("export/form" + number)
                  .overwrite()
                  .profile(profile)
                  .delimiter(";")
                  .encoding("windows-1252")));
      deliver(lake, number);
      lake.succeed(
          read(form.source("arrivals/form" + number, "text STRING"))
              .to(delta("raw/back" + number).overwrite()),
          held.to(delta("raw/held" + number).overwrite()));

      assertThat(texts(lake, "raw/back" + number))
          .containsExactlyInAnyOrderElementsOf(texts(lake, "raw/held" + number));
      number++;
    }
  }

  @Test
  void whatTheReaderOfAProfileCannotReadIsAProblemOfThePlan() {
    EngineLake lake = new EngineLake(directory);
    lake.table("raw/rows", "SELECT 1 AS id");
    Rows rows = read(delta("raw/rows"));

    assertThat(
            lake.invalid(
                    rows.to(
                        csv("export/a").overwrite().profile(CsvProfile.EXCEL).encoding("UTF-16")),
                    rows.to(
                        csv("export/b").overwrite().profile(CsvProfile.POSTGRES).delimiter("||")),
                    rows.rename("id", "€").to(csv("export/c").overwrite().encoding("ISO-8859-1")))
                .problems())
        .extracting(Problem::code)
        .containsExactly("UNSUITABLE_FORM", "UNSUITABLE_FORM", "UNWRITABLE_COLUMN");
  }

  @Test
  void aValueThatTheEncodingLacksEndsTheRunAsWrongData() {
    EngineLake lake = new EngineLake(directory);
    lake.table("raw/rows", "SELECT 1 AS id, '5 €' AS price");

    Failure failure =
        lake.run(read(delta("raw/rows")).to(csv("export/a").overwrite().encoding("ISO-8859-1")))
            .failure()
            .orElseThrow();

    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message())
        .contains("Cannot write column 'price' to CSV in ISO-8859-1: the encoding has no U+20AC");
    assertThat(lake.path("export/a/_published")).doesNotExist();
  }

  private static List<String> texts(EngineLake lake, String table) {
    return lake.rows(table).selectExpr("coalesce(hex(text), 'NULL')").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private static String[] cells(String... more) {
    List<String> cells = new ArrayList<>();
    for (String cell : CELLS.split(",\\s", -1)) {
      cells.add(cell.strip());
    }
    cells.addAll(List.of(more));
    return cells.toArray(String[]::new);
  }

  /** The cells that both sides have. */
  private static String text(Row row) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 14; i++) {
      text.append(row.isNullAt(i) ? "NULL" : "'" + row.get(i) + "'").append(' ');
    }
    return text.toString();
  }

  /** Copies what is published to where a source may read it. */
  private static void deliver(EngineLake lake, int number) throws IOException {
    ExportReader reader = new ExportReader(new Configuration());
    Path folder = Files.createDirectories(lake.path("arrivals/form" + number));
    for (PublishedExport export :
        reader.published(
            new org.apache.hadoop.fs.Path("file:" + lake.path("export/form" + number)))) {
      for (WrittenCsv file : export.manifest().files()) {
        try (var in = reader.open(export, file)) {
          Files.copy(in, folder.resolve(file.name()));
        }
      }
    }
  }

  private static String rows() {
    List<String> rows = new ArrayList<>();
    add(rows, "CAST(NULL AS STRING)", TYPED.get(2), false, false);
    for (String text : WESTERN) {
      add(rows, literal(text), TYPED.get(rows.size() % TYPED.size()), false, false);
    }
    for (String text : UNICODE) {
      add(rows, literal(text), TYPED.get(rows.size() % TYPED.size()), true, false);
    }
    for (String text : FAR) {
      add(rows, literal(text), FAR_TYPED, false, true);
    }
    return String.join(" UNION ALL ", rows);
  }

  private static void add(
      List<String> rows, String text, String typed, boolean unicode, boolean far) {
    rows.add(
        "SELECT %s AS id, %s AS text, t.*, %s AS last, %s AS unicode, %s AS far FROM (VALUES (%s)) AS t(flag, tiny, small, whole, big, amount, single, ratio, day, at, local)"
            .formatted(rows.size(), text, text, unicode, far, typed));
  }

  private static String literal(String text) {
    return "decode(unhex('%s'), 'UTF-8')"
        .formatted(HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8)));
  }
}
