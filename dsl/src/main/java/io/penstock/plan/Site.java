package io.penstock.plan;

/** The line of the user's program that made a node: where a message points. */
public record Site(String file, int line) {
  private static final StackWalker STACK = StackWalker.getInstance();
  private static final java.util.Set<String> LANGUAGE =
      java.util.Set.of("io.penstock.spec", "io.penstock.plan", "io.penstock.dsl");

  /** The nearest caller outside the language itself, and outside the JDK that may call it. */
  public static Site ofCaller() {
    return STACK.walk(
        frames ->
            frames
                .filter(frame -> isUsers(frame.getClassName()))
                .findFirst()
                .map(frame -> new Site(fileOf(frame), Math.max(frame.getLineNumber(), 0)))
                .orElseGet(() -> new Site("unknown", 0)));
  }

  private static String fileOf(StackWalker.StackFrame frame) {
    String file = frame.getFileName();
    return file == null ? frame.getClassName() : file;
  }

  private static boolean isUsers(String className) {
    return !className.startsWith("java.")
        && !className.startsWith("jdk.")
        && !LANGUAGE.contains(packageOf(className));
  }

  private static String packageOf(String className) {
    int dot = className.lastIndexOf('.');
    return dot < 0 ? "" : className.substring(0, dot);
  }

  @Override
  public String toString() {
    return file + ":" + line;
  }
}
