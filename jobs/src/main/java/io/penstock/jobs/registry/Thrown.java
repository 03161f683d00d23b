package io.penstock.jobs.registry;

/** Describes what foreign code threw, for a message. */
public final class Thrown {
  private Thrown() {}

  /** Its class and its message. */
  public static String describe(Throwable thrown) {
    String name = thrown.getClass().getSimpleName();
    return thrown.getMessage() == null ? name : name + ": \"" + thrown.getMessage() + "\"";
  }
}
