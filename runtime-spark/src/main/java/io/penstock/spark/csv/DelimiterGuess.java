package io.penstock.spark.csv;

import io.penstock.spark.records.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Guesses what stands between the fields of a file from its first record, where it doesn't fit as
 * it was read.
 *
 * @param delimiter that fits
 * @param fields of the record where it is divided by that
 */
record DelimiterGuess(String delimiter, List<String> fields) {
  /** Those that files have most often. */
  private static final List<String> COMMON = List.of(",", ";", "\t", "|", "\u0001");

  /** Those that stand in values, too. */
  private static final List<String> RARE = List.of(":", "^", "~");

  /** In characters; longer ones aren't divided again and again. */
  private static final int LONGEST = 1 << 16;

  DelimiterGuess {
    fields = List.copyOf(fields);
  }

  /**
   * The first delimiter by which the record has several fields that fit.
   *
   * @param declared the delimiter by which it doesn't fit
   */
  static Optional<DelimiterGuess> of(String record, String declared, Predicate<List<String>> fits) {
    List<String> all = new ArrayList<>(COMMON);
    all.addAll(RARE);
    return find(all, record, declared, fits);
  }

  /**
   * The first one by which there are as many fields as columns are declared.
   *
   * @param found the number of its fields as the record was read
   */
  static Optional<DelimiterGuess> ofNumber(
      String record, String declared, int found, CsvColumns columns) {
    return found > 1 && columns.suits(found)
        ? Optional.empty()
        : find(COMMON, record, declared, fields -> columns.suits(fields.size()));
  }

  private static Optional<DelimiterGuess> find(
      List<String> delimiters, String record, String declared, Predicate<List<String>> fits) {
    return record.length() > LONGEST
        ? Optional.empty()
        : delimiters.stream()
            .filter(delimiter -> !delimiter.equals(declared))
            .map(delimiter -> new DelimiterGuess(delimiter, fields(record, delimiter)))
            .filter(guess -> guess.fields().size() > 1 && fits.test(guess.fields()))
            .findFirst();
  }

  /** The fields without their quotes. */
  private static List<String> fields(String record, String delimiter) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < record.length(); i++) {
      if (record.charAt(i) == '"') {
        quoted = !quoted;
      } else if (!quoted && record.startsWith(delimiter, i)) {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(record.charAt(i));
      }
    }
    fields.add(field.toString());
    return fields;
  }

  /** A defect of a record that holds values, which messages don't show. */
  Defect ofValues(String reason) {
    return new Defect(
        reason + "; divided at '" + shown() + "' it has " + fields.size() + " fields", fix());
  }

  /** What the author can do. */
  String fix() {
    return "declare .delimiter(\"" + shown() + "\"), or correct the file.";
  }

  /** As Java writes it. */
  private String shown() {
    return switch (delimiter) {
      case "\t" -> "\\t";
      case "\u0001" -> "\\u0001";
      default -> delimiter;
    };
  }
}
