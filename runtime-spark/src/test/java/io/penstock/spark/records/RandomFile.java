package io.penstock.spark.records;

import io.penstock.spark.records.WrittenForm.Column;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;

/** Makes files of random values in one form, of which some lack columns, or have one more. */
record RandomFile(Random random, WrittenForm form, Structure structure) {
  /** How the values of a file are put together. */
  enum Structure {
    CSV,
    HEADERLESS,
    JSON
  }

  /** A column that nobody declares. */
  private static final String OTHER = "x";

  /**
   * The bytes of a file, compressed or not.
   *
   * @param defect whether one of its values is none of its column
   */
  byte[] content(boolean defect) throws IOException {
    List<Column> columns = columns();
    boolean other = structure != Structure.HEADERLESS && random.nextBoolean();
    int records = random.nextInt(4) + (defect ? 1 : 0);
    int badRecord = defect ? random.nextInt(records) : -1;
    List<Column> fallible = columns.stream().filter(column -> column != Column.S).toList();
    Column badColumn = fallible.get(random.nextInt(fallible.size()));
    StringBuilder content = new StringBuilder();
    if (structure == Structure.CSV) {
      content.append(joined(columns.stream().map(Column::toString).toList(), other, OTHER));
    }
    for (int i = 0; i < records; i++) {
      int record = i;
      List<String> values =
          columns.stream()
              .map(
                  column -> {
                    boolean bad = record == badRecord && column == badColumn;
                    return structure == Structure.JSON
                        ? member(column, bad, record == 0)
                        : cell(column, bad);
                  })
              .filter(text -> structure != Structure.JSON || !text.isEmpty())
              .toList();
      String text = "é" + random.nextInt(9);
      content.append(
          joined(values, other, structure == Structure.JSON ? "\"x\": \"" + text + "\"" : text));
    }
    return compressed(content.toString().getBytes(Charset.forName(form.encoding)));
  }

  /** Those that a file has, in its order. */
  private List<Column> columns() {
    List<Column> columns = new ArrayList<>(Arrays.asList(Column.values()));
    if (structure == Structure.HEADERLESS) {
      // What is missing is at the end.
      return columns.subList(0, columns.size() - random.nextInt(3));
    }
    columns.removeIf(column -> column.isOptional() && random.nextInt(3) == 0);
    Collections.shuffle(columns, random);
    return columns;
  }

  private String joined(List<String> values, boolean other, String otherValue) {
    List<String> all = new ArrayList<>(values);
    if (other) {
      all.add(otherValue);
    }
    return structure == Structure.JSON
        ? "{" + String.join(", ", all) + "}\n"
        : String.join(form.delimiter, all) + (random.nextBoolean() ? "\r\n" : "\n");
  }

  /** A key with its value; empty for a record that lacks it. */
  private String member(Column column, boolean bad, boolean first) {
    String value;
    if (bad) {
      value = text(form.bad(random, column));
    } else if (column != Column.I && !first && random.nextInt(6) == 0) {
      return "";
    } else if (column != Column.I && random.nextInt(6) == 0) {
      value = form.nulls().isEmpty() || random.nextBoolean() ? "null" : text(randomNull());
    } else if (column.isNumber() && random.nextBoolean()) {
      value = WrittenForm.number(random, column);
    } else {
      String good = form.good(random, column);
      boolean bare =
          column == Column.B
              ? good.equals("true") || good.equals("false")
              : column == Column.AT && form == WrittenForm.EPOCH && random.nextBoolean();
      value = bare ? good : text(good);
    }
    return "\"" + column + "\": " + value;
  }

  private static String text(String text) {
    return "\"" + text.replace("\"", "\\\"").replace("\n", "\\n").replace("\t", "\\t") + "\"";
  }

  private String cell(Column column, boolean bad) {
    if (!bad && column != Column.I && random.nextInt(6) == 0) {
      return padded(form.nulls().isEmpty() || random.nextBoolean() ? "" : randomNull());
    }
    String text = bad ? form.bad(random, column) : form.good(random, column);
    boolean needsQuotes =
        text.contains(form.delimiter) || text.contains("\"") || text.contains("\n");
    if (needsQuotes || (!text.isEmpty() && random.nextInt(3) == 0)) {
      String inner = column == Column.S ? text : padded(text);
      return "\"" + inner.replace("\"", "\"\"") + "\"";
    }
    return padded(text);
  }

  /** Between spaces, where they don't count. */
  private String padded(String text) {
    return form.trimmed
        ? " \t".substring(0, random.nextInt(3)) + text + " ".repeat(random.nextInt(2))
        : text;
  }

  private String randomNull() {
    return form.nulls().get(random.nextInt(form.nulls().size()));
  }

  private byte[] compressed(byte[] plain) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (random.nextInt(6)) {
          case 0 -> new GZIPOutputStream(bytes);
          case 1 -> new BZip2CompressorOutputStream(bytes);
          case 2 -> {
            ZipOutputStream zip = new ZipOutputStream(bytes);
            zip.putNextEntry(new ZipEntry("a"));
            yield zip;
          }
          default -> bytes;
        }) {
      out.write(plain);
    }
    return bytes.toByteArray();
  }
}
