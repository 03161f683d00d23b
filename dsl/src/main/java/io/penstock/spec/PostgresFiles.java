package io.penstock.spec;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.Optional;

/** Which CSV files PostgreSQL's {@code COPY} can read. */
public final class PostgresFiles {
  /**
   * Its names of encodings. Of these each byte that both know stands for the same character in Java
   * and in PostgreSQL; those of East Asia differ in some.
   */
  private static final Map<String, String> ENCODINGS =
      Map.ofEntries(
          Map.entry("UTF-8", "UTF8"),
          Map.entry("ISO-8859-1", "LATIN1"),
          Map.entry("ISO-8859-2", "LATIN2"),
          Map.entry("ISO-8859-3", "LATIN3"),
          Map.entry("ISO-8859-4", "LATIN4"),
          Map.entry("ISO-8859-5", "ISO_8859_5"),
          Map.entry("ISO-8859-6", "ISO_8859_6"),
          Map.entry("ISO-8859-7", "ISO_8859_7"),
          Map.entry("ISO-8859-8", "ISO_8859_8"),
          Map.entry("ISO-8859-9", "LATIN5"),
          Map.entry("ISO-8859-13", "LATIN7"),
          Map.entry("ISO-8859-15", "LATIN9"),
          Map.entry("ISO-8859-16", "LATIN10"),
          Map.entry("windows-1250", "WIN1250"),
          Map.entry("windows-1251", "WIN1251"),
          Map.entry("windows-1252", "WIN1252"),
          Map.entry("windows-1253", "WIN1253"),
          Map.entry("windows-1254", "WIN1254"),
          Map.entry("windows-1255", "WIN1255"),
          Map.entry("windows-1256", "WIN1256"),
          Map.entry("windows-1257", "WIN1257"),
          Map.entry("windows-1258", "WIN1258"),
          Map.entry("x-windows-874", "WIN874"),
          Map.entry("KOI8-R", "KOI8R"),
          Map.entry("KOI8-U", "KOI8U"),
          Map.entry("IBM866", "WIN866"),
          Map.entry("US-ASCII", "UTF8"));

  private PostgresFiles() {}

  /** The name by which {@code COPY} knows an encoding; empty where it can't read it. */
  public static Optional<String> encoding(Charset encoding) {
    return Optional.ofNullable(ENCODINGS.get(encoding.name()));
  }

  /** Why it can't read files with this delimiter and encoding; empty if it can. */
  public static Optional<String> unsuitable(String delimiter, Charset encoding) {
    if (delimiter.length() != 1 || delimiter.charAt(0) > 126) {
      return Optional.of("PostgreSQL's delimiter is one ASCII character");
    }
    // A line that begins with both of them ends the data before psql 18.
    if (".\\".contains(delimiter)) {
      return Optional.of(
          "PostgreSQL can take a line that begins with the delimiter '%s' for the end of the data"
              .formatted(delimiter));
    }
    return encoding(encoding).isPresent()
        ? Optional.empty()
        : Optional.of(
            "PostgreSQL reads no file in %s, or takes some of its characters for others"
                .formatted(encoding.name()));
  }
}
