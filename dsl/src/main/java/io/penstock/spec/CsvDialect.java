package io.penstock.spec;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How the records of CSV files are written.
 *
 * @param delimiter what stands between fields
 * @param quote what a field may be enclosed in, doubled where it is part of the field; empty when a
 *     quote is a character like any other
 * @param escape what makes a quote, delimiter, line end or itself part of a field; empty when
 *     nothing does
 * @param comment what begins a line that is no record; empty when each line belongs to one
 * @param skippedLines lines before the header, or before the first record when there is none
 */
public record CsvDialect(
    String delimiter,
    Optional<Character> quote,
    Optional<Character> escape,
    Optional<String> comment,
    int skippedLines,
    Header header,
    Padding padding,
    CsvProfile profile) {

  /** RFC 4180 with a header. */
  public static final CsvDialect RFC4180 =
      new CsvDialect(
          ",",
          Optional.of('"'),
          Optional.empty(),
          Optional.empty(),
          0,
          Header.NAMES,
          Padding.KEPT,
          CsvProfile.RFC4180);

  /** What the first line of a file, or the first row of a sheet, says. */
  public enum Header {
    /** The names of the columns, by which the declared ones are found. */
    NAMES(""),
    /** Names of which nothing is taken: the columns are those declared, in their order. */
    IGNORED("byPosition"),
    /** A record: the columns are those declared, in their order. */
    ABSENT("headerless");

    private final String option;

    Header(String option) {
      this.option = option;
    }

    /** The method of a source that says so; empty for what is so without one. */
    String option() {
      return option;
    }
  }

  /** What happens to white space around a field. */
  public enum Padding {
    KEPT,
    TRIMMED
  }

  public CsvDialect {
    if (delimiter.isEmpty() || delimiter.chars().anyMatch(CsvDialect::isLineEnd)) {
      throw new IllegalArgumentException(
          "Cannot use '%s' as a delimiter: it is one or more characters, and no line end."
              .formatted(delimiter));
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(delimiter)) {
      throw new IllegalArgumentException(
          "Cannot use a delimiter that holds half a surrogate pair: it is no character.");
    }
    quote.ifPresent(character -> requireApart("a quote", character, delimiter));
    escape.ifPresent(character -> requireApart("an escape", character, delimiter));
    if (quote.isPresent() && quote.equals(escape)) {
      throw new IllegalArgumentException(
          "Cannot use '%s' both as quote and as escape: a quote is part of a field when it is doubled, without an escape."
              .formatted(quote.get()));
    }
    comment.ifPresent(beginning -> requireComment(beginning, quote, delimiter));
    if (skippedLines < 0) {
      throw new IllegalArgumentException(
          "Cannot skip %s lines: give a number from 0 on.".formatted(skippedLines));
    }
  }

  private static void requireComment(
      String beginning, Optional<Character> quote, String delimiter) {
    Names.text("the beginning of comments", beginning);
    if (beginning.chars().anyMatch(CsvDialect::isLineEnd)
        || beginning.startsWith(delimiter)
        || delimiter.startsWith(beginning)
        || quote.filter(character -> beginning.indexOf(character) >= 0).isPresent()) {
      throw new IllegalArgumentException(
          "Cannot use '%s' as the beginning of comments: it holds a quote or a line end, or begins as the delimiter does."
              .formatted(beginning));
    }
  }

  private static void requireApart(String what, char character, String delimiter) {
    if (character > 127 || isLineEnd(character) || delimiter.indexOf(character) >= 0) {
      throw new IllegalArgumentException(
          "Cannot use '%s' as %s beside the delimiter '%s': it is one ASCII character, no line end, and not in the delimiter."
              .formatted(character, what, delimiter));
    }
  }

  private static boolean isLineEnd(int character) {
    return character == '\n' || character == '\r';
  }

  /** RFC 4180 with something else than a comma between fields. */
  public static CsvDialect separatedBy(String delimiter) {
    return RFC4180.delimiter(delimiter);
  }

  /** The only character of a text. */
  static char character(String what, String text) {
    if (text.length() != 1) {
      throw new IllegalArgumentException(
          "Cannot use '%s' as %s: it is one ASCII character.".formatted(text, what));
    }
    return text.charAt(0);
  }

  CsvDialect delimiter(String text) {
    return new CsvDialect(text, quote, escape, comment, skippedLines, header, padding, profile);
  }

  CsvDialect quote(Optional<Character> character) {
    return new CsvDialect(
        delimiter, character, escape, comment, skippedLines, header, padding, profile);
  }

  CsvDialect escape(char character) {
    return new CsvDialect(
        delimiter, quote, Optional.of(character), comment, skippedLines, header, padding, profile);
  }

  CsvDialect comments(String beginning) {
    return new CsvDialect(
        delimiter, quote, escape, Optional.of(beginning), skippedLines, header, padding, profile);
  }

  CsvDialect skipLines(int lines) {
    return new CsvDialect(delimiter, quote, escape, comment, lines, header, padding, profile);
  }

  CsvDialect header(Header kind) {
    return new CsvDialect(delimiter, quote, escape, comment, skippedLines, kind, padding, profile);
  }

  CsvDialect trimmed() {
    return new CsvDialect(
        delimiter, quote, escape, comment, skippedLines, header, Padding.TRIMMED, profile);
  }

  CsvDialect profile(CsvProfile writer) {
    return new CsvDialect(delimiter, quote, escape, comment, skippedLines, header, padding, writer);
  }

  /** What differs from RFC 4180, as plans print it. */
  @Override
  public String toString() {
    OptionText text = new OptionText();
    if (profile != RFC4180.profile) {
      text.add("profile " + profile);
    }
    if (!delimiter.equals(RFC4180.delimiter)) {
      text.add("delimiter", delimiter);
    }
    if (!quote.equals(RFC4180.quote)) {
      quote.ifPresentOrElse(
          character -> text.add("quote", String.valueOf(character)),
          () -> text.add("withoutQuotes"));
    }
    escape.ifPresent(character -> text.add("escape", String.valueOf(character)));
    comment.ifPresent(beginning -> text.add("comments", beginning));
    if (skippedLines > 0) {
      text.add("skipLines " + skippedLines);
    }
    text.addAll(header.option());
    if (padding == Padding.TRIMMED) {
      text.add("trimmed");
    }
    return text.toString();
  }
}
