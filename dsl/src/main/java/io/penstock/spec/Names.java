package io.penstock.spec;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The rules for names that users give, in one place. */
public final class Names {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final Pattern PIPELINE = Pattern.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*");

  private Names() {}

  /** A name that can stand in SQL without quotes: aliases, parameters, partition columns. */
  public static String identifier(String what, String name) {
    if (!IDENTIFIER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Cannot use '%s' as %s: it starts with a letter or '_' and holds only letters, digits and '_'."
              .formatted(name, what));
    }
    return name;
  }

  /** A pipeline's name: it appears in paths, commands and schedulers. */
  public static String pipeline(String name) {
    if (!PIPELINE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Cannot name a pipeline '%s': use lower-case words joined by '-', such as 'channel-report'."
              .formatted(name));
    }
    return name;
  }

  /** Text that has to say something. */
  public static String text(String what, String text) {
    if (text.isBlank()) {
      throw new IllegalArgumentException("Cannot use a blank text as " + what + ".");
    }
    return text;
  }

  /** At least one entry, none blank, none twice (columns are compared without regard to case). */
  public static List<String> distinct(String what, List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException("Cannot do without " + what + ": name at least one.");
    }
    Set<String> seen = new HashSet<>();
    for (String name : names) {
      text(what, name);
      if (!seen.add(name.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("Cannot use '" + name + "' twice in " + what + ".");
      }
    }
    return List.copyOf(names);
  }

  /** At least one word, none twice; a word may be empty. */
  public static List<String> words(String what, List<String> words) {
    if (words.isEmpty()) {
      throw new IllegalArgumentException("Cannot do without " + what + ": name at least one.");
    }
    Set<String> seen = new HashSet<>();
    for (String word : words) {
      if (!seen.add(word)) {
        throw new IllegalArgumentException("Cannot use '" + word + "' twice in " + what + ".");
      }
    }
    return List.copyOf(words);
  }

  /** Columns, each by its name: a star stands for others whenever the rows change. */
  public static List<String> eachByName(String what, List<String> columns) {
    for (String column : distinct(what, columns)) {
      if (column.equals("*") || column.endsWith(".*")) {
        throw new IllegalArgumentException(
            "Cannot use '" + column + "' as " + what + ": name each of them.");
      }
    }
    return List.copyOf(columns);
  }

  /** At least one expression, none blank. */
  public static List<String> expressions(String what, List<String> expressions) {
    if (expressions.isEmpty()) {
      throw new IllegalArgumentException("Cannot do without " + what + ": give at least one.");
    }
    expressions.forEach(expression -> text(what, expression));
    return List.copyOf(expressions);
  }
}
