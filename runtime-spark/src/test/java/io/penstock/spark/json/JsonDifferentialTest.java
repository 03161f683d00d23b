package io.penstock.spark.json;

import static io.penstock.dsl.Penstock.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.spark.records.MalformedInputException;
import io.penstock.spark.records.ReadRecords;
import io.penstock.spark.testing.Proofs;
import io.penstock.spark.testing.Python;
import io.penstock.spec.JsonSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random objects hold the values that Python's module {@code json} finds in them, or are refused at
 * the place of what may be a defect; whole files are never refused.
 */
@Tag("proof")
final class JsonDifferentialTest {
  private static final int FILES = Proofs.full() ? 2_000 : 300;

  private static final List<String> COLUMNS = List.of("i", "d", "f", "b", "s", "o", "a", "m");
  private static final JsonSource SOURCE =
      json("x")
          .schema(
              "i INT, d DECIMAL(9,2), f DOUBLE, b BOOLEAN, s STRING, o STRUCT<i: BIGINT>,"
                  + " a ARRAY<STRING>, m MAP<STRING, DOUBLE>")
          .optional("i", "d", "f", "b", "s", "o", "a", "m", "o.i");

  /**
   * Prints, for each file, its name, and its objects or nothing where they can't be read. Each
   * value is printed with the first letter of its kind, numbers as they stand there.
   */
  private static final String SCRIPT =
      """
      import json, os, re, sys
      class Number(str): pass
      def pairs(found):
          if len(dict(found)) < len(found):
              raise ValueError("a key is used twice")
          return dict(found)
      def printed(v):
          if v is None: return ["z"]
          if isinstance(v, bool): return ["b", v]
          if isinstance(v, Number): return ["n", str(v)]
          if isinstance(v, str): return ["s", v]
          if isinstance(v, list): return ["a", [printed(e) for e in v]]
          return ["o", {k: printed(e) for k, e in v.items()}]
      def parsed(text, array):
          read = lambda t: json.loads(
              t, object_pairs_hook=pairs, parse_int=Number, parse_float=Number, parse_constant=Number)
          records = read(text) if array else [
              read(line) for line in re.split("\\r\\n|\\r|\\n", text) if line.strip(" \\t")]
          if not all(isinstance(r, dict) for r in records):
              raise ValueError("no object")
          return [printed(r) for r in records]
      folder, array = sys.argv[1], sys.argv[2] == "ARRAY"
      for name in os.listdir(folder):
          with open(os.path.join(folder, name), newline="", encoding="utf-8") as file:
              try:
                  print(json.dumps([name, parsed(file.read(), array)]))
              except ValueError:
                  print(json.dumps([name, None]))
      """;

  @TempDir private Path folder;

  /** The line of the first object with something that may be a defect, once one is written. */
  private OptionalLong doubt = OptionalLong.empty();

  private enum Form {
    LINES("", "\n", "\n"),
    ARRAY("[", ",\n", "]");

    private final String before;
    private final String between;
    private final String behind;

