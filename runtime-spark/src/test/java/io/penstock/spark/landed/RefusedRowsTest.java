package io.penstock.spark.landed;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.RunReport;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.FileSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records that the author's own rule refuses keep file, line and text, as defects do. */
@Tag("spark")
final class RefusedRowsTest {
  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void lake() {
    lake = new EngineLake(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz"})
  void recordsOfCsv(String compression) throws IOException {
    deliver(
        "arrivals/x/a.csv" + compression,
        "id,amount,note\n"
            + "1,5.00,\"two\n"
            + "lines\"\n"
            + "2,-1.00,\"a \"\"b\"\"\"\n"
            + "3,,no amount\n"
            + "4,x,y\n"
            + "5,0,\n",
        StandardCharsets.UTF_8);

    split(
        csv("arrivals/x").schema("id INT, amount DECIMAL(9,2), note STRING").keepRecords(),
        "amount >= 0");

    assertThat(rows("raw/accepted", "id", "amount", "note"))
        .containsExactlyInAnyOrder("1|5.00|two\nlines", "5|0.00|NULL");
    String file = "arrivals/x/a.csv" + compression;
    assertThat(rows("raw/refused", "_file", "_line", "_defect", "_text"))
        .containsExactlyInAnyOrder(
            file + "|4|amount >= 0|2,-1.00,\"a \"\"b\"\"\"",
            file + "|5|amount >= 0|3,,no amount",
            file + "|6|column 'amount' (field 2) is not a DECIMAL(9,2)|4,x,y");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz"})
  void objectsOfJson(String compression) throws IOException {
    deliver(
        "arrivals/x/a.json" + compression,
        """
        {"id":1,"amount":5}
        {"id":2, "amount":-1.5, "more": [1]}

        {"id":3,"amount":null}
        {"id":4
        """,
        StandardCharsets.UTF_8);

    split(json("arrivals/x").schema("id INT, amount DECIMAL(9,2)").keepRecords(), "amount >= 0");

    assertThat(rows("raw/accepted", "id", "amount")).containsExactly("1|5.00");
    String file = "arrivals/x/a.json" + compression;
    assertThat(rows("raw/refused", "_file", "_line", "_defect", "_text"))
        .hasSize(3)
        .contains(
            file + "|2|amount >= 0|{\"id\":2, \"amount\":-1.5, \"more\": [1]}",
            file + "|4|amount >= 0|{\"id\":3,\"amount\":null}")
        .anySatisfy(row -> assertThat(row).startsWith(file + "|5|").endsWith("|{\"id\":4"));
  }

  @Test
  void objectsOfJsonOverSeveralLines() throws IOException {
    deliver(
        "arrivals/x/a.json",
        "[{\"id\": 1,\n \"amount\": 5},\n{\"id\": 2,\n \"amount\": -1}]\n",
        StandardCharsets.UTF_8);

    split(
        json("arrivals/x").schema("id INT, amount DECIMAL(9,2)").multiLine().keepRecords(),
        "amount >= 0");

    assertThat(rows("raw/accepted", "id")).containsExactly("1");
    assertThat(rows("raw/refused", "_line", "_defect", "_text"))
        .containsExactly("3|amount >= 0|{\"id\": 2,\n \"amount\": -1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".gz"})
  void linesOfText(String compression) throws IOException {
    deliver(
        "arrivals/x/a.log" + compression,
        "INFO grün\nbroken\nWARN b\n",
        Charset.forName("windows-1252"));

    split(text("arrivals/x").encoding("windows-1252").keepRecords(), "value RLIKE '^(INFO|WARN) '");

    assertThat(rows("raw/accepted", "value")).containsExactlyInAnyOrder("INFO grün", "WARN b");
    assertThat(rows("raw/refused", "_file", "_line", "_defect", "_text"))
        .containsExactly(
            "arrivals/x/a.log" + compression + "|2|value RLIKE '^(INFO|WARN) '|broken");
  }

  /** A line that can't be read is a row like the others, and so is one behind it. */
  @Test
  void linesThatAreNoTextOrTooLong() throws IOException {
    Path file = lake.path("arrivals/x/a.log");
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file)) {
      out.write("INFO a\nINFO gr".getBytes(StandardCharsets.UTF_8));
      out.write(0xfc);
      out.write("n\n".getBytes(StandardCharsets.UTF_8));
      out.write("x".repeat((16 << 20) + 1).getBytes(StandardCharsets.UTF_8));
      out.write("\nWARN b\n".getBytes(StandardCharsets.UTF_8));
    }

    lake.succeed(
        read(text("arrivals/x").keepDefects())
            .with("_text", "if(length(_text) < 99, _text, CAST(length(_text) AS STRING))")
            .to(delta("raw/all").overwrite()));

    assertThat(rows("raw/all", "value", "_file", "_line", "_defect", "_text"))
        .containsExactlyInAnyOrder(
            "INFO a|arrivals/x/a.log|1|NULL|NULL",
            "NULL|arrivals/x/a.log|2|it is not valid UTF-8; its byte 0xFC may be 'ü' in"
                + " windows-1252|INFO gr\uFFFDn",
            "NULL|arrivals/x/a.log|3|the line is longer than 16 MiB|" + (16 << 20),
            "WARN b|arrivals/x/a.log|4|NULL|NULL");
  }

  /** Without the word, nothing is kept of a record that fits. */
  @Test
  void keptDefectsAloneHaveNoTextOfTheOthers() throws IOException {
    deliver("arrivals/x/a.csv", "id\n1\nx\n", StandardCharsets.UTF_8);

    lake.succeed(
        read(csv("arrivals/x").schema("id INT").keepDefects()).to(delta("raw/all").overwrite()));

    assertThat(rows("raw/all", "id", "_line", "_text"))
        .containsExactlyInAnyOrder("1|2|NULL", "NULL|3|x");
  }

  /** The idiom of the language's page. */
  private void split(FileSource<?> source, String rule) {
    Rows judged =
        read(source)
            .with(
                "_defect",
                "coalesce(_defect, if(%s, NULL, '%s'))".formatted(rule, rule.replace("'", "\\'")));

    RunReport report =
        lake.succeed(
            judged.where("_defect IS NULL").to(delta("raw/accepted").overwrite()),
            judged.where("_defect IS NOT NULL").to(delta("raw/refused").overwrite()));

    assertThat(report.outputs().stream().mapToLong(RunReport.Output::rows).sum())
        .isEqualTo(report.inputs().get(0).rows().orElseThrow());
  }

  private List<String> rows(String table, String... columns) {
    return lake.rows(table).selectExpr(columns).collectAsList().stream()
        .map(
            row -> {
              StringBuilder text = new StringBuilder();
              for (int i = 0; i < row.size(); i++) {
                text.append(i == 0 ? "" : "|").append(row.isNullAt(i) ? "NULL" : row.get(i));
              }
              return text.toString();
            })
        .toList();
  }

  private void deliver(String path, String content, Charset encoding) throws IOException {
    Path file = lake.path(path);
    Files.createDirectories(file.getParent());
    try (OutputStream out = Files.newOutputStream(file);
        OutputStream packed = path.endsWith(".gz") ? new GZIPOutputStream(out) : out) {
      packed.write(content.getBytes(encoding));
    }
  }
}
