package io.penstock.jobs.run;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Quotes words so that a shell takes each literally. */
public final class ShellWords {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  private ShellWords() {}

  /** A program, ready for a shell, and what it is given, as a line. */
  public static String line(String program, List<String> words) {
    return Stream.concat(Stream.of(program), words.stream().map(ShellWords::quoted))
        .collect(Collectors.joining(" "));
  }

  /** A word, quoted where it has to be. */
  public static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
