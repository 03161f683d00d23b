package io.penstock.spec;

import java.nio.charset.Charset;
import java.util.Optional;

/** Which CSV files Excel opens as columns. */
final class ExcelFiles {
  private ExcelFiles() {}

  /** Why it can't open files with this delimiter and encoding; empty if it can. */
  static Optional<String> unsuitable(String delimiter, Charset encoding) {
    String name = encoding.name();
    if (delimiter.length() != 1) {
      return Optional.of("Excel divides lines at a single character");
    }
    if (name.equals("UTF-16") || name.equals("UTF-16LE")) {
      // Divided there instead, a text behind a tab would become a formula.
      return delimiter.equals("\t")
          ? Optional.empty()
          : Optional.of("Excel divides files in UTF-16 at tabs, whatever their delimiter");
    }
    boolean known = name.equals("UTF-8") || name.matches("(x-)?windows-.*") || name.equals("GBK");
    return known
        ? Optional.empty()
        : Optional.of(
            "Excel opens files in UTF-8, in UTF-16 or in a code page of Windows, and not in "
                + name);
  }
}
