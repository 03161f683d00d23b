package io.penstock.jobs.registry;

/** What code of others threw, in a message for people. */
public final class Thrown {
  private Thrown() {}

  /** By its name, and in its own words. */
  public static String told(Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    return thrown.getMessage() == null ? name : name + ": \"" + thrown.getMessage() + "\"";
  }
}
