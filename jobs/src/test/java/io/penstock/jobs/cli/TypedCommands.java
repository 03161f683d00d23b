package io.penstock.jobs.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads printed commands as a shell does: words, in single quotes where they need it. */
final class TypedCommands {
  private TypedCommands() {}

  /** The words of each of the commands that {@code &&} joins. */
  static List<String[]> commands(String line) {
    List<String[]> commands = new ArrayList<>();
    List<String> words = new ArrayList<>();
    for (String word : words(line)) {
      if (word.equals("&&")) {
        commands.add(words.toArray(String[]::new));
        words.clear();
      } else {
        words.add(word);
      }
    }
    commands.add(words.toArray(String[]::new));
    return commands;
  }

  /** The arguments of the program that the command calls by this name. */
  static String[] argumentsOf(String program, String[] command) {
    if (!command[0].equals(program)) {
      throw new AssertionError("Not a call of '%s': %s".formatted(program, List.of(command)));
    }
    return Arrays.copyOfRange(command, 1, command.length);
  }

  private static List<String> words(String line) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\'') {
        quoted = !quoted;
      } else if (quoted) {
        word.append(c);
      } else if (c == '\\') {
        i++;
        word.append(line.charAt(i));
      } else if (c == ' ') {
        words.add(word.toString());
        word.setLength(0);
      } else {
        word.append(c);
      }
    }
    words.add(word.toString());
    return words;
  }
}
