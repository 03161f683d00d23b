package io.penstock.spark.expressions;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The texts of {@code syntax-corpus.txt}, each with the expected result of compiling it. */
final class SyntaxCorpus {
  /** The sections of the corpus. */
  enum Kind {
    QUERIES,
    DELTA,
    EXPRESSIONS,
    /** Statements that call functions, from the corpus of functions. */
    FUNCTIONS,
    NOWHERE
  }

  /** A text, and the code of its problem; or {@code ok} or {@code unsettled} when it has none. */
  record Entry(Kind kind, String expected, String text) {
    boolean isAccepted() {
      return expected.equals("ok") || expected.equals("unsettled");
    }

    boolean isSettled() {
      return expected.equals("ok");
    }

    /** The whole statement, for a parser. */
    String statement() {
      return kind == Kind.EXPRESSIONS ? "SELECT " + text + " AS x FROM o" : text;
    }
  }

  private SyntaxCorpus() {}

  static List<Entry> entries(Path outside) {
    return all(outside).stream().filter(entry -> entry.kind() != Kind.NOWHERE).toList();
  }

  /** The alternatives of the grammar that no text can reach. */
  static Set<String> nowhere() {
    return all(Path.of("")).stream()
        .filter(entry -> entry.kind() == Kind.NOWHERE)
        .flatMap(entry -> Stream.of(entry.text().split(" ")))
        .collect(Collectors.toSet());
  }

  private static List<Entry> all(Path outside) {
    List<Entry> entries = new ArrayList<>();
    Kind kind = Kind.QUERIES;
    for (String line : lines()) {
      if (line.startsWith("[")) {
        kind = Kind.valueOf(line.substring(1, line.length() - 1).toUpperCase(Locale.ROOT));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" \\| ", 2);
        entries.add(new Entry(kind, parts[0], parts[1].replace("{outside}", outside.toString())));
      }
    }
    return entries;
  }

  private static List<String> lines() {
    try (InputStream file = SyntaxCorpus.class.getResourceAsStream("syntax-corpus.txt")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
