package io.penstock.jobs;

import java.util.Optional;

/** The version of the program, as its jar says it. */
public final class Version {
  private Version() {}

  /** The version; {@code development} when the classes don't come from a jar. */
  public static String text() {
    return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
        .orElse("development");
  }
}
