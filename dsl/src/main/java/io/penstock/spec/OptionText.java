package io.penstock.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The options of a source or sink as plans print them: {@code delimiter ";" trimmed}. */
final class OptionText {
  private final List<String> options = new ArrayList<>();
  private final String between;

  OptionText() {
    this(" ");
  }

  /**
   * @param between options
   */
  OptionText(String between) {
    this.between = between;
  }

  /** An option that is set. */
  void add(String option) {
    options.add(option);
  }

  /** An option with one value. */
  void add(String option, String value) {
    add(option, List.of(value));
  }

  /** An option with several values. */
  void add(String option, List<String> values) {
    options.add(
        option
            + values.stream().map(OptionText::quoted).collect(Collectors.joining(", ", " ", "")));
  }

  /** Options that were printed already; none when the text is empty. */
  void addAll(String printed) {
    if (!printed.isEmpty()) {
      options.add(printed);
    }
  }

  @Override
  public String toString() {
    return String.join(between, options);
  }

  /** A text on one line, whatever it holds. */
  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> quoted.append('\\').append(c);
        case '\t' -> quoted.append("\\t");
        default ->
            quoted.append(
                c < ' ' ? String.format(Locale.ROOT, "\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    return quoted.append('"').toString();
  }
}
