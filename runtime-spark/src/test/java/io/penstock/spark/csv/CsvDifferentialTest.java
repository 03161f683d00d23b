package io.penstock.spark.csv;

import static io.penstock.dsl.Penstock.csv;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.spark.records.MalformedInputException;
import io.penstock.spark.records.ReadRecords;
import io.penstock.spark.testing.Proofs;
import io.penstock.spark.testing.Python;
import io.penstock.spec.CsvSource;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Random files hold the cells that Python's module {@code csv} finds in them, or are refused at the
 * place of what may be a defect; whole files are never refused.
 */
@Tag("proof")
final class CsvDifferentialTest {
  private static final int FILES = Proofs.full() ? 2_000 : 300;
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Prints, for each file, its name, and its records or nothing where they can't be read. */
  private static final String SCRIPT =
      """
      import csv, json, os, sys
      folder, encoding, comment, options = sys.argv[1], sys.argv[2], sys.argv[3], json.loads(sys.argv[4])
      for name in os.listdir(folder):
          with open(os.path.join(folder, name), newline="", encoding=encoding) as file:
              try:
                  lines = (l for l in file if not (comment and l.startswith(comment)))
                  print(json.dumps([name, list(csv.reader(lines, strict=True, **options))]))
              except (csv.Error, UnicodeError):
                  print(json.dumps([name, None]))
      """;

  @TempDir private Path folder;

  /** The line of the first record with something that may be a defect, once one is written. */
  private OptionalLong doubt = OptionalLong.empty();

  /** Whether only numbers of fields are wrong. */
  private boolean onlyNumbersOfFields;

  /** A dialect, as a source and as Python's options. */
  private enum Dialect {
    RFC4180(",\"", "UTF-8", "{}"),
    SEMICOLON_LATIN(";\"", "ISO-8859-1", "{\"delimiter\": \";\"}"),
    UTF16_TABS("\t\"", "UTF-16", "{\"delimiter\": \"\\t\"}"),
    SINGLE_QUOTES(",'", "UTF-8", "{\"quotechar\": \"'\"}"),
    ESCAPES("|\"\\", "UTF-8", "{\"delimiter\": \"|\", \"escapechar\": \"\\\\\"}"),
    WITHOUT_QUOTES("\t\"#", "UTF-8", "{\"delimiter\": \"\\t\", \"quoting\": 3}");

    private final String special;
    private final String encoding;
    private final String options;

    /**
     * @param special the characters that mean something, the delimiter and the quote first
     */
    Dialect(String special, String encoding, String options) {
      this.special = special;
      this.encoding = encoding;
      this.options = options;
    }

    private CsvSource of(CsvSource source) {
      CsvSource encoded = source.encoding(encoding).delimiter(special.substring(0, 1));
      return switch (this) {
        case SINGLE_QUOTES -> encoded.quote("'");
        case ESCAPES -> encoded.escape("\\");
        case WITHOUT_QUOTES -> encoded.withoutQuotes().comments("#");
        default -> encoded;
      };
    }

    private Charset charset() {
      return Charset.forName(encoding);
    }

