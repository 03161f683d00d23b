package io.penstock.jobs;

/** Throws anything without declaring it, as code in Scala does. */
public final class Undeclared {
  private Undeclared() {}

  public static void raise(Throwable throwable) {
    Undeclared.<RuntimeException>raiseAs(throwable);
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> void raiseAs(Throwable throwable) throws T {
    throw (T) throwable;
  }
}
