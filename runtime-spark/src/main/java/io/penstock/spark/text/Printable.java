package io.penstock.spark.text;

import java.util.Locale;

/** Makes text that somebody else wrote fit for a message. */
public final class Printable {
  private Printable() {}

  /** Control characters escaped, so that a hostile value cannot forge a line of a log. */
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

  /** The beginning of the text, so many characters at most; an ellipsis shows that it goes on. */
  public static String beginning(String text, int longest) {
    return text.codePointCount(0, text.length()) <= longest
        ? of(text)
        : of(text.substring(0, text.offsetByCodePoints(0, longest))) + "…";
  }
}
