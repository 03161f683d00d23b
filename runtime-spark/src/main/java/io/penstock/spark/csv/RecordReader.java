package io.penstock.spark.csv;

import io.penstock.spark.records.ByteWindow;
import io.penstock.spark.records.Defect;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Splits a file into records and their fields. A defective record doesn't affect the rest of the
 * file.
 *
 * <p>A record ends at a line feed outside quotes, with or without a carriage return before it. When
 * the quotes of a record don't match, its first physical line is the defective record, and the next
 * record starts on the next line: otherwise an unclosed quote would swallow everything up to the
 * next quote.
 */
final class RecordReader implements AutoCloseable {
  private static final Defect QUOTE_WITHIN =
      new Defect(
          "a quote stands inside an unquoted field",
          "declare .withoutQuotes() if quotes are characters like others, or else correct the"
              + " file.");

  private enum End {
    OF_FIELD,
    OF_RECORD
  }

  /** More than any table has: of each the reader keeps the place, and of a header the name. */
  private static final int MOST_FIELDS = 100_000;

  private static final byte[] MARK = "\uFEFF".getBytes(StandardCharsets.UTF_8);

  private final ByteWindow bytes;
  private final CsvSyntax syntax;
  private final int longestRecord;
  private final Fields fields;
  private long nextLine = 1;

  private long line;
  private int length;
  private int consumed;
  private Optional<Defect> defect = Optional.empty();

  /** Whether it is UTF-8, if nothing else is wrong with it. */
  private boolean isText;

  /** How far the record has been looked at. */
  private int at;

  /** Whether the file has fewer lines than are to be passed. */
  private boolean endsInSkippedLines;

  /** Whether the rest of its line, which is too long, is still to be passed. */
  private boolean endsWithinLine;

  /**
   * @param longestRecord in bytes; a longer record is a defect, since it doesn't fit in a row
   */
  RecordReader(InputStream in, CsvSyntax syntax, int longestRecord) throws IOException {
    this.bytes = new ByteWindow(in);
    this.syntax = syntax;
    this.longestRecord = longestRecord;
    this.fields = new Fields(bytes, syntax);
    for (int i = 0; i < syntax.skippedLines(); i++) {
      endsInSkippedLines |= !bytes.reach(0);
      skipLine();
    }
  }

  /** Moves to the next record; false at the end of the file. */
  boolean next() throws IOException {
    pass();
    while (isComment()) {
      skipLine();
    }
    if (!bytes.reach(0)) {
      return false;
    }
    line = nextLine;
    defect = Optional.empty();
    fields.clear();
    if (line > 1 && matches(MARK, 0)) {
      // Rather two files were joined, and the mark isn't part of a value.
      defective("a byte order mark stands inside the file");
    }
    scan();
    isText = defect.isPresent() || bytes.isUtf8(length);
    return true;
  }

  /** Whether the file has fewer lines than stand before its records. */
  boolean endsInSkippedLines() {
    return endsInSkippedLines;
  }

  /** The physical line on which the record starts, from 1. */
  long line() {
    return line;
  }

  /** The physical line on which the next record would start. */
  long nextLine() {
    return nextLine + bytes.lineFeeds(consumed);
  }

  /** The record without its line end, until the next one is read; what isn't text is replaced. */
  String text() {
    return bytes.text(length);
  }

  /** Its fields, until the next one is read; those of a defective record are of no use. */
  Fields fields() {
    return fields;
  }

  /** Whether it has no character at all, or, where fields are trimmed, only white space. */
  boolean isBlank() {
    return fields.count() == 1 && fields.isNull(0) && defect.isEmpty();
  }

  /** Whether the record, if it isn't defective, is UTF-8. */
  boolean isText() {
    return isText;
  }

  /** What holds its bytes, until the next one is read. */
  byte[] buffer() {
    return bytes.buffer();
  }

  /** Where it begins in the buffer. */
  int offset() {
    return bytes.offset();
  }

  /** The number of its bytes, without the line end. */
  int length() {
    return length;
  }

