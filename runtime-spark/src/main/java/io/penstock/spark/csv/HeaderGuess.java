package io.penstock.spark.csv;

import io.penstock.spark.records.Defect;
import io.penstock.spark.records.ExpectedColumns;
import io.penstock.spark.text.Printable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Guesses what is wrong when a header doesn't name the declared columns. */
final class HeaderGuess {
  /** What a header stands in, which decides on what its source can say. */
  enum OfFile {
    CSV,
    SHEET
  }

  /** Names that a message shows. */
  static final int MOST_NAMES = 20;

  private static final int LONGEST_NAME = 60;

  /** Of a header with one name: it holds no delimiter. */
  private static final String UNKNOWN = "";

  private static final String IGNORE_CASE =
      "write the names as the header does, or declare .ignoreCase() for both.";

  private static final String DECLARE_EACH =
      "declare each column of the file, in its order, or correct the file.";

  /** Rather a value than a name: values may be personal data, and aren't shown. */
  private static final Pattern VALUE = Pattern.compile("[+-]?[0-9].*|.*@.*|");

  private HeaderGuess() {}

  /** A header that lacks columns, with what it names and what may help. */
  static Defect missing(
      List<String> missing, List<String> names, ExpectedColumns declared, OfFile kind) {
    String reason =
        "the header has no column "
            + missing.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "))
            + found(names);
    return guess(missing, names, declared, kind)
        .map(fix -> new Defect(reason, fix))
        .orElseGet(() -> new Defect(reason));
  }

  /** A header of another number of columns than declared, where its names don't count. */
  static Defect wrongNumber(List<String> names, CsvColumns columns) {
    return new Defect(
        "the header has "
            + names.size()
            + (names.size() == 1 ? " column" : " columns")
            + CsvColumns.whereDeclared(columns.most())
            + found(names),
        names.size() == 1
            ? DelimiterGuess.ofNumber(names.get(0), UNKNOWN, 1, columns)
                .map(DelimiterGuess::fix)
                .orElse(DECLARE_EACH)
            : DECLARE_EACH);
  }

  /** A header that can't be read, perhaps for being divided elsewhere. */
  static Defect unreadable(
      Defect defect, String header, String delimiter, ExpectedColumns declared) {
    return DelimiterGuess.of(
            header,
            delimiter,
            fields -> namesAny(fields, Set.copyOf(List.of(declared.types().fieldNames()))))
        .map(guess -> new Defect(defect.reason() + found(List.of(header)), guess.fix()))
        .orElse(defect);
  }

  /** A first record that doesn't fit, in a file without a header. */
  static Defect firstRecord(
      Defect defect, String record, String delimiter, Fields fields, ExpectedColumns declared) {
    Optional<DelimiterGuess> guess =
        DelimiterGuess.ofNumber(record, delimiter, fields.count(), CsvColumns.inOrder(declared));
    if (guess.isPresent()) {
      return guess.get().ofValues(defect.reason());
    }
    String[] names = declared.types().fieldNames();
    for (int i = 0; i < names.length && i < fields.count(); i++) {
      if (fields.raw(i).strip().equalsIgnoreCase(names[i])) {
        return new Defect(
            defect.reason() + "; the record names column '" + names[i] + "'",
            "leave out .headerless() if the file has a header, or else correct the file.");
      }
    }
    return defect;
  }

  /**
   * An optional column that the file lacks, and has in another case or with white space around it:
   * rather that is the column.
   */
  static Optional<Defect> similar(
      List<String> names, List<Integer> positions, String[] columns, OfFile kind) {
    for (int i = 0; i < columns.length; i++) {
      for (String name : names) {
        if (positions.get(i) == CsvColumns.ABSENT && name.strip().equalsIgnoreCase(columns[i])) {
          return Optional.of(
              new Defect(
                  "the header has no column '" + columns[i] + "', but '" + printable(name) + "'",
                  name.strip().equals(columns[i]) && kind == OfFile.CSV
                      ? "declare .trimmed(), or correct the file."
                      : "write the name as the header does, or declare .ignoreCase()."));
        }
      }
    }
    return Optional.empty();
  }

  private static String found(List<String> names) {
    if (names.stream().anyMatch(HeaderGuess::isValue)) {
      return "; its first line has "
          + names.size()
          + (names.size() == 1
              ? " field that looks like a value"
              : " fields that look like values");
    }
    String shown =
        names.stream()
            .limit(MOST_NAMES)
            .map(name -> "'" + printable(name) + "'")
            .collect(Collectors.joining(", "));
    return "; it has " + shown + (names.size() > MOST_NAMES ? ", …" : "");
  }

  private static boolean isValue(String name) {
    return name.length() > LONGEST_NAME * 10 || VALUE.matcher(name.strip()).matches();
  }

  static String printable(String name) {
    String line = Printable.beginning(name, LONGEST_NAME);
    return line.replace("\\u0009", "\\t");
  }

  private static Optional<String> guess(
      List<String> missing, List<String> names, ExpectedColumns declared, OfFile kind) {
    Set<String> wanted = Set.copyOf(missing);
    Set<String> stripped = names.stream().map(String::strip).collect(Collectors.toSet());
    if (stripped.containsAll(wanted)) {
      return Optional.of(
          kind == OfFile.CSV
              ? "declare .trimmed(), or correct the file."
              : "write the names as the header does.");
    }
    if (kind == OfFile.SHEET) {
      return Optional.of(ofSheet(names, stripped, wanted, declared));
    }
    Set<String> unquoted =
        names.stream().map(name -> name.replace("'", "")).collect(Collectors.toSet());
    if (unquoted.containsAll(wanted)) {
      return Optional.of("declare .quote(\"'\"), or correct the file.");
    }
    if (differInCase(stripped, wanted)) {
      return Optional.of(IGNORE_CASE);
    }
    if (names.size() == 1) {
      Optional<String> delimiter =
          DelimiterGuess.of(names.get(0), UNKNOWN, fields -> namesAny(fields, wanted))
              .map(DelimiterGuess::fix);
      if (delimiter.isPresent()) {
        return delimiter;
      }
    }
    if (names.get(0).startsWith("#")) {
      return Optional.of("declare .comments(\"#\"), or correct the file.");
    }
    if (names.size() == declared.types().size()) {
      return Optional.of(byPosition(names));
    }
    return names.size() == 1 && declared.types().size() > 1
        ? Optional.of("declare .delimiter(…), or .skipLines(…) if lines stand before the header.")
        : Optional.empty();
  }

  private static String ofSheet(
      List<String> names, Set<String> stripped, Set<String> wanted, ExpectedColumns declared) {
    if (differInCase(stripped, wanted)) {
      return IGNORE_CASE;
    }
    return names.size() == declared.types().size()
        ? byPosition(names)
        : "declare .skipRows(…) if rows stand before the header, or else correct the file.";
  }

  private static boolean differInCase(Set<String> names, Set<String> wanted) {
    Set<String> lower =
        names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    return wanted.stream().allMatch(name -> lower.contains(name.toLowerCase(Locale.ROOT)));
  }

  private static String byPosition(List<String> names) {
    return names.stream().anyMatch(HeaderGuess::isValue)
        ? "declare .headerless() if the file has no header."
        : "write the names as the header does, or declare .byPosition().";
  }

  private static boolean namesAny(List<String> names, Set<String> wanted) {
    Set<String> found =
        names.stream()
            .map(name -> name.strip().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    return wanted.stream().anyMatch(name -> found.contains(name.toLowerCase(Locale.ROOT)));
  }
}
