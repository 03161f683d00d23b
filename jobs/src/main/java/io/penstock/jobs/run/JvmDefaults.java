package io.penstock.jobs.run;

import java.util.Locale;
import java.util.TimeZone;

/**
 * What code gets that asks for no locale and no time zone. In a task it is the same on every
 * machine, for the code of jobs and libraries too: names of files and texts in rows would otherwise
 * follow the user who starts it.
 */
public final class JvmDefaults {
  private JvmDefaults() {}

  /** Sets plain English and UTC; the launcher gives the same to the JVM, spark-submit doesn't. */
  public static void settle() {
    Locale.setDefault(Locale.US);
    TimeZone.setDefault(TimeZone.getTimeZone("UTC"));
  }
}
