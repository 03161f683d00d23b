package io.penstock.spark.text;

import java.util.Locale;

/** Makes foreign text safe to print in a message. */
public final class Printable {
  private Printable() {}

  /** The text with control characters escaped, so that a hostile value can't forge a log line. */
  public static String of(String text) {
    StringBuilder printable = new StringBuilder();
    text.codePoints()
        .forEach(
            point -> {
              if (Character.isISOControl(point)) {
                printable.append(String.format(Locale.ROOT, "\\u%04x", point));
              } else {
                printable.appendCodePoint(point);
              }
            });
    return printable.toString();
  }

  /** The first characters of the text, at most {@code longest}; an ellipsis marks what was cut. */
  public static String beginning(String text, int longest) {
    return text.codePointCount(0, text.length()) <= longest
        ? of(text)
        : of(text.substring(0, text.offsetByCodePoints(0, longest))) + "…";
  }
}
