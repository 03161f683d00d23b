package io.penstock.spark.compile;

import java.util.Locale;
import java.util.TimeZone;
import java.util.function.Supplier;

/** A machine with another language and another time zone, as far as a JVM can be one. */
final class AnotherMachine {
  private AnotherMachine() {}

  static <T> T on(String language, Supplier<T> work) {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag(language));
      TimeZone.setDefault(TimeZone.getTimeZone("Asia/Seoul"));
      return work.get();
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }
}
