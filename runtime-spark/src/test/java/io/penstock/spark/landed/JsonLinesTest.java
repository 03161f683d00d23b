package io.penstock.spark.landed;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.plan.Problem;
import io.penstock.spark.testing.EngineLake;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A line of JSON is read completely, or the run fails and names it. */
@Tag("spark")
final class JsonLinesTest {
  private static final AtomicInteger FOLDERS = new AtomicInteger();

  @TempDir private static Path directory;
  private static EngineLake lake;

  @BeforeAll
  static void open() {
    lake = new EngineLake(directory);
  }

  private static Rows lines(String second) {
    String folder = "in/" + FOLDERS.incrementAndGet();
    lake.file(folder + "/a.json", "{\"a\": 1, \"s\": \"x\"}\n" + second + "\n");
    return read(json(folder).schema("a INT, s STRING"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 2}{\"a\": 3}",
        "{\"a\": 2} {\"a\": 3}",
        "{\"a\": 2},{\"a\": 3}",
        "{\"a\": 2}garbage",
        "{\"a\": 2}}",
        "{\"a\": 2}]",
        "{\"a\": 2} 3",
      })
  void textAfterAnObjectIsRefused(String line) {
    assertRefused(line, "text follows its JSON object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"a\": 2, \"a\": 3}", "{\"a\": 2, \"x\": {\"b\": 1, \"b\": 2}}"})
  void duplicateKeysAreRefused(String line) {
    assertRefused(line, "a key is used twice in one object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "null {\"a\": 3}", "7", "\"x\"", "a,s"})
  void whatIsNoObjectIsRefused(String line) {
    assertRefused(line, "it is not a JSON object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "{\"a\": 2", "{\"a\": 2, \"s\": \"x", "{\"a\": 2, \"b\": {\"c\": [1"})
  void anObjectThatGoesOnBehindTheLineIsRefused(String line) {
    assertRefused(line, "its JSON object is not closed");
  }

  private static void assertRefused(String line, String reason) {
    for (Rows rows :
        new Rows[] {lines(line), lines(line).where("a = 7"), lines(line).select("'x' AS x")}) {
      Failure failure =
          lake.run(rows.to(delta("mart/out-" + FOLDERS.incrementAndGet()).overwrite()))
              .failure()
              .orElseThrow();

      assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.DATA);
      assertThat(failure.message()).contains("line 2 of", "a.json", reason);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\ud83d", "\\ude00", "\\ude00\\ud83d", "x\\ud83dx"})
  void halfASurrogatePairIsRefused(String text) {
    Failure failure =
        lake.run(
                lines("{\"s\": \"" + text + "\"}")
                    .to(delta("mart/half-" + FOLDERS.incrementAndGet()).overwrite()))
            .failure()
            .orElseThrow();

    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("line 2 of", "column 's' holds half a surrogate pair");
  }

  @Test
  void halfASurrogatePairInAKeyIsRefused() {
    lake.file("in/keys/a.json", "{\"m\": {\"\\ud83d\": 1, \"\\ude00\": 2}}\n");

    Failure failure =
        lake.run(
                read(json("in/keys").schema("m MAP<STRING, INT>"))
                    .to(delta("mart/keys").overwrite()))
            .failure()
            .orElseThrow();

    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("line 1 of", "it is not valid JSON");
  }

  /** Each character is a byte: of another encoding, truncated, overlong, or of half a pair. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "M\u00fcller",
        "x\u00c3",
        "\u00c0\u00af",
        "\u00e0\u0080\u00af",
        "\u00ed\u00a0\u00bd\u00ed\u00b8\u0080",
        "\u00f5\u0080\u0080\u0080",
        "\u00ff",
      })
  void bytesThatAreNotUtf8AreRefusedWithTheirLine(String bytes) throws IOException {
    assertNotUtf8("{\"s\": \"" + bytes + "\"}");
  }

  @Test
  void bytesOfUnreadFieldsAreCheckedToo() throws IOException {
    assertNotUtf8("{\"a\": 2, \"other\": [\"\u00c0\u00af\"]}");
    assertNotUtf8("{\"a\": 2, \"\u00c0\u00af\": 3}");
  }

  private static void assertNotUtf8(String line) throws IOException {
    Rows rows = lines(line);
    Path file = lake.path("in/" + FOLDERS.get() + "/a.json");
    Files.write(file, Files.readString(file).getBytes(StandardCharsets.ISO_8859_1));

    Failure failure =
        lake.run(rows.to(delta("mart/bytes-" + FOLDERS.incrementAndGet()).overwrite()))
            .failure()
            .orElseThrow();

    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("line 2 of", "a.json", "not valid UTF-8");
  }

  @Test
  void aByteOrderMarkIsAccepted() {
    lake.file("in/marked/a.json", "\uFEFF{\"a\": 1}\n{\"a\": \"x\"}\n");

    Failure failure =
        lake.run(read(json("in/marked").schema("a INT")).to(delta("mart/marked").overwrite()))
            .failure()
            .orElseThrow();

    assertThat(failure.message()).contains("line 2 of", "column 'a' is not an INT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": 2, \"s\": \"\\ud83d\\ude00\"}",
        "  {\"s\": \"\\ud83d\\ude00\", \"b\": {\"c\": [1, {}]}, \"a\": 2}  \t",
        "{\"a\": \"2\", \"s\": \"\uD83D\uDE00\"}",
      })
  void aWholeLineIsRead(String line) {
    String out = "mart/whole-" + FOLDERS.incrementAndGet();
    lake.succeed(lines(line).where("a = 2").to(delta(out).overwrite()));

    assertThat(lake.rows(out).collectAsList())
        .extracting((Row row) -> row.getString(1))
        .containsExactly("\uD83D\uDE00");
  }

  @ParameterizedTest
  @CsvSource({"FLOAT, 1e40", "FLOAT, -1e40", "DOUBLE, 1e999", "DOUBLE, -1e999"})
  void aNumberOutOfRangeIsRefused(String type, String number) {
    Failure failure =
        lake.run(
                declared(type, "{\"x\": " + number + "}")
                    .to(delta("mart/great-" + FOLDERS.incrementAndGet()).overwrite()))
            .failure()
            .orElseThrow();

    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("line 1 of");
  }

  @ParameterizedTest
  @CsvSource({
    "FLOAT, Infinity",
    "FLOAT, -INF",
    "DOUBLE, Infinity",
    "DOUBLE, '\"Infinity\"'",
    "DOUBLE, -Infinity"
  })
  void infinityIsRead(String type, String number) {
    String out = "mart/infinite-" + FOLDERS.incrementAndGet();

    lake.succeed(declared(type, "{\"x\": " + number + "}").to(delta(out).overwrite()));

    assertThat(lake.rows(out).selectExpr("abs(x) = 'Infinity'").first().getBoolean(0)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"VARCHAR(3)", "CHAR(3)", "ARRAY<VARCHAR(3)>", "MAP<INT, INT>"})
  void typesThatCannotBeCheckedAreRefused(String type) {
    assertThat(lake.problem(declared(type, "{}")).code()).isEqualTo("INVALID_SCHEMA");
  }

  @ParameterizedTest
  @ValueSource(strings = {"128", "200", "255", "256", "-129", "1.5"})
  void aNumberThatIsNotATinyintIsRefused(String number) {
    for (String type : new String[] {"TINYINT", "ARRAY<TINYINT>", "MAP<STRING, TINYINT>"}) {
      String value =
          switch (type) {
            case "TINYINT" -> number;
            case "ARRAY<TINYINT>" -> "[1, " + number + "]";
            default -> "{\"k\": " + number + "}";
          };
      Failure failure =
          lake.run(
                  declared(type, "{\"x\": " + value + "}")
                      .to(delta("mart/tiny-" + FOLDERS.incrementAndGet()).overwrite()))
              .failure()
              .orElseThrow();

      assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.DATA);
      assertThat(failure.message()).contains("line 1 of");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127", "-128", "0"})
  void aTinyintIsRead(String number) {
    String out = "mart/tiny-" + FOLDERS.incrementAndGet();
    lake.succeed(declared("TINYINT", "{\"x\": " + number + "}").to(delta(out).overwrite()));

    assertThat(lake.rows(out).first().getByte(0)).isEqualTo(Byte.parseByte(number));
  }

  @Test
  void fromJsonIsRefusedForTypesThatSparkWraps() {
    for (String schema :
        new String[] {
          "'x TINYINT'",
          "'x ARRAY<STRUCT<y: TINYINT>>'",
          "'x TIMESTAMP', map('timestampFormat', 'yyyy-MM-dd')",
        }) {
      Problem problem = lake.problem(lines("{}").select("from_json(s, " + schema + ") AS j"));

      assertThat(problem.code()).as(schema).isEqualTo("UNSUPPORTED_STEP");
      assertThat(problem.fix()).contains("cast it");
    }
  }

  private static Rows declared(String type, String line) {
    String folder = "in/" + FOLDERS.incrementAndGet();
    lake.file(folder + "/a.json", line + "\n");
    return read(json(folder).schema("x " + type));
  }
}
