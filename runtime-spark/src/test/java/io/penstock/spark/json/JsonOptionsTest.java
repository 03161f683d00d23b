package io.penstock.spark.json;

import static io.penstock.dsl.Penstock.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.spark.records.MalformedInputException;
import io.penstock.spark.records.ReadRecords;
import io.penstock.spec.JsonSource;
import io.penstock.spec.JsonSource.Layout;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a source says of its objects is what is read, and nothing else is. */
class JsonOptionsTest {
  private static JsonSource source(String schema) {
    return json("arrivals/x").schema(schema);
  }

  private static List<List<Object>> read(JsonSource source, String content) {
    return ReadRecords.of(source).rows(content.getBytes(UTF_8));
  }

  private static String refused(JsonSource source, String content) {
    return malformed(source, content.getBytes(UTF_8)).reason();
  }

  private static MalformedInputException malformed(JsonSource source, byte[] content) {
    MalformedInputException refused =
        catchThrowableOfType(
            MalformedInputException.class, () -> ReadRecords.of(source).rows(content));
    assertThat(refused).as("what was read is refused").isNotNull();
    return refused;
  }

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  @Test
  void keysThatAreNotDeclaredAreCounted() {
    ReadRecords reader = ReadRecords.of(source("id INT, size STRUCT<w: INT>"));

    assertThat(
            reader.rows(
                "{\"id\":1,\"a\":2,\"size\":{\"w\":1,\"h\":2}}\n{\"id\":2,\"a\":[{\"b\":1}]}\n"
                    .getBytes(UTF_8)))
        .hasSize(2);
    assertThat(reader.unknownKeys()).containsExactly(Map.entry("a", 2L), Map.entry("size.h", 1L));
  }

  /** They become a line of the account for people, and a part of the result. */
  @Test
  void keysAreCountedByNamesThatCanBePrinted() {
    ReadRecords reader = ReadRecords.of(source("id INT"));
    String longest = "x".repeat(200);
    String line = "{\"id\":1,\"a\\nb\\u001b[2J\":2,\"%1$s1\":3,\"%1$s\":4}\n".formatted(longest);

    reader.rows((line + line).getBytes(UTF_8));

    assertThat(reader.unknownKeys())
        .containsOnly(
            Map.entry("a\\u000ab\\u001b[2J", 2L),
            Map.entry(longest + "…", 2L),
            Map.entry(longest, 2L));
  }

  @Test
  void keysBelowArraysAndMapsAreCountedToo() {
    ReadRecords reader =
        ReadRecords.of(source("a ARRAY<STRUCT<x: INT>>, m MAP<STRING, STRUCT<x: INT>>"));

    reader.rows(
        "{\"a\":[{\"x\":1,\"y\":2},{\"x\":1,\"y\":2}],\"m\":{\"k\":{\"x\":1,\"z\":2}}}"
            .getBytes(UTF_8));
    assertThat(reader.unknownKeys()).containsExactly(Map.entry("a.y", 2L), Map.entry("m.z", 1L));
  }

  /** An object that isn't whole in the buffer, or can't be parsed, is read twice. */
  @Test
  void keysOfObjectsThatAreReadTwiceCountOnce() {
    JsonSource source = source("id INT, a ARRAY<STRUCT<x: INT>>").multiLine().keepDefects();
    StringBuilder array = new StringBuilder("[");
    for (int i = 0; i < 2_000; i++) {
      // Many names, more than are remembered, and now and then an object of another size.
      String text = "v".repeat(i % 500 == 499 ? 300_000 : 40);
      array.append(
          "{\"id\":%1$s,\"k%2$s\":\"%3$s\",\"u\":1,\"a\":[{\"x\":1,\"y\":\"}\"},{\"y\":\"é\"}]},\n"
              .formatted(i, i % 7, text));
    }
    ReadRecords whole = ReadRecords.of(source);
    ReadRecords broken = ReadRecords.of(source);

    List<List<Object>> rows = whole.rows((array + "{\"id\":1,\"a\":[]}]").getBytes(UTF_8));
    broken.rows((array + "{\"id\":1,\"u\":1,\"a\":[tru]}]").getBytes(UTF_8));

    assertThat(rows).hasSize(2_001).allSatisfy(row -> assertThat(row.get(4)).isNull());
    assertThat(whole.unknownKeys())
        .containsEntry("u", 2_000L)
        .containsEntry("a.y", 4_000L)
        .containsEntry("k0", 286L)
        .containsEntry("k6", 285L);
    assertThat(broken.unknownKeys()).containsEntry("u", 2_001L).containsEntry("a.y", 4_000L);
    ReadRecords small = ReadRecords.of(source);
    small.rows("[{\"id\":1,\"u\":1,\"a\":[]},{\"id\":1,\"u\":1,\"a\":[tru]}]".getBytes(UTF_8));
    assertThat(small.unknownKeys()).containsExactly(Map.entry("u", 2L));
  }

