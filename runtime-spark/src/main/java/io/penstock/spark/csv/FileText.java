package io.penstock.spark.csv;

import io.penstock.spark.records.TextEncoding;
import io.penstock.spec.CsvForm;
import java.io.Serializable;

/** How the text of a CSV file is written. */
record FileText(Dialect dialect, String delimiter, TextEncoding encoding) implements Serializable {
  private static final String MARK = "\uFEFF";

  static FileText of(CsvForm form) {
    return new FileText(
        Dialect.of(form.profile()), form.delimiter(), TextEncoding.written(form.encoding()));
  }

  /** Text before the header: the byte order mark, where the encoding or the reader needs one. */
  String prologue() {
    boolean marked = encoding.needsMark() || (dialect.isMarked() && hasMark());
    return marked ? MARK : "";
  }

  private boolean hasMark() {
    return encoding.name().startsWith("UTF-");
  }
}
