package io.penstock.spark.csv;

import io.penstock.spark.records.ByteWindow;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.unsafe.types.UTF8String;

/** The fields of the record at which a window is, as places in it. */
final class Fields {
  private static final byte UNQUOTED = 0;
  private static final byte QUOTED = 1;

  /** Added to either where a quote is doubled or a character escaped. */
  private static final byte ESCAPED = 2;

  private final ByteWindow bytes;
  private final CsvSyntax syntax;
  private int[] begins = new int[16];
  private int[] ends = new int[16];
  private byte[] forms = new byte[16];
  private int count;

  Fields(ByteWindow bytes, CsvSyntax syntax) {
    this.bytes = bytes;
    this.syntax = syntax;
  }

  void clear() {
    count = 0;
  }

  void addUnquoted(int begin, int end, boolean escaped) {
    int last = end;
    while (last > begin && syntax.kind(bytes.at(last - 1)) == CsvSyntax.SPACE) {
      last--;
    }
    add(begin, last, escaped ? UNQUOTED | ESCAPED : UNQUOTED);
  }

  void addQuoted(int begin, int end, boolean escaped) {
    add(begin, end, escaped ? QUOTED | ESCAPED : QUOTED);
  }

  private void add(int begin, int end, int form) {
    if (count == begins.length) {
      begins = Arrays.copyOf(begins, count * 2);
      ends = Arrays.copyOf(ends, count * 2);
      forms = Arrays.copyOf(forms, count * 2);
    }
    begins[count] = begin;
    ends[count] = end;
    forms[count] = (byte) form;
    count++;
  }

  int count() {
    return count;
  }

  /** Whether a field is NULL: without quotes, and nothing in it. */
  boolean isNull(int field) {
    return !isQuoted(field) && begins[field] == ends[field];
  }

  boolean isQuoted(int field) {
    return (forms[field] & QUOTED) != 0;
  }

  /** What stands in the file for the field, without its quotes. */
  String raw(int field) {
    return new String(
        bytes.buffer(),
        bytes.offset() + begins[field],
        ends[field] - begins[field],
        StandardCharsets.UTF_8);
  }

  /**
   * The field's text.
   *
   * @throws BadEscapeException if an escape stands before a character that needs none
   */
  String text(int field) {
    return isEscaped(field) ? new String(unescaped(field), StandardCharsets.UTF_8) : raw(field);
  }

  /** The same as Spark holds it. */
  UTF8String utf8(int field) {
    if (isEscaped(field)) {
      return UTF8String.fromBytes(unescaped(field));
    }
    int begin = bytes.offset() + begins[field];
    return UTF8String.fromBytes(
        Arrays.copyOfRange(bytes.buffer(), begin, begin + ends[field] - begins[field]));
  }

  /** The texts of all fields, {@code ""} for NULL. */
  List<String> texts() {
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(text(i));
    }
    return texts;
  }

  private boolean isEscaped(int field) {
    return (forms[field] & ESCAPED) != 0;
  }

  private byte[] unescaped(int field) {
    byte[] text = new byte[ends[field] - begins[field]];
    int length = 0;
    for (int i = begins[field]; i < ends[field]; i++) {
      byte b = bytes.at(i);
      byte kind = syntax.kind(b);
      if (kind == CsvSyntax.ESCAPE || (kind == CsvSyntax.QUOTE && isQuoted(field))) {
        i++;
        b = i < ends[field] ? bytes.at(i) : 0;
        requireEscapable(b, kind);
      }
      text[length++] = b;
    }
    return Arrays.copyOf(text, length);
  }

  /** Programs differ in what an escape before any other character means, such as {@code \n}. */
  private void requireEscapable(byte b, byte escape) {
    boolean escapable =
        escape == CsvSyntax.QUOTE
            || syntax.kind(b) != CsvSyntax.OTHER
            || (syntax.comment().length > 0 && b == syntax.comment()[0]);
    if (!escapable) {
      throw new BadEscapeException();
    }
  }

  /** An escape stands before a character that needs none. */
  static final class BadEscapeException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadEscapeException() {
      super("an escape stands before a character that needs none", null, false, false);
    }
  }
}