  @Test
  void keysThatAreNotDeclaredAreRefused() {
    JsonSource source = source("id INT, size STRUCT<w: INT>").refuseUnknownKeys();

    assertThat(read(source, "{\"id\":1,\"size\":{\"w\":1}}")).hasSize(1);
    assertThat(refused(source, "{\"id\":1,\"a\":2,\"size\":{\"w\":1}}"))
        .isEqualTo("its key 'a' isn't declared");
    assertThat(refused(source, "{\"id\":1,\"size\":{\"h\":2,\"w\":1}}"))
        .isEqualTo("its key 'size.h' isn't declared");
  }

  @Test
  void oneColumnTakesTheKeysThatAreNotDeclared() {
    JsonSource source = source("id INT").restInto("_rest");

    assertThat(
            read(
                source,
                """
                {"a":12.50,"id":1,"b":{"c":[null,"x\\u00e9"]},"d":null}
                {"id":2}
                """))
        .containsExactly(
            row(1, "{\"a\":12.50,\"b\":{\"c\":[null,\"xé\"]},\"d\":null}"), row(2, null));
    assertThat(refused(source, "{\"id\":1,\"a\":1,\"a\":2}"))
        .isEqualTo("a key is used twice in one object");
    assertThat(refused(source, "{\"id\":1,\"a\":\"\\ud800\"}")).contains("surrogate");
  }

  @Test
  void columnsThatAreOptional() {
    JsonSource source = source("id INT, extra INT, size STRUCT<w: INT, h: INT>");

    assertThat(refused(source, "{\"id\":1,\"size\":{\"w\":1}}"))
        .isEqualTo("no object of the file has the key 'extra', 'size.h'");
    JsonSource lenient = source.optional("extra", "size.h");
    assertThat(read(lenient, "{\"id\":1,\"size\":{\"w\":1}}")).hasSize(1);
    assertThat(refused(lenient, "{\"id\":1}"))
        .isEqualTo("no object of the file has the key 'size'");
  }

  @Test
  void keysInAnotherCase() {
    JsonSource source = source("id INT, size STRUCT<w: INT>");

    assertThat(refused(source, "{\"ID\":1,\"size\":{\"w\":1}}"))
        .isEqualTo("column 'id' is absent, and there is a key 'ID'");
    assertThat(read(source.ignoreCase(), "{\"ID\":1,\"Size\":{\"W\":1}}"))
        .extracting(row -> row.get(0))
        .containsExactly(1);
    assertThat(refused(source.ignoreCase(), "{\"ID\":1,\"id\":2,\"size\":{\"w\":1}}"))
        .isEqualTo("a key is used twice in one object");
    assertThat(refused(source("n INT, id INT").optional("id"), "{\"n\":1,\"ID\":2}"))
        .isEqualTo("column 'id' is absent, and there is a key 'ID'");
  }