    Form(String before, String between, String behind) {
      this.before = before;
      this.between = between;
      this.behind = behind;
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void equalValuesOrRefused(Form form) throws IOException {
    Random random = Proofs.random("JSON in " + form);
    JsonSource source = form == Form.ARRAY ? SOURCE.multiLine() : SOURCE;
    Map<String, List<List<Object>>> read = new HashMap<>();
    for (int i = 0; i < FILES; i++) {
      String text = content(random, form);
      byte[] content = text.getBytes(StandardCharsets.UTF_8);
      String name = String.valueOf(i);
      Files.write(folder.resolve(name), content);
      try {
        read.put(name, ReadRecords.of(source).rows(content));
      } catch (MalformedInputException e) {
        assertThat(doubt).as(() -> "%s refused: %s".formatted(text, e)).isPresent();
        assertThat(e.reason()).isNotEmpty();
        assertThat(e.file()).isEqualTo(ReadRecords.FILE);
        assertThat(e.line())
            .as(() -> "%s refused: %s".formatted(text, e))
            .isBetween(doubt.getAsLong(), lineAfter(text));
      }
    }
    Map<String, JsonNode> expected = Python.files(SCRIPT, folder.toString(), form.name());

    assertThat(expected).hasSize(FILES);
    read.forEach((name, rows) -> assertSame(rows, expected.get(name), folder.resolve(name)));
    assertThat(read.size()).as("files that are read").isGreaterThan(FILES / 6);
    Proofs.tell("JSON in %s: %s of %s files read, 0 different".formatted(form, read.size(), FILES));
  }

  private String content(Random random, Form form) {
    doubt = OptionalLong.empty();
    StringBuilder content = new StringBuilder(form.before);
    int objects = random.nextInt(3);
    for (int i = 0; i < objects; i++) {
      content.append(i == 0 ? "" : form.between).append(object(random, lineAfter(content)));
    }
    content.append(form.behind);
    if (random.nextInt(4) == 0) {
      // Something is in the wrong place.
      char wrong = "{}[],:\"\\ 1e-n\t\r".charAt(random.nextInt(15));
      int at = random.nextInt(content.length());
      doubt(lineAfter(content.substring(0, at)));
      content.replace(at, at + random.nextInt(2), String.valueOf(wrong));
    }
    return content.toString();
  }

  private void doubt(long line) {
    doubt = OptionalLong.of(Math.min(line, doubt.orElse(line)));
  }

  /** The physical line behind a text. */
  private static long lineAfter(CharSequence text) {
    return 1 + Pattern.compile("\r\n|\r|\n").matcher(text).results().count();
  }

  private String object(Random random, long line) {
    return COLUMNS.stream()
        .filter(column -> random.nextInt(3) == 0)
        .map(
            column -> {
              String key = key(random, column);
              boolean any = random.nextInt(30) == 0;
              if (any || !key.equals(column)) {
                doubt(line);
              }
              return "\"" + key + "\":" + value(random, any ? "any" : column);
            })
        .collect(Collectors.joining(random.nextBoolean() ? "," : " , ", "{", "}"));
  }

  private static String key(Random random, String column) {
    return random.nextInt(20) == 0 ? List.of("x", "y", "\\u0069").get(random.nextInt(3)) : column;
  }

  private static String value(Random random, String column) {
    return switch (column) {
      case "i", "d", "f" -> number(random, column);
      case "b" -> random.nextBoolean() ? "true" : "false";
      case "s" -> text(random);
      case "o" -> "{\"i\":" + number(random, "i") + "}";
      case "a" -> "[" + text(random) + "," + text(random) + "]";
      case "m" -> "{" + text(random) + ":" + number(random, "f") + "}";
      default ->
          List.of(
                  "null",
                  "[]",
                  "{}",
                  "\"12\"",
                  "01",
                  "1.",
                  "'a'",
                  "NaN",
                  "tru",
                  "2e400",
                  "\"\\ud83d\"")
              .get(random.nextInt(11));
    };
  }

  private static String number(Random random, String column) {
    String whole = String.valueOf(random.nextInt(2_000) - 1_000);
    String text =
        switch (column) {
          case "i" -> whole;
          case "d" -> whole + "." + random.nextInt(100);
          default -> whole + "." + random.nextInt(1 << 30) + "E" + (random.nextInt(30) - 15);
        };
    return random.nextInt(5) == 0 ? "\"" + text + "\"" : text;
  }

  private static String text(Random random) {
    List<String> parts =
        List.of(
            "a", "é", "😀", " ", "\\n", "\\\"", "\\\\", "\\u0041", "\\ud83d\\ude00", "/", "{", "}");
    return random
        .ints(random.nextInt(4), 0, parts.size())
        .mapToObj(parts::get)
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static void assertSame(List<List<Object>> rows, JsonNode objects, Path file) {
    assertThat(objects.isNull()).as(() -> "Python refuses " + content(file)).isFalse();
    assertThat(rows).as(() -> content(file)).hasSize(objects.size());
    for (int i = 0; i < rows.size(); i++) {
      JsonNode object = objects.get(i).get(1);
      for (int column = 0; column < COLUMNS.size(); column++) {
        Optional<JsonNode> value = Optional.ofNullable(object.get(COLUMNS.get(column)));
        Object read = rows.get(i).get(column);
        assertThat(isSame(read, value))
            .as(() -> content(file) + " has " + value + " and not " + read)
            .isTrue();
      }
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError("Cannot read a file again", e);
    }
  }

  private static boolean isSame(Object read, Optional<JsonNode> value) {
    if (read == null || value.isEmpty()) {
      return read == null && value.map(found -> kind(found).equals("z")).orElse(true);
    }
    JsonNode found = value.get();
    String text = found.path(1).asText();
    if (read instanceof Boolean) {
      return kind(found).equals("b") && read.equals(found.get(1).asBoolean());
    }
    if (read instanceof Integer || read instanceof Long || read instanceof BigDecimal) {
      return new BigDecimal(read.toString()).compareTo(new BigDecimal(text)) == 0;
    }
    if (read instanceof Double) {
      return read.equals(Double.parseDouble(text));
    }
    if (read instanceof String) {
      // What isn't a string is its JSON text, whose form is tested elsewhere.
      return kind(found).equals("s") ? read.equals(text) : !kind(found).equals("z");
    }
    if (read instanceof Row row) {
      return isSame(row.get(0), Optional.ofNullable(found.get(1).get("i")));
    }
    if (read instanceof scala.collection.Map<?, ?> map) {
      Map<?, ?> entries = scala.jdk.javaapi.CollectionConverters.asJava(map);
      return entries.size() == found.get(1).size()
          && entries.entrySet().stream()
              .allMatch(
                  entry ->
                      isSame(
                          entry.getValue(),
                          Optional.ofNullable(found.get(1).get((String) entry.getKey()))));
    }
    List<?> elements =
        scala.jdk.javaapi.CollectionConverters.asJava((scala.collection.Seq<?>) read);
    boolean same = elements.size() == found.get(1).size();
    for (int i = 0; same && i < elements.size(); i++) {
      same = isSame(elements.get(i), Optional.of(found.get(1).get(i)));
    }
    return same;
  }

  private static String kind(JsonNode value) {
    return value.get(0).asText();
  }
}