    private String comment() {
      return this == WITHOUT_QUOTES ? "#" : "";
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void equalCellsOrRefused(Dialect dialect) throws IOException {
    Random random = Proofs.random("CSV of " + dialect);
    Map<String, List<List<Object>>> read = new HashMap<>();
    for (int i = 0; i < FILES; i++) {
      int columns = 1 + random.nextInt(3);
      String text = content(random, dialect, columns);
      byte[] content = text.getBytes(dialect.charset());
      String name = columns + "-" + i;
      Files.write(folder.resolve(name), content);
      try {
        read.put(name, ReadRecords.of(dialect.of(source(columns))).rows(content));
      } catch (MalformedInputException e) {
        assertThat(doubt)
            .as(() -> "%s refused: %s".formatted(JSON.valueToTree(text), e))
            .isPresent();
        assertThat(e.reason()).isNotEmpty();
        assertThat(e.file()).isEqualTo(ReadRecords.FILE);
        assertThat(e.line())
            .as(() -> "%s refused: %s".formatted(JSON.valueToTree(text), e))
            .isBetween(
                doubt.getAsLong(), onlyNumbersOfFields ? doubt.getAsLong() : lineAfter(text));
      }
    }
    Map<String, JsonNode> expected =
        Python.files(
            SCRIPT, folder.toString(), dialect.encoding, dialect.comment(), dialect.options);

    assertThat(expected).hasSize(FILES);
    read.forEach(
        (name, rows) ->
            assertThat(texts(rows))
                .as(() -> name + ": " + content(folder.resolve(name), dialect.charset()))
                .isEqualTo(texts(expected.get(name), name.startsWith("1-"))));
    // The most of them hold quotes or line ends at a random place.
    assertThat(read.size()).as("files that are read").isGreaterThan(FILES / 6);
    Proofs.tell("%s: %s of %s files read, 0 different".formatted(dialect, read.size(), FILES));
  }

  private static CsvSource source(int columns) {
    String schema =
        IntStream.range(0, columns)
            .mapToObj(i -> "c" + i + " STRING")
            .collect(Collectors.joining(", "));
    return csv("x").schema(schema).headerless();
  }

  private String content(Random random, Dialect dialect, int columns) {
    doubt = OptionalLong.empty();
    onlyNumbersOfFields = true;
    String lineEnd = random.nextInt(3) == 0 ? "\r\n" : "\n";
    StringBuilder content = new StringBuilder();
    int records = random.nextInt(5);
    for (int record = 0; record < records; record++) {
      // So far all carriage returns are within quotes, or stand before line feeds.
      long line = 1 + content.chars().filter(one -> one == '\n').count();
      int fields = random.nextInt(30) == 0 ? columns + 1 : columns;
      boolean doubtful = fields != columns;
      for (int field = 0; field < fields; field++) {
        content.append(field == 0 ? "" : dialect.special.substring(0, 1));
        String text = field(random, dialect);
        content.append(text);
        if (!isWhole(text, dialect)) {
          doubtful = true;
          onlyNumbersOfFields = false;
        }
      }
      if (doubtful && doubt.isEmpty()) {
        doubt = OptionalLong.of(line);
      }
      // Python finds no end of a record behind an escaped line feed but a line's end.
      boolean ends = record < records - 1 || random.nextBoolean() || dialect == Dialect.ESCAPES;
      content.append(ends ? lineEnd : "");
    }
    // Python takes the line feed behind an escaped carriage return for the end of the record.
    return content.toString().replace("\\\r", "\\");
  }

  /** Whether a field is certainly one of the dialect. */
  private static boolean isWhole(String field, Dialect dialect) {
    String quote = dialect.special.substring(1, 2);
    boolean quoted =
        dialect != Dialect.WITHOUT_QUOTES
            && field.length() > 1
            && field.startsWith(quote)
            && field.endsWith(quote);
    String text =
        quoted ? field.substring(1, field.length() - 1).replace(quote + quote, "") : field;
    String special = quoted ? quote + dialect.special.substring(2) : dialect.special;
    return text.chars().noneMatch(one -> special.indexOf(one) >= 0);
  }

  /** The physical line behind a text. */
  private static long lineAfter(String text) {
    return 1 + Pattern.compile("\r\n|\r|\n").matcher(text).results().count();
  }

  private static String field(Random random, Dialect dialect) {
    String quote = dialect.special.substring(1, 2);
    return switch (random.nextInt(6)) {
      case 0 -> "";
      case 1, 2 -> text(random, "ab é-", 5);
      case 3, 4 ->
          quote
              + text(random, "ab\n\r é" + dialect.special, 5).replace(quote, quote + quote)
              + quote;
      default -> text(random, "ab " + dialect.special, 2);
    };
  }

  private static String text(Random random, String alphabet, int longest) {
    return random
        .ints(random.nextInt(longest + 1), 0, alphabet.length())
        .mapToObj(i -> alphabet.substring(i, i + 1))
        .collect(Collectors.joining());
  }

  private static String content(Path file, Charset charset) {
    try {
      return JSON.writeValueAsString(Files.readString(file, charset));
    } catch (IOException e) {
      throw new AssertionError("Cannot read a file again", e);
    }
  }

  /** Python has no NULL. */
  private static List<List<String>> texts(List<List<Object>> rows) {
    return rows.stream()
        .map(row -> row.stream().map(value -> value == null ? "" : (String) value).toList())
        .toList();
  }

  /** Of an empty line Python makes a record without fields. */
  private static List<List<String>> texts(JsonNode records, boolean oneColumn) {
    if (records.isNull()) {
      return List.of(List.of("Python refuses it"));
    }
    List<List<String>> texts = new ArrayList<>();
    for (JsonNode record : records) {
      List<String> fields = new ArrayList<>();
      record.forEach(field -> fields.add(field.asText()));
      if (fields.isEmpty() && oneColumn) {
        fields.add("");
      }
      if (!fields.isEmpty()) {
        texts.add(fields);
      }
    }
    return texts;
  }
}