  @Test
  void timesAsNumbersAndInPatterns() {
    JsonSource source =
        source("at TIMESTAMP, day DATE, of STRUCT<at: TIMESTAMP>, all ARRAY<TIMESTAMP>")
            .epochMillis("at", "all")
            .epochSeconds("of.at")
            .dateFormat("dd.MM.yyyy");

    List<List<Object>> rows =
        read(
            source,
            "{\"at\":1772366400123,\"day\":\"01.03.2026\",\"of\":{\"at\":\"1772366400\"},\"all\":[1.772366400123E12]}");
    assertThat(rows.get(0).get(0)).isEqualTo(Instant.parse("2026-03-01T12:00:00.123Z"));
    assertThat(rows.get(0).get(1)).isEqualTo(LocalDate.of(2026, 3, 1));
    assertThat(refused(source, "{\"at\":\"2026-03-01T12:00:00Z\"}"))
        .isEqualTo("column 'at' is not a TIMESTAMP");
    assertThat(refused(source, "{\"day\":20260301}")).isEqualTo("column 'day' is not a DATE");
  }

  @Test
  void wordsAndNumbersInStrings() {
    JsonSource source =
        source("paid BOOLEAN, price DECIMAL(9,2), note STRING, n INT")
            .trueWords("Y", "1")
            .falseWords("N", "0")
            .nullWords("NA")
            .decimalSeparator(",")
            .thousandsSeparator(".");

    assertThat(
            read(
                source,
                """
                {"paid":"Y","price":"1.234,50","note":"NA","n":"NA"}
                {"paid":0,"price":12.5,"note":"x","n":"1.000"}
                {"paid":true,"price":null,"note":"","n":7}
                """))
        .containsExactly(
            row(true, new BigDecimal("1234.50"), null, null),
            row(false, new BigDecimal("12.50"), "x", 1000),
            row(true, null, "", 7));
    assertThat(refused(source, "{\"price\":\"12.5\"}"))
        .isEqualTo("column 'price' is not a DECIMAL(9,2)");
    assertThat(refused(source, "{\"paid\":\"true\"}")).isEqualTo("column 'paid' is not a BOOLEAN");
    assertThat(refused(source("n INT NOT NULL").nullWords("NA"), "{\"n\":\"NA\"}"))
        .isEqualTo("column 'n' has no value and is declared NOT NULL");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32LE", "windows-1252", "IBM850", "GB18030"})
  void anotherEncoding(String name) {
    JsonSource source = source("name STRING").encoding(name);
    Charset charset = Charset.forName(name);

    assertThat(ReadRecords.of(source).rows("{\"name\":\"Müller\"}\n".getBytes(charset)))
        .containsExactly(row("Müller"));
    assertThat(
            ReadRecords.of(source.multiLine())
                .rows("[{\"name\":\n\"Müller\"}\n, {\"name\":\"é\"}]".getBytes(charset)))
        .containsExactly(row("Müller"), row("é"));
  }

  @Test
  void anEncodingIsGuessed() {
    String content = "{\"name\":\n\"Müller\"}\n";
    JsonSource source = source("name STRING");

    for (JsonSource each : List.of(source, source.multiLine())) {
      String text = each.layout() == Layout.LINES ? content.replace("\n", "") : content;
      assertThat(malformed(each, text.getBytes(Charset.forName("windows-1252"))))
          .hasMessageContaining(
              "Cannot read line 1 of lake/arrivals/x/a.csv: it is not valid UTF-8; its byte 0xFC"
                  + " may be 'ü' in windows-1252.")
          .hasMessageContaining("Declare .encoding(\"windows-1252\") if the file is in it");
      assertThat(malformed(each, text.getBytes(Charset.forName("UTF-16BE"))))
          .hasMessageContaining("Declare .encoding(\"UTF-16BE\")");
      assertThat(malformed(each.encoding("UTF-16LE"), text.getBytes(UTF_8)))
          .hasMessageContaining("no byte at its beginning is zero");
    }
    assertThat(
            malformed(source.encoding("windows-1252"), content.replace("\n", "").getBytes(UTF_8)))
        .hasMessageContaining("all of its text that is not ASCII is UTF-8");
  }
}
