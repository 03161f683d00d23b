package io.penstock.samples.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * One record of a raw CSV file.
 *
 * @param line the physical line it starts on; the header is line 1
 * @param fields as RFC 4180 has them: spaces belong to a field, and {@code ""} in a quoted field is
 *     one quote. A line with a quote that is never closed is a record of its own, with all its text
 *     as the only field.
 */
record RawRecord(long line, List<String> fields) {
  private static final int NEVER = -1;

  RawRecord {
    fields = List.copyOf(fields);
  }

  String field(int index) {
    return index < fields.size() ? fields.get(index) : "";
  }

  /** All records of a file, the header too. A line end at the end of the file starts no record. */
  static List<RawRecord> parse(String text) {
    List<RawRecord> records = new ArrayList<>();
    long line = 1;
    int begin = 0;
    while (begin < text.length()) {
      int end = end(text, begin);
      List<String> fields;
      if (end == NEVER) {
        end = (text + "\n").indexOf('\n', begin);
        fields = List.of(text.substring(begin, end));
      } else {
        fields = fields(text.substring(begin, end));
      }
      records.add(new RawRecord(line, fields));
      line += 1 + text.substring(begin, end).chars().filter(c -> c == '\n').count();
      begin = end + 1;
    }
    return records;
  }

  /** Where a record ends: at a line feed outside quotes, or with the file. */
  private static int end(String text, int begin) {
    boolean quoted = false;
    for (int i = begin; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"') {
        // The second quote of a pair opens again what the first one closed.
        quoted = !quoted && (i == begin || ",\"".indexOf(text.charAt(i - 1)) >= 0);
      } else if (c == '\n' && !quoted) {
        return i;
      }
    }
    return quoted ? NEVER : text.length();
  }

  private static List<String> fields(String record) {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < record.length(); i++) {
      char c = record.charAt(i);
      if (quoted) {
        boolean escaped = c == '"' && i + 1 < record.length() && record.charAt(i + 1) == '"';
        quoted = c != '"' || escaped;
        if (quoted) {
          field.append(c);
        }
        i += escaped ? 1 : 0;
      } else if (c == '"' && field.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        fields.add(field.toString());
        field.setLength(0);
      } else {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
