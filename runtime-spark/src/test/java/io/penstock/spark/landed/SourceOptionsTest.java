package io.penstock.spark.landed;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.FailureKind;
import io.penstock.engine.RunReport;
import io.penstock.plan.Problem;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.CsvSource;
import io.penstock.spec.FileSource;
import io.penstock.spec.JsonSource;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What a source says of its files reaches the tasks that read them, and is judged before they do.
 */
@Tag("spark")
final class SourceOptionsTest {
  private static final CsvSource CSV =
      csv("arrivals/x").schema("id INT NOT NULL, day DATE, at TIMESTAMP, local TIMESTAMP_NTZ");
  private static final JsonSource JSON =
      json("arrivals/x").schema("day DATE, of STRUCT<at: TIMESTAMP>");

  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void lake() {
    lake = new EngineLake(directory);
  }

  @Test
  void aRunReadsAsTheSourceSaysAndTellsWhatIsNotDeclared() throws IOException {
    Path folder = Files.createDirectories(lake.path("arrivals/sales"));
    Files.writeString(
        folder.resolve("a.csv"),
        "Shop;Price;Sold;Note\nKöln;1.234,50;01.03.2026;x\nBonn;-;02.03.2026;\n",
        Charset.forName("windows-1252"));
    Files.writeString(
        folder.resolve("b.csv"),
        "sold;shop;price\n03.03.2026;Aachen;-1,5\n",
        Charset.forName("windows-1252"));

    RunReport report =
        lake.run(
            read(csv("arrivals/sales")
                    .schema("shop STRING, price DECIMAL(12,2), sold DATE")
                    .delimiter(";")
                    .encoding("windows-1252")
                    .decimalSeparator(",")
                    .thousandsSeparator(".")
                    .dateFormat("dd.MM.yyyy")
                    .nullWords("-")
                    .ignoreCase())
                .to(delta("raw/sales").overwrite()));

    assertThat(report.failure()).isEmpty();
    assertThat(report.inputs().get(0).unknownKeys()).containsExactly(Map.entry("Note", 2L));
    assertThat(lake.rows("raw/sales").orderBy("shop").collectAsList())
        .extracting(Object::toString)
        .containsExactly(
            "[Aachen,-1.50,2026-03-03]", "[Bonn,null,2026-03-02]", "[Köln,1234.50,2026-03-01]");
  }

  @Test
  void theRestOfARecordIsAColumnBesideTheOnesOfADefect() {
    lake.file(
        "arrivals/clicks/a.json", "{\"id\":1,\"at\":1772366400123,\"x\":[1]}\n{\"id\":\"a\"}\n");

    RunReport report =
        lake.run(
            read(json("arrivals/clicks")
                    .schema("id INT, at TIMESTAMP")
                    .epochMillis()
                    .restInto("_rest")
                    .keepDefects())
                .select("id", "CAST(at AS STRING) AS at", "_rest", "_line", "_defect")
                .to(delta("raw/clicks").overwrite()));

    assertThat(report.failure()).isEmpty();
    assertThat(lake.rows("raw/clicks").orderBy("_line").collectAsList())
        .extracting(Object::toString)
        .containsExactly(
            "[1,2026-03-01 12:00:00.123,{\"x\":[1]},1,null]",
            "[null,null,null,2,column 'id' is not an INT]");
  }

  @Test
  void textOfAnotherEncodingIsDecoded() throws IOException {
    Path folder = Files.createDirectories(lake.path("arrivals/lines"));
    Files.write(folder.resolve("a.txt"), "M\u00fcller\n".getBytes(Charset.forName("ISO-8859-1")));

    RunReport refused = lake.run(read(text("arrivals/lines")).to(delta("raw/lines").overwrite()));
    assertThat(refused.failure().orElseThrow().kind()).isEqualTo(FailureKind.DATA);
    assertThat(refused.failure().orElseThrow().message())
        .contains(
            "line 1 of",
            "arrivals/lines/a.txt",
            "it is not valid UTF-8; its byte 0xFC may be 'ü' in windows-1252.");
    assertThat(refused.failure().orElseThrow().fix())
        .isEqualTo(
            "declare .encoding(\"windows-1252\") if the file is in it, or else correct the file.");

    lake.succeed(
        read(text("arrivals/lines").encoding("ISO-8859-1")).to(delta("raw/lines").overwrite()));
    assertThat(lake.rows("raw/lines").first().getString(0)).isEqualTo("Müller");
  }

  @ParameterizedTest
  @MethodSource("unusableForms")
  void aFormThatCannotBeReadIsAProblemOfThePlan(FileSource<?> source, String message) {
    lake.file("arrivals/x/a.csv", "id,day,at,local\n");
    lake.file("arrivals/x/a.json", "{}");

    Problem problem = lake.problem(read(source));
    assertThat(problem.message()).contains(message);
  }

  static Stream<Arguments> unusableForms() {
    return Stream.of(
        Arguments.of(
            CSV.optional("gone"),
            "the column 'gone' of the files of 'arrivals/x' as optional: it isn't declared"),
        Arguments.of(CSV.optional("id"), "it is declared NOT NULL"),
        Arguments.of(CSV.dateFormat("dd.MM"), "by dateFormat \"dd.MM\": day, month and year"),
        Arguments.of(CSV.dateFormat("yyyy-mm-dd"), "day, month and year don't all stand in it"),
        Arguments.of(CSV.dateFormat("YYYY-MM-dd"), "day, month and year don't all stand in it"),
        Arguments.of(CSV.dateFormat("dd.MM.yy"), "two digits don't tell the century"),
        Arguments.of(CSV.dateFormat("dd.MM.yyyy XXX"), "it holds an offset"),
        Arguments.of(CSV.dateFormat("dd.MM.bbbb"), "it isn't a pattern"),
        Arguments.of(CSV.dateFormat("dd.MM.yyyy", "at"), "the column is TIMESTAMP"),
        Arguments.of(CSV.dateFormat("dd.MM.yyyy", "Day"), "it isn't declared"),
        Arguments.of(CSV.timestampFormat("dd.MM.yyyy HH"), "hours, minutes and seconds"),
        Arguments.of(CSV.timestampFormat("dd.MM.yyyy hh:mm"), "hours, minutes and seconds"),
        Arguments.of(CSV.timestampFormat("dd.MM.yyyy HH:MM"), "hours, minutes and seconds"),
        Arguments.of(CSV.timestampFormat("dd.MM.yyyy HH:ss"), "hours, minutes and seconds"),
        Arguments.of(CSV.timestampFormat("dd.MM.yyyy HH:mm z"), "names of zones are ambiguous"),
        Arguments.of(CSV.timestampFormat("dd.MM.yyyy HH:mm X"), "'local'"),
        Arguments.of(CSV.epochMillis("local"), "the column is TIMESTAMP_NTZ"),
        Arguments.of(JSON.epochMillis("at"), "it isn't declared"),
        Arguments.of(JSON.timestampFormat("dd.MM.yyyy", "of"), "the column is STRUCT"),
        Arguments.of(
            json("arrivals/x").schema("id INT").epochMillis(),
            "any column of the files of 'arrivals/x' by epochMillis: none is of its type"),
        Arguments.of(CSV.restInto("ID"), "two columns named 'ID'"));
  }
}
