package io.penstock.spark.csv;

import io.penstock.spec.CsvProfile;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Converts the text of a value as a {@link CsvProfile} demands, and back. */
enum Dialect {
  RFC4180,

  POSTGRES {
    @Override
    byte[] text(byte[] utf8, String column) {
      for (byte b : utf8) {
        if (b == 0) {
          throw CsvErrors.unloadable(
              column, "a text in it holds U+0000, which PostgreSQL can't store");
        }
      }
      return utf8;
    }

    @Override
    String time(String iso, String column) {
      if (!Character.isDigit(iso.charAt(0)) || iso.startsWith("0000")) {
        throw CsvErrors.unloadable(
            column,
            "a year in it is not one of 0001 to 9999, and has a sign that PostgreSQL can't read");
      }
      return iso;
    }
  },

  EXCEL {
    @Override
    boolean isMarked() {
      return true;
    }

    @Override
    byte[] text(byte[] utf8, String column) {
      return guarded(new String(utf8, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    String time(String iso, String column) {
      String spaced = iso.replace('T', ' ').replace("Z", "");
      return guarded(NO_FRACTION.matcher(spaced).replaceFirst(""));
    }

    @Override
    String notFinite(String name) {
      return guarded(name);
    }

    @Override
    String read(String field) {
      return field.startsWith(GUARD) && startsFormula(field) ? field.substring(1) : field;
    }
  };

  private static final String GUARD = "'";
  private static final Pattern NO_FRACTION = Pattern.compile("\\.000000$");

  /** After any number of guards, so that a guard that was added can be removed again. */
  private static final Pattern FORMULA =
      Pattern.compile(
          "'*+(?:[\\t\\r\\n\\x00]|[\\s\\p{Z}\\p{C}]*+[=+\\-@\\uFF1D\\uFF0B\\uFF0D\\uFF20])");

  static Dialect of(CsvProfile profile) {
    return switch (profile) {
      case RFC4180 -> RFC4180;
      case POSTGRES -> POSTGRES;
      case EXCEL -> EXCEL;
    };
  }

  /** Whether a file begins with a byte order mark, if its encoding has one. */
  boolean isMarked() {
    return false;
  }

  /** Converts a text, which is valid UTF-8. */
  byte[] text(byte[] utf8, String column) {
    return utf8;
  }

  /** Converts a date or timestamp, given in ISO 8601. */
  String time(String iso, String column) {
    return iso;
  }

  /** Converts NaN and the infinities. */
  String notFinite(String name) {
    return name;
  }

  /** Reverts {@link #text}, {@link #time} and {@link #notFinite}. */
  String read(String field) {
    return field;
  }

  private static String guarded(String text) {
    return startsFormula(text) ? GUARD + text : text;
  }

  private static boolean startsFormula(String text) {
    return FORMULA.matcher(text).lookingAt();
  }
}
