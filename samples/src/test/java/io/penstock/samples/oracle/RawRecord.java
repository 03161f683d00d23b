package io.penstock.samples.oracle;

import java.util.ArrayList;
import java.util.List;

/**
 * One record of a raw CSV file.
 *
 * @param line the physical line it starts on; the header is line 1
 * @param fields as RFC 4180 has them: spaces belong to a field, {@code ""} in a quoted field is one
 *     quote, and a quote that is never closed makes the field run to the end of the file
 */
record RawRecord(long line, List<String> fields) {
  RawRecord {
    fields = List.copyOf(fields);
  }

  String field(int index) {
    return index < fields.size() ? fields.get(index) : "";
  }

  /** All records of a file, the header too. A line end at the end of the file starts no record. */
  static List<RawRecord> parse(String text) {
    List<RawRecord> records = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    long line = 1;
    long start = 1;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      line += c == '\n' ? 1 : 0;
      if (quoted) {
        boolean escaped = c == '"' && i + 1 < text.length() && text.charAt(i + 1) == '"';
        quoted = c != '"' || escaped;
        if (quoted) {
          field.append(c);
        }
        i += escaped ? 1 : 0;
      } else if (c == '"' && field.isEmpty()) {
        quoted = true;
      } else if (c == ',' || c == '\n') {
        fields.add(field.toString());
        field.setLength(0);
        if (c == '\n') {
          records.add(new RawRecord(start, fields));
          fields.clear();
          start = line;
        }
      } else {
        field.append(c);
      }
    }
    if (!fields.isEmpty() || !field.isEmpty()) {
      fields.add(field.toString());
      records.add(new RawRecord(start, fields));
    }
    return records;
  }
}
