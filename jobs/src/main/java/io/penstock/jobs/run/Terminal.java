package io.penstock.jobs.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out whether stderr is a terminal, and how wide it is. */
public final class Terminal {
  private static final Path ERRORS = Path.of("/proc/self/fd/2");

  private static final int DEFAULT_COLUMNS = 80;

  private Terminal() {}

  /** How wide the terminal is, as the launcher found out, or as wide as most are at least. */
  public static int columns() {
    String columns = System.getenv().getOrDefault("COLUMNS", "");
    return columns.matches("[1-9][0-9]{1,3}") ? Integer.parseInt(columns) : DEFAULT_COLUMNS;
  }

  /** What stderr leads to. Java can't tell; Linux can, and anywhere else it counts as a log. */
  public static Console.Screen behindErrors() {
    try {
      return Files.isSymbolicLink(ERRORS)
              && Files.readSymbolicLink(ERRORS).toString().matches("/dev/(pts/\\d+|tty.*|console)")
          ? Console.Screen.TERMINAL
          : Console.Screen.LOG;
    } catch (IOException e) {
      return Console.Screen.LOG;
    }
  }
}
