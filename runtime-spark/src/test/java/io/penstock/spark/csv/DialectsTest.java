package io.penstock.spark.csv;

import static io.penstock.dsl.Penstock.csv;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.penstock.spark.records.MalformedInputException;
import io.penstock.spark.records.ReadRecords;
import io.penstock.spec.CsvSource;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source says of its files is what is read, and nothing else is. */
class DialectsTest {
  private static CsvSource source(String schema) {
    return csv("arrivals/x").schema(schema);
  }

  private static List<List<Object>> read(CsvSource source, String content) {
    return ReadRecords.of(source).rows(content.getBytes(UTF_8));
  }

  private static MalformedInputException refused(CsvSource source, byte[] content) {
    MalformedInputException refused =
        catchThrowableOfType(
            MalformedInputException.class, () -> ReadRecords.of(source).rows(content));
    assertThat(refused).as("what was read is refused").isNotNull();
    return refused;
  }

  private static MalformedInputException refused(CsvSource source, String content) {
    return refused(source, content.getBytes(UTF_8));
  }

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  @Test
  void semicolonsWithDecimalCommas() {
    CsvSource source =
        source("shop STRING, price DECIMAL(12,2), share DOUBLE, count BIGINT")
            .delimiter(";")
            .decimalSeparator(",")
            .thousandsSeparator(".");

    assertThat(
            read(
                source,
                """
                shop;price;share;count
                Mitte;1.234.567,89;0,5;1.000
                "a;b";-3,5;-1,5e-3;12
                """))
        .containsExactly(
            row("Mitte", new BigDecimal("1234567.89"), 0.5, 1000L),
            row("a;b", new BigDecimal("-3.50"), -0.0015, 12L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1.5", "12.34,5", "1.2345,0", "1,2,3", "1.000.00", "1 000", ".123", "1e3.0"})
  void aNumberOfAnotherFormIsRefused(String number) {
    CsvSource source =
        source("x DOUBLE").delimiter(";").decimalSeparator(",").thousandsSeparator(".");

    assertThat(refused(source, "x\n" + number + "\n").reason())
        .isEqualTo("column 'x' (field 1) is not a DOUBLE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"::", "||", "\t", "|", "\u0001", "§", "¦¦"})
  void anyTextDelimits(String delimiter) {
    String content = "a,b,c\n1,x:y,\"p,q\"\n".replace(",", delimiter);

    assertThat(read(source("a INT, b STRING, c STRING").delimiter(delimiter), content))
        .containsExactly(row(1, "x:y", "p" + delimiter + "q"));
  }

  @Test
  void wordsForNull() {
    CsvSource source = source("name STRING, age INT, born DATE").nullWords("NA", "-", "\\N", "");

    assertThat(read(source, "name,age,born\nNA,NA,-\n\"NA\",\"NA\",\\N\n\"\",\"\",\"-\"\n,,\n"))
        .containsExactly(
            row(null, null, null),
            row("NA", null, null),
            row("", null, null),
            row(null, null, null));
    assertThat(refused(source, "name,age,born\nx,na,-\n").reason())
        .isEqualTo("column 'age' (field 2) is not an INT");
    assertThat(refused(source("age INT NOT NULL").nullWords("NA"), "age\nNA\n").reason())
        .isEqualTo("column 'age' (field 1) is empty and declared NOT NULL");
  }

  @Test
  void wordsForTrueAndFalse() {
    CsvSource source = source("x BOOLEAN").trueWords("Y", "1").falseWords("N", "0");

    assertThat(read(source, "x\nY\n0\nN\n1\n"))
        .containsExactly(row(true), row(false), row(false), row(true));
    for (String word : List.of("true", "y", "yes", "")) {
      assertThat(refused(source, "x\n\"" + word + "\"\n").reason())
          .isEqualTo("column 'x' (field 1) is not a BOOLEAN");
    }
    assertThat(read(source("x BOOLEAN").trueWords("on"), "x\non\nFALSE\n"))
        .containsExactly(row(true), row(false));
  }

  @Test
  void anotherQuoteAndNone() {
    assertThat(read(source("a STRING, b STRING").quote("'"), "a,b\n'x,''y',\"z\n"))
        .containsExactly(row("x,'y", "\"z"));
    assertThat(read(source("a STRING, b STRING").withoutQuotes(), "a,b\n5\" pipe,\"x\"\n"))
        .containsExactly(row("5\" pipe", "\"x\""));
  }

  @Test
  void escapedCharacters() {
    CsvSource source = source("a STRING, b STRING").escape("\\").nullWords("\\N");

    assertThat(
            read(
                source,
                "a,b\n\"x \\\"y\\\" \\\\\",p\\,q\nline\\\nend,\\N\n\"\\N\",\"d\"\"e\"\n"
                    .replace("\"\\N\"", "n")))
        .containsExactly(row("x \"y\" \\", "p,q"), row("line\nend", null), row("n", "d\"e"));
    assertThat(refused(source, "a,b\n1,x\\ny\n").reason())
        .isEqualTo(
            "column 'b' (field 2) can't be read: an escape stands before a character that needs"
                + " none");
    assertThat(refused(source, "a,b\n1,x\\").reason())
        .isEqualTo("an escape stands at the end of the file");
  }

  @Test
  void anEscapeIsACharacterLikeAnyOtherWhereNoneIsDeclared() {
    assertThat(read(source("a STRING, b STRING"), "a,b\nx\\ny,\"p\\\"\n"))
        .containsExactly(row("x\\ny", "p\\"));
  }

  @Test
  void commentsAndLinesBeforeTheHeader() {
    CsvSource source = source("a INT, b STRING").comments("#").skipLines(2);

    ReadRecords reader = ReadRecords.of(source.keepDefects());
    assertThat(
            reader.rows(
                "Report of \"March\n\n# made by hand, \"so\na,b\n1,x\n#2,y\n3,#z\nx,y\n"
                    .getBytes(UTF_8)))
        .extracting(row -> row.get(0), row -> row.get(1), row -> row.get(3), row -> row.get(4))
        .containsExactly(
            tuple(1, "x", 5L, null),
            tuple(3, "#z", 7L, null),
            tuple(null, null, 8L, "column 'a' (field 1) is not an INT"));
  }

  @Test
  void filesWithoutAHeader() {
    CsvSource source = source("a INT, b STRING").headerless();

    assertThat(read(source, "1,x\n\n2,y\n")).containsExactly(row(1, "x"), row(2, "y"));
    assertThat(read(source, "")).isEmpty();
    assertThat(refused(source, "1,x,y\n").reason())
        .isEqualTo("the record has 3 fields where 2 are declared");
    assertThat(refused(source, "1\n").reason())
        .isEqualTo("the record has 1 field where 2 are declared");
    assertThat(read(source.optional("b"), "1\n2,y\n")).containsExactly(row(1, null), row(2, "y"));
    assertThat(read(source("a INT").headerless(), "1\n\n"))
        .containsExactly(row(1), row((Object) null));
  }

  @Test
  void columnsByTheirPosition() {
    CsvSource source = source("id INT, name STRING").byPosition();

    assertThat(read(source, "Kunden-Nr.,Name\n1,x\n")).containsExactly(row(1, "x"));
    assertThat(read(source.optional("name"), "Kunden-Nr.\n1\n")).containsExactly(row(1, null));
    assertThat(refused(source, "Kunden-Nr.\n1\n").reason())
        .isEqualTo("the header has 1 column where 2 are declared; it has 'Kunden-Nr.'");
    // Which of them is new, nobody knows.
    assertThat(refused(source, "Kunden-Nr.,Ort,Name\n1,x,y\n").reason())
        .isEqualTo(
            "the header has 3 columns where 2 are declared; it has 'Kunden-Nr.', 'Ort', 'Name'");
  }

  @Test
  void anOptionalColumnIsNotOneThatIsWrittenInAnotherWay() {
    CsvSource source = source("id INT, note STRING").optional("note");

    assertThat(refused(source, "id,Note\n1,x\n"))
        .hasMessageContaining("the header has no column 'note', but 'Note'")
        .hasMessageContaining(".ignoreCase()");
    assertThat(refused(source, "id,note \n1,x\n")).hasMessageContaining("Declare .trimmed()");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.500", "00.123", "000.123", "-0.500", "0.000"})
  void aZeroBeginsNoThousands(String number) {
    CsvSource source =
        source("x DECIMAL(9,3)").delimiter(";").decimalSeparator(",").thousandsSeparator(".");

    assertThat(refused(source, "x\n" + number + "\n").reason())
        .isEqualTo("column 'x' (field 1) is not a DECIMAL(9,3)");
  }

  @Test
  void aFileThatEndsBeforeItsRecordsIsRefused() {
    CsvSource source = source("a INT").headerless().skipLines(3);

    assertThat(read(source, "x\ny\nz\n")).isEmpty();
    assertThat(refused(source, "x\n1\n").reason())
        .isEqualTo("the file ends within the lines before its records");
  }

  @Test
  void aByteOrderMarkInsideAFileIsADefect() {
    assertThat(refused(source("a STRING").headerless(), "x\n\uFEFFy\n").reason())
        .isEqualTo("a byte order mark stands inside the file");
    assertThat(read(source("a STRING").headerless(), "\uFEFFx\ny\uFEFF\n"))
        .containsExactly(row("x"), row("y\uFEFF"));
  }

  @Test
  void controlCharactersOfLatin1AreRatherWindows() {
    byte[] euro = "a\n1 €\n".getBytes(Charset.forName("windows-1252"));

    assertThat(refused(source("a STRING").encoding("ISO-8859-1"), euro).reason())
        .isEqualTo("it is not valid ISO-8859-1, but may be windows-1252");
    assertThat(refused(source("a STRING").encoding("ISO-8859-1"), euro))
        .hasMessageContaining("Declare .encoding(\"windows-1252\") if the file is in it");
    assertThat(ReadRecords.of(source("a STRING").encoding("windows-1252")).rows(euro))
        .containsExactly(row("1 €"));
  }

  @Test
  void aCommentMayBeIndentedWhereFieldsAreTrimmed() {
    assertThat(read(source("a STRING").trimmed().comments("#"), "a\n  # x\n y\n"))
        .containsExactly(row("y"));
  }

  @Test
  void whiteSpaceAroundFields() {
    CsvSource source = source("a INT, b STRING, c DATE").trimmed();

    assertThat(
            read(
                source,
                """
                 a ,"b"\t, c
                 1 , x y ,\" 2026-03-01 \"
                2,  \" x \"  ,\t
                  \s
                3,,2026-03-02
                """))
        .containsExactly(
            row(1, "x y", LocalDate.of(2026, 3, 1)),
            row(2, " x ", null),
            row(3, null, LocalDate.of(2026, 3, 2)));
    assertThat(refused(source("a INT"), "a\n 1\n").reason())
        .isEqualTo("column 'a' (field 1) is not an INT");
  }

  @Test
  void namesInAnotherCase() {
    CsvSource source = source("id INT, name STRING");

    assertThat(read(source.ignoreCase(), "ID,Name\n1,x\n")).containsExactly(row(1, "x"));
    assertThat(refused(source.ignoreCase(), "ID,Name,id\n1,x,2\n").reason())
        .isEqualTo("the header names column 'id' more than once");
    assertThat(refused(source, "ID,Name\n1,x\n").reason())
        .isEqualTo("the header has no column 'id', 'name'; it has 'ID', 'Name'");
  }

  @Test
  void columnsThatAreOptional() {
    CsvSource source = source("id INT, extra INT").optional("extra");

    assertThat(read(source, "id\n1\n")).containsExactly(row(1, null));
    assertThat(read(source, "extra,id\n2,1\n")).containsExactly(row(1, 2));
    assertThat(refused(source, "extra\n2\n").reason())
        .isEqualTo("the header has no column 'id'; it has 'extra'");
  }

  @Test
  void columnsThatAreNotDeclared() {
    String content = "id,a,b\n1,x,\n2,,\n3,\"y,z\",\"\"\n";
    CsvSource source = source("id INT");
    ReadRecords reader = ReadRecords.of(source);

    assertThat(reader.rows(content.getBytes(UTF_8))).containsExactly(row(1), row(2), row(3));
    assertThat(reader.unknownKeys()).containsExactly(Map.entry("a", 3L), Map.entry("b", 3L));
    assertThat(refused(source.refuseUnknownKeys(), content).reason())
        .isEqualTo("the header names columns that aren't declared: 'a', 'b'");
    assertThat(read(source.restInto("_rest"), content))
        .containsExactly(
            row(1, "{\"a\":\"x\"}"), row(2, null), row(3, "{\"a\":\"y,z\",\"b\":\"\"}"));
  }

  @Test
  void datesAndTimesInPatterns() {
    CsvSource source =
        source("day DATE, at TIMESTAMP, local TIMESTAMP_NTZ, other DATE")
            .dateFormat("dd.MM.yyyy")
            .dateFormat("yyyyMMdd", "other")
            .timestampFormat("d/M/yyyy HH:mm[:ss]");

    assertThat(
            read(
                source,
                "day,at,local,other\n01.03.2026,1/3/2026 12:30,31/12/2026 23:59:58,20260302\n"))
        .containsExactly(
            row(
                LocalDate.of(2026, 3, 1),
                Instant.parse("2026-03-01T12:30:00Z"),
                LocalDateTime.of(2026, 12, 31, 23, 59, 58),
                LocalDate.of(2026, 3, 2)));
    for (String day : List.of("2026-03-01", "30.02.2026", "1.3.2026", "01.03.26", "01.03.2026 ")) {
      assertThat(refused(source, "day,at,local,other\n" + day + ",,,\n").reason())
          .isEqualTo("column 'day' (field 1) is not a DATE");
    }
  }

  @Test
  void timesOfAZone() {
    CsvSource source =
        source("at TIMESTAMP").timestampFormat("dd.MM.yyyy HH:mm").zone("Europe/Berlin");

    assertThat(read(source, "at\n01.07.2026 12:00\n"))
        .containsExactly(row(Instant.parse("2026-07-01T10:00:00Z")));
    // Skipped in March, shown twice in October.
    for (String time : List.of("29.03.2026 02:30", "25.10.2026 02:30")) {
      assertThat(refused(source, "at\n" + time + "\n").reason())
          .isEqualTo("column 'at' (field 1) is not a TIMESTAMP");
    }
    CsvSource iso = source("at TIMESTAMP").zone("Asia/Seoul");
    assertThat(read(iso, "at\n2026-03-01T00:00:00\n2026-03-01T00:00:00Z\n2026-03-01 00:00+01:00\n"))
        .containsExactly(
            row(Instant.parse("2026-02-28T15:00:00Z")),
            row(Instant.parse("2026-03-01T00:00:00Z")),
            row(Instant.parse("2026-02-28T23:00:00Z")));
  }

  @Test
  void yearsOfTwoDigits() {
    CsvSource source = source("day DATE").dateFormat("dd/MM/yy").twoDigitYearsFrom(1970);

    assertThat(read(source, "day\n01/03/26\n01/03/70\n01/03/69\n"))
        .containsExactly(
            row(LocalDate.of(2026, 3, 1)),
            row(LocalDate.of(1970, 3, 1)),
            row(LocalDate.of(2069, 3, 1)));
    assertThat(refused(source, "day\n01/03/2026\n").reason())
        .isEqualTo("column 'day' (field 1) is not a DATE");
  }

  @Test
  void timesAsNumbersSince1970() {
    String time = "2026-03-01T12:00:00.123Z";
    assertThat(read(source("at TIMESTAMP").epochMillis(), "at\n1772366400123\n"))
        .containsExactly(row(Instant.parse(time)));
    assertThat(read(source("at TIMESTAMP").epochSeconds("at"), "at\n1772366400.123\n-1\n"))
        .containsExactly(row(Instant.parse(time)), row(Instant.ofEpochSecond(-1)));
    assertThat(read(source("at TIMESTAMP").epochMicros(), "at\n1772366400123000\n"))
        .containsExactly(row(Instant.parse(time)));
    assertThat(read(source("at TIMESTAMP").epochNanos(), "at\n1772366400123000000\n"))
        .containsExactly(row(Instant.parse(time)));
    UnaryOperator<String> reason =
        number -> refused(source("at TIMESTAMP").epochNanos(), "at\n" + number + "\n").reason();
    for (String number : List.of("1", "1772366400123000001", "2026-03-01", "1e99", "0x1", " 1")) {
      assertThat(reason.apply(number)).isEqualTo("column 'at' (field 1) is not a TIMESTAMP");
    }
    // Milliseconds, read as seconds, are the year 58134.
    assertThat(refused(source("at TIMESTAMP").epochSeconds(), "at\n1772366400123\n").reason())
        .isEqualTo("column 'at' (field 1) is not a TIMESTAMP");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UTF-16",
        "UTF-16LE",
        "UTF-16BE",
        "UTF-32",
        "ISO-8859-1",
        "windows-1252",
        "IBM850"
      })
  void anyEncoding(String name) {
    Charset charset = Charset.forName(name);
    byte[] content = "id,name\n1,Müller\n2,\"x\ny\"\n".getBytes(charset);
    if (name.equals("UTF-32")) {
      // Java writes no mark.
      content = ("\uFEFF" + "id,name\n1,Müller\n2,\"x\ny\"\n").getBytes(charset);
    }

    assertThat(ReadRecords.of(source("id INT, name STRING").encoding(name)).rows(content))
        .containsExactly(row(1, "Müller"), row(2, "x\ny"));
  }

  @Test
  void aMarkTellsAnEncodingThatIsNotTheDeclaredOne() {
    byte[] utf16 = "\uFEFFid\n1\n".getBytes(Charset.forName("UTF-16LE"));

    assertThat(refused(source("id INT"), utf16))
        .hasMessageContaining("it begins with the byte order mark of UTF-16LE")
        .hasMessageContaining("Declare .encoding(\"UTF-16\")");
    assertThat(refused(source("id INT").encoding("UTF-16BE"), utf16))
        .hasMessageContaining("it begins with the byte order mark of UTF-16LE");
    assertThat(refused(source("id INT"), "id\n1\n".getBytes(Charset.forName("UTF-16LE"))))
        .hasMessageContaining("every second byte at its beginning is zero, as in UTF-16LE");
    assertThat(refused(source("id INT").encoding("UTF-16"), "id\n1\n".getBytes(UTF_8)))
        .hasMessageContaining("it has no byte order mark");
    assertThat(refused(source("id INT").encoding("ISO-8859-1"), "\uFEFFid\n1\n".getBytes(UTF_8)))
        .hasMessageContaining("it begins with the byte order mark of UTF-8");
  }

  /** Bytes of one of these encodings are characters of most others, too. */
  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource({
    "UTF-16LE, UTF-8, 'id,name\n', every second byte at its beginning is zero",
    "UTF-16BE, UTF-8, 'id,name\n', every second byte at its beginning is zero",
    "UTF-32LE, UTF-8, 'id,name\n', three of four bytes at its beginning are zero",
    "UTF-32BE, UTF-8, 'id,name\n', three of four bytes at its beginning are zero",
    "UTF-16LE, UTF-8, 'имя,адрес\n', every second byte at its beginning is near zero",
    "UTF-16BE, UTF-8, 'όνομα,πόλη\n', every second byte at its beginning is near zero",
    "UTF-16LE, windows-1252, 'id,name\n', every second byte at its beginning is zero",
    "UTF-16LE, UTF-16BE, 'id,name\n', every second byte at its beginning is zero",
    "UTF-16BE, UTF-16LE, 'id,name\n', every second byte at its beginning is zero",
  })
  void encodingsOfSeveralBytesAreGuessed(
      String written, String declared, String content, String sign) {
    byte[] bytes = content.getBytes(Charset.forName(written));

    assertThat(refused(source("value STRING").headerless().encoding(declared), bytes))
        .hasMessageContaining(sign + ", as in " + written)
        .hasMessageContaining("Declare .encoding(\"" + written + "\")");
    assertThat(
            ReadRecords.of(source("value STRING").headerless().delimiter(";").encoding(written))
                .rows(bytes))
        .containsExactly(row(content.strip()));
  }

  /** The character 4E00 has a byte in another place that is zero. */
  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "x-UTF-16LE-BOM"})
  void zerosOfAnotherEncodingTellNothingBesideThoseOfItsOwn(String encoding) {
    CsvSource source = source("value STRING").headerless().encoding(encoding);
    Charset charset = Charset.forName(encoding.contains("LE") ? "UTF-16LE" : "UTF-16BE");

    for (String text : List.of("一一", "ab")) {
      assertThat(ReadRecords.of(source).rows((text + "\n").getBytes(charset)))
          .containsExactly(row(text));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void anEncodingOfSeveralBytesIsNotThatOfAFileOfSingleBytes(String declared) {
    CsvSource source = source("value STRING").headerless().encoding(declared);

    for (String content : List.of("ab,c\n1,22\n", "Größe\n1\n")) {
      for (Charset charset : List.of(UTF_8, Charset.forName("windows-1252"))) {
        assertThat(refused(source, content.getBytes(charset)))
            .hasMessageContaining("no byte at its beginning is zero, as one is at each line end")
            .hasMessageContaining("Leave out .encoding(…) if the file is in UTF-8");
      }
    }
    assertThat(refused(source("id INT").encoding("UTF-16"), "id\n1\n".getBytes(UTF_8)))
        .hasMessageContaining("it has no byte order mark")
        .hasMessageContaining("Leave out .encoding(…) if the file is in UTF-8");
    assertThat(
            refused(
                source("id INT").encoding("UTF-16"), "id\n".getBytes(Charset.forName("UTF-16BE"))))
        .hasMessageContaining("Declare .encoding(\"UTF-16BE\")");
    assertThat(ReadRecords.of(source).rows("漢字\n".repeat(99).getBytes(Charset.forName(declared))))
        .hasSize(99);
  }

  /** Where a file isn't UTF-8, the character is shown that a byte may be. */
  @Test
  void anEncodingOfSingleBytesIsGuessed() {
    CsvSource source = source("id INT, name STRING");
    Charset windows = Charset.forName("windows-1252");

    assertThat(refused(source, "id,name\n1,x\n2,Müller\n".getBytes(windows)))
        .hasMessageContaining("Cannot read line 3 of")
        .hasMessageContaining("it is not valid UTF-8; its byte 0xFC may be 'ü' in windows-1252.")
        .hasMessageContaining(
            "Declare .encoding(\"windows-1252\") if the file is in it, or else correct the file."
                + " malformed")
        .hasMessageNotContaining("Müller");
    for (String text :
        List.of(
            "id,größe\n",
            "id,name\n1,5 €\n",
            "id,name\n1,it’s\n",
            "id,name\n1,\"a\u00a0b\"\n",
            "id,name\n1,«\u00a0Élève\u00a0»\n",
            "id,name\n1,50\u00b0 – 60\u00b0\n")) {
      assertThat(refused(source, text.getBytes(windows)).reason())
          .as(text)
          .matches("(?s)it is not valid UTF-8; its byte 0x.. may be .* in windows-1252");
    }
  }

  /** Of other bytes nothing is known but that they aren't UTF-8. */
  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource({
    "windows-1251, Иванов",
    "ISO-8859-7, Αθήνα",
    "Shift_JIS, 東京都庁",
    "GB18030, 上海市政府",
    "IBM850, Mädchen",
  })
  void noWesternEncodingIsGuessedOfOthers(String charset, String name) {
    byte[] content = ("id,name\n1," + name + "\n").getBytes(Charset.forName(charset));

    assertThat(refused(source("id INT, name STRING"), content))
        .hasMessageContaining("it is not valid UTF-8. Declared")
        .hasMessageContaining("Declare the .encoding(…) that the file is in");
  }

  /** Where a field is cut within a character, or lines of two files were joined. */
  @Test
  void aFileThatIsUtf8ElsewhereIsInNoOtherEncoding() {
    byte[] content = "id,name\n1,Müller\n2,M\u00ffller\n".getBytes(UTF_8);
    content["id,name\n1,Müller\n2,M".getBytes(UTF_8).length] = (byte) 0xfc;
    content["id,name\n1,Müller\n2,M".getBytes(UTF_8).length + 1] = 'u';

    MalformedInputException refused = refused(source("id INT, name STRING"), content);
    assertThat(refused.line()).isEqualTo(3);
    assertThat(refused.reason())
        .isEqualTo("it is not valid UTF-8, but other characters of the file are");
    assertThat(refused).hasMessageContaining("Correct the file, or keep defective records apart");
  }

  @Test
  void bytesThatAreNoTextAreRefusedWithTheirLine() {
    byte[] undefined = "name\nx\ny\u0081\n".getBytes(Charset.forName("ISO-8859-1"));

    MalformedInputException refused =
        refused(source("name STRING").encoding("windows-1252"), undefined);
    assertThat(refused.line()).isEqualTo(3);
    assertThat(refused.reason()).isEqualTo("it is not valid windows-1252");
    assertThat(refused).hasMessageContaining("Declare the .encoding(…) that the file is in");
  }

  /** Each byte of UTF-8 is a character of an encoding of single bytes, too. */
  @Test
  void utf8ThatIsDeclaredToBeAnotherEncodingIsRefused() {
    byte[] content = "name\nMüller\n".getBytes(UTF_8);

    assertThat(refused(source("name STRING").encoding("ISO-8859-1"), content))
        .hasMessageContaining(
            "all of its text that is not ASCII is UTF-8, where ISO-8859-1 is declared");
    assertThat(
            ReadRecords.of(source("name STRING").encoding("ISO-8859-1"))
                .rows("name\nx\n".getBytes(UTF_8)))
        .containsExactly(row("x"));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "INT           | ~ 001 ~          | trimmed()",
        "INT           | ~\"\"~             | nullWords(\"\")",
        "INT           | NA               | nullWords(…)",
        "DATE          | -                | nullWords(…)",
        "INT           | \"19,582\"         | thousandsSeparator(…)",
        "DECIMAL(12,2) | \"1.234,50\"       | thousandsSeparator(…)",
        "DOUBLE        | \"12,5\"           | decimalSeparator(\",\")",
        "INT           | 66.0             | it DECIMAL(19,0)",
        "BOOLEAN       | Y                | trueWords(…)",
        "DATE          | 3/8/1971         | dateFormat(…)",
        "TIMESTAMP     | 3/3/13 21:53     | timestampFormat(…)",
        "TIMESTAMP     | 1772323200       | epochSeconds()",
        "STRING        | 12\" pipe         | withoutQuotes()",
      })
  void messagesGuessHowAFieldIsWritten(String type, String field, String method) {
    assertThat(refused(source("id INT, v " + type), "id,v\n1," + field + "\n"))
        .hasMessageContaining(" Declare ")
        .hasMessageContaining(method)
        .hasMessageContaining("lse correct the file");
  }

  @Test
  void aFieldThatNothingExplainsIsToBeCorrected() {
    assertThat(refused(source("id INT"), "id\n12345678901\n"))
        .hasMessageContaining("Correct the file");
  }

  @Test
  void aHeaderIsNoRecord() {
    CsvSource source = source("name STRING, city STRING").headerless();

    assertThat(refused(source, "Name,City\nx,y\n"))
        .hasMessageContaining("the record names all columns, as a header does")
        .hasMessageContaining("eave out .headerless()");
    assertThat(read(source, "x,y\nname,city\n"))
        .containsExactly(row("x", "y"), row("name", "city"));
    assertThat(read(source("word STRING").headerless(), "word\nother\n")).hasSize(2);
  }

  /** Their bytes could be western text, too: so few say nothing. */
  @Test
  void aFewCharactersOfAWideEncodingAreRead() {
    CsvSource source = source("name STRING").headerless().encoding("UTF-16LE");

    assertThat(ReadRecords.of(source).rows("你好".getBytes(Charset.forName("UTF-16LE"))))
        .containsExactly(row("你好"));
  }

  /** One line too many was skipped, for example. */
  @Test
  void aRecordIsNoHeaderOfWhichNoNameIsTaken() {
    CsvSource source = source("name STRING, id INT, day DATE").byPosition();

    assertThat(refused(source, "x,1,2026-03-01\ny,2,2026-03-02\n"))
        .hasMessageContaining("the header holds values of all columns, as a record does")
        .hasMessageContaining("skipLines(…)");
    assertThat(read(source, "x,1,day\ny,2,2026-03-02\n")).hasSize(1);
    assertThat(read(source, "x,,\ny,2,2026-03-02\n")).hasSize(1);
    assertThat(read(source("product STRING, y INT").byPosition(), "Product,2024\nx,5\n"))
        .containsExactly(row("x", 5));
    assertThat(read(source("a STRING, b STRING").byPosition(), "x,y\nz,w\n"))
        .containsExactly(row("z", "w"));
  }

  @Test
  void messagesGuessWhatIsNotDeclared() {
    CsvSource source = source("id INT, name STRING");

    assertThat(refused(source, "id;name\n1;x\n"))
        .hasMessageContaining("it has 'id;name'")
        .hasMessageContaining("Declare .delimiter(\";\")");
    assertThat(refused(source, "id\tname\n1\tx\n")).hasMessageContaining(".delimiter(\"\\t\")");
    assertThat(refused(source, "ID,NAME\n1,x\n")).hasMessageContaining("declare .ignoreCase()");
    assertThat(refused(source, "id, name\n1, x\n")).hasMessageContaining("Declare .trimmed()");
    assertThat(refused(source, "'id','name'\n1,x\n")).hasMessageContaining(".quote(\"'\")");
    assertThat(refused(source, "# made by hand\nid,name\n1,x\n"))
        .hasMessageContaining("Declare .comments(\"#\")");
    assertThat(refused(source, "1,Jane\n2,Joe\n"))
        .hasMessageContaining("its first line has 2 fields that look like values")
        .hasMessageContaining("Declare .headerless()")
        .hasMessageNotContaining("Jane");
    assertThat(refused(source, "Nummer,Name\n1,x\n")).hasMessageContaining("declare .byPosition()");
    assertThat(refused(source, "Report\nid,name\n1,x\n")).hasMessageContaining(".skipLines(…)");
  }

  /** A quote that ends a field stands before the delimiter. */
  @Test
  void theDelimiterOfQuotedNamesIsGuessed() {
    assertThat(refused(source("id INT, name STRING"), "\"id\";\"name\"\n1;x\n"))
        .hasMessageContaining("text follows a closing quote; it has '\"id\";\"name\"'")
        .hasMessageContaining("Declare .delimiter(\";\")");
    assertThat(refused(source("id INT, name STRING"), "\"id\" x,name\n1,x\n").reason())
        .isEqualTo("text follows a closing quote");
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource({"';', ;", "'\t', \\t", "|, |", "'\u0001', \\u0001"})
  void theDelimiterIsGuessedWhereNamesDoNotCount(String delimiter, String shown) {
    String header = "Kunden-Nr." + delimiter + "Name\n1" + delimiter + "x\n";

    assertThat(refused(source("id INT, name STRING").byPosition(), header))
        .hasMessageContaining("the header has 1 column where 2 are declared; it has 'Kunden-Nr.")
        .hasMessageContaining("Declare .delimiter(\"" + shown + "\"), or correct the file.");
  }

  /** The first line holds values, which are not shown. */
  @Test
  void theDelimiterOfFilesWithoutAHeaderIsGuessed() {
    CsvSource source = source("id INT, name STRING").headerless();

    assertThat(refused(source, "1;Jane\n"))
        .hasMessageContaining(
            "the record has 1 field where 2 are declared; divided at ';' it has 2 fields.")
        .hasMessageContaining("Declare .delimiter(\";\"), or correct the file.")
        .hasMessageNotContaining("Jane");
    assertThat(refused(source, "1\tJane\n")).hasMessageContaining(".delimiter(\"\\t\")");
    assertThat(refused(source, "\"1\" x,2\n").reason()).isEqualTo("text follows a closing quote");
    assertThat(refused(source, "\"1\";\"Jane\"\n"))
        .hasMessageContaining("text follows a closing quote; divided at ';' it has 2 fields.");
    assertThat(refused(source("a DOUBLE, b DOUBLE").headerless(), "1,5;2,5\n"))
        .hasMessageContaining("the record has 3 fields where 2 are declared; divided at ';'");
    assertThat(refused(source("a DOUBLE, b DOUBLE").headerless().delimiter(";"), "1,5\n"))
        .hasMessageContaining(".delimiter(\",\")");
    assertThat(refused(source("a INT, b INT, c INT").headerless().optional("b", "c"), "1;2\n"))
        .hasMessageContaining("column 'a' (field 1) is not an INT; divided at ';' it has 2");
    // Where others fitted, another delimiter isn't the reason, and one column has none.
    assertThat(refused(source, "1,x\n2;y\n").reason())
        .isEqualTo("the record has 1 field where 2 are declared");
    assertThat(refused(source("a INT").headerless(), "1,2\n").reason())
        .isEqualTo("the record has 2 fields where 1 is declared");
  }

  @Test
  void aHeaderThatIsTakenForARecordIsNamed() {
    assertThat(refused(source("id INT, name STRING").headerless(), "ID,name\n1,x\n"))
        .hasMessageContaining("column 'id' (field 1) is not an INT; the record names column 'id'.")
        .hasMessageContaining("Leave out .headerless() if the file has a header");
  }

  /** The kinds of files by which CSV readers are commonly tried. */
  @ParameterizedTest
  @MethodSource("kinds")
  void filesOfEveryKind(Kind kind) {
    assertThat(read(source(kind.schema()), kind.content())).isEqualTo(kind.rows());
    assertThat(read(source(kind.schema()), kind.content().replace("\n", "\r\n")))
        .isEqualTo(kind.rowsWithWindowsLineEnds());
  }

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind(
            "comma_in_quotes",
            "name STRING, town STRING",
            "name,town\nMori,\"Busan, Korea\"\n",
            List.of(row("Mori", "Busan, Korea"))),
        new Kind(
            "empty",
            "a INT, b STRING, c STRING",
            "a,b,c\n1,\"\",\"\"\n2,\"x\",\"\"\n",
            List.of(row(1, "", ""), row(2, "x", ""))),
        new Kind(
            "escaped_quotes",
            "a INT, b STRING",
            "a,b\n1,\"the \"\"gate\"\"\"\n2,\"\"\"\"\n",
            List.of(row(1, "the \"gate\""), row(2, "\""))),
        new Kind(
            "json",
            "key INT, val STRING",
            "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [102.0, 0.5]}\"\n",
            List.of(row(1, "{\"type\": \"Point\", \"at\": [102.0, 0.5]}"))),
        new Kind(
            "location_coordinates",
            "place STRING, at STRING",
            "place,at\nport,\"35°06′N 129°02′E\"\n",
            List.of(row("port", "35°06′N 129°02′E"))),
        new Kind(
            "newlines",
            "a INT, b STRING",
            "a,b\n1,\"x\ny\"\n2,\"\n\"\n",
            List.of(row(1, "x\ny"), row(2, "\n"))),
        new Kind(
            "quotes_and_newlines",
            "a INT, b STRING",
            "a,b\n1,\"x \n\"\"y\"\"\n\"\n",
            List.of(row(1, "x \n\"y\"\n"))),
        new Kind("simple", "a INT, b INT", "a,b\n1,2\n", List.of(row(1, 2))),
        new Kind("utf8", "a INT, b STRING", "a,b\n1,ʤ물😀\n", List.of(row(1, "ʤ물😀"))));
  }

  /** One of those files, with ends of lines as Unix has them. */
  record Kind(String name, String schema, String content, List<List<Object>> rows) {
    List<List<Object>> rowsWithWindowsLineEnds() {
      return rows.stream()
          .map(row -> row.stream().map(Kind::withWindowsLineEnds).toList())
          .toList();
    }

    private static Object withWindowsLineEnds(Object value) {
      return value instanceof String text ? text.replace("\n", "\r\n") : value;
    }
  }
}