  /** Why the record can't be divided into fields; empty if it can. */
  Optional<Defect> defect() {
    return defect;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  /** Leaves the record that was read. */
  private void pass() throws IOException {
    nextLine += bytes.lineFeeds(consumed);
    bytes.skip(consumed);
    consumed = 0;
    length = 0;
    if (endsWithinLine) {
      endsWithinLine = false;
      skipLine();
    }
  }

  private boolean isComment() throws IOException {
    byte[] comment = syntax.comment();
    if (comment.length == 0) {
      return false;
    }
    int begin = 0;
    while (bytes.reach(begin)
        && begin < longestRecord
        && syntax.kind(bytes.at(begin)) == CsvSyntax.SPACE) {
      begin++;
    }
    return matches(comment, begin);
  }

  private boolean matches(byte[] text, int from) throws IOException {
    for (int i = 0; i < text.length; i++) {
      if (!bytes.reach(from + i) || bytes.at(from + i) != text[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Passes a line that is no record. A carriage return alone ends it, too: otherwise a file with
   * such line ends would be one comment.
   */
  private void skipLine() throws IOException {
    while (bytes.reach(0)) {
      byte b = bytes.at(0);
      bytes.skip(1);
      if (b == '\r' && bytes.reach(0) && bytes.at(0) == '\n') {
        bytes.skip(1);
      }
      if (b == '\n' || b == '\r') {
        nextLine++;
        return;
      }
    }
  }

  /** Reads field by field up to the end of the record. */
  private void scan() throws IOException {
    at = 0;
    while (field() == End.OF_FIELD) {
      at += syntax.delimiter().length;
      if (fields.count() == MOST_FIELDS) {
        defective("the record has more than 100,000 fields");
        endAtFirstLine();
        return;
      }
    }
  }

  /** Reads a field, and says where it ended. */
  private End field() throws IOException {
    skipSpaces();
    int begin = at;
    if (bytes.reach(at) && syntax.kind(bytes.at(at)) == CsvSyntax.QUOTE) {
      return quoted();
    }
    boolean escaped = false;
    while (true) {
      if (tooLong()) {
        return End.OF_RECORD;
      }
      if (!bytes.reach(at)) {
        fields.addUnquoted(begin, at, escaped);
        return endOfFile();
      }
      byte b = bytes.at(at);
      switch (syntax.kind(b)) {
        case CsvSyntax.OTHER, CsvSyntax.SPACE -> at++;
        case CsvSyntax.DELIMITER -> {
          if (isDelimiter()) {
            fields.addUnquoted(begin, at, escaped);
            return End.OF_FIELD;
          }
          at++;
        }
        case CsvSyntax.QUOTE -> {
          defective(QUOTE_WITHIN);
          at++;
        }
        case CsvSyntax.ESCAPE -> {
          escaped = true;
          passEscape();
        }
        default -> {
          if (isLineEnd()) {
            fields.addUnquoted(begin, at, escaped);
            return endOfLine();
          }
          at++;
        }
      }
    }
  }

  /** Reads a field in quotes. */
  private End quoted() throws IOException {
    int begin = ++at;
    boolean escaped = false;
    while (true) {
      if (tooLong()) {
        return End.OF_RECORD;
      }
      if (!bytes.reach(at)) {
        defective("a quote is not closed");
        endAtFirstLine();
        return End.OF_RECORD;
      }
      byte kind = syntax.kind(bytes.at(at));
      if (kind == CsvSyntax.ESCAPE) {
        escaped = true;
        passEscape();
      } else if (kind != CsvSyntax.QUOTE) {
        at++;
      } else if (bytes.reach(at + 1) && syntax.kind(bytes.at(at + 1)) == CsvSyntax.QUOTE) {
        escaped = true;
        at += 2;
      } else {
        fields.addQuoted(begin, at, escaped);
        at++;
        return behindQuote();
      }
    }
  }

  private End behindQuote() throws IOException {
    skipSpaces();
    if (!bytes.reach(at)) {
      return endOfFile();
    }
    if (syntax.kind(bytes.at(at)) == CsvSyntax.DELIMITER && isDelimiter()) {
      return End.OF_FIELD;
    }
    boolean carriageReturn = bytes.at(at) == '\r';
    if (isLineEnd()) {
      return endOfLine();
    }
    if (!carriageReturn) {
      defective("text follows a closing quote");
    }
    endAtFirstLine();
    return End.OF_RECORD;
  }

  /** Passes an escape and what is escaped: a character, or a whole line end or delimiter. */
  private void passEscape() throws IOException {
    at++;
    if (!bytes.reach(at)) {
      defective("an escape stands at the end of the file");
      return;
    }
    boolean endsLine = bytes.at(at) == '\r' || bytes.at(at) == '\n';
    if (bytes.at(at) == '\r' && bytes.reach(at + 1) && bytes.at(at + 1) == '\n') {
      at += 2;
    } else {
      at += isDelimiter() ? syntax.delimiter().length : 1;
    }
    if (endsLine && !bytes.reach(at)) {
      // The record goes on behind the line end, and nothing is there.
      defective("an escape stands at the end of the file");
    }
  }

  private boolean isDelimiter() throws IOException {
    return matches(syntax.delimiter(), at);
  }

  private void skipSpaces() throws IOException {
    while (bytes.reach(at) && syntax.kind(bytes.at(at)) == CsvSyntax.SPACE && !tooLong()) {
      at++;
    }
  }

  /** Whether a line ends here; a carriage return alone is a defect. */
  private boolean isLineEnd() throws IOException {
    if (bytes.at(at) == '\n') {
      return true;
    }
    if (bytes.at(at) != '\r') {
      return false;
    }
    if (bytes.reach(at + 1) && bytes.at(at + 1) == '\n') {
      return true;
    }
    defective("a carriage return without a line feed stands outside quotes");
    return false;
  }

  private boolean tooLong() throws IOException {
    if (at < longestRecord) {
      return false;
    }
    defective("the record is longer than " + longestRecord + " bytes");
    endAtFirstLine();
    return true;
  }

  private End endOfLine() {
    end(at, at + (bytes.at(at) == '\r' ? 2 : 1));
    return End.OF_RECORD;
  }

  private End endOfFile() {
    end(at, at);
    return End.OF_RECORD;
  }

  /** Ends the record at its first line end, whether quoted or not. */
  private void endAtFirstLine() throws IOException {
    for (int i = 0; ; i++) {
      if (i >= longestRecord) {
        end(i, i);
        endsWithinLine = true;
        return;
      }
      if (!bytes.reach(i)) {
        end(i, i);
        return;
      }
      if (bytes.at(i) == '\n') {
        end(i > 0 && bytes.at(i - 1) == '\r' ? i - 1 : i, i + 1);
        return;
      }
    }
  }

  private void end(int recordLength, int withLineEnd) {
    length = recordLength;
    consumed = withLineEnd;
  }

  /** Keeps the first reason only: later ones are often its consequences. */
  private void defective(Defect found) {
    if (defect.isEmpty()) {
      defect = Optional.of(found);
    }
  }

  private void defective(String reason) {
    defective(new Defect(reason));
  }
}
