package io.penstock.spec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The rules for messages to people. Where a build enables it, every failure and every problem is
 * checked against them when it is made, so that each test also tests the messages that occur in it.
 * Elsewhere nothing is checked, since a message may quote what users wrote.
 */
public final class MessageRules {
  /** The system property by which the builds of Penstock itself enable the check. */
  private static final String PROPERTY = "penstock.messages.held";

  private static final boolean ENABLED = Boolean.getBoolean(PROPERTY);

  private static final Pattern FIX = Pattern.compile("(?m)^\\s*Fix:|Fix: ");
  private static final Pattern FIXES = Pattern.compile("(?m)^\\s*Fix:.*$");
  private static final Pattern PROBLEM = Pattern.compile("(?m)^\\d+\\. ");
  private static final Pattern QUOTED = Pattern.compile("\"[^\"\\n]*\"|'[^'\\n]*'|`[^`\\n]*`");

  private static final Pattern TEXT = Pattern.compile("'[^'\\n]*'");
  private static final Pattern JSON = Pattern.compile("\\{\"[^\"]*\"\\s*:");

  /** What must not stand in a message, by what it is. */
  private static final Map<String, Pattern> FORBIDDEN = new LinkedHashMap<>();

  /** What must not stand in a message outside of its quotations. */
  private static final Map<String, Pattern> FORBIDDEN_OUTSIDE_QUOTES = new LinkedHashMap<>();

  static {
    FORBIDDEN.put("a stack frame", Pattern.compile("(?m)^\\s+at [\\w.$]+\\("));
    FORBIDDEN.put(
        "the name of an exception's class",
        Pattern.compile("\\b(?:[a-z][a-z0-9_]*\\.)+[A-Z]\\w*(?:Exception|Error)\\b"));
    FORBIDDEN_OUTSIDE_QUOTES.put(
        "a code of Spark's", Pattern.compile("\\[[A-Z][A-Z0-9_.]{3,}]|SQLSTATE"));
    FORBIDDEN_OUTSIDE_QUOTES.put("a plan of Spark's", Pattern.compile("\\+- |(?m)^== SQL"));
    FORBIDDEN_OUTSIDE_QUOTES.put("a null", Pattern.compile("\\bnull\\b"));
    FORBIDDEN_OUTSIDE_QUOTES.put("the wrong article", Pattern.compile("\\bis not a [AEIOU]"));
  }

  private MessageRules() {}

  /**
   * Checks a message, and the fix that follows it, against the rules, where {@value #PROPERTY} is
   * set.
   *
   * @throws AssertionError that says which rule is broken
   */
  public static void hold(String message, String fix) {
    if (!ENABLED) {
      return;
    }
    broken(message, fix)
        .ifPresent(
            rule -> {
              throw new AssertionError(
                  "A message holds " + rule + ": " + message + "\nFix: " + fix);
            });
  }

  /** The first rule that is broken; empty when all are kept. */
  static Optional<String> broken(String message, String fix) {
    if (!ends(message.lines().findFirst().orElse("")) && !ends(message)) {
      return Optional.of("a first line that doesn't end");
    }
    if (FIX.matcher(fix).find() || fixes(message) > problems(message)) {
      return Optional.of("more than one fix");
    }
    // A fix may be to write a document, and an expression of the user may hold one.
    String told = FIXES.matcher(message).replaceAll("");
    if (JSON.matcher(TEXT.matcher(told).replaceAll("''")).find()) {
      return Optional.of("a JSON object");
    }
    return found(FORBIDDEN, message + "\n" + fix)
        .or(
            () ->
                found(
                    FORBIDDEN_OUTSIDE_QUOTES,
                    QUOTED.matcher(message + "\n" + fix).replaceAll("''")));
  }

  /** A query that is quoted has several lines, and so has a table at the end of a message. */
  private static boolean ends(String text) {
    String told = text.stripTrailing();
    return told.isEmpty() || ".:?!,;…".indexOf(told.charAt(told.length() - 1)) >= 0;
  }

  private static Optional<String> found(Map<String, Pattern> forbidden, String text) {
    return forbidden.entrySet().stream()
        .filter(rule -> rule.getValue().matcher(text).find())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private static long fixes(String message) {
    return FIX.matcher(message).results().count();
  }

  /** Several problems have a fix each; that of a single one follows the message. */
  private static long problems(String message) {
    long problems = PROBLEM.matcher(message).results().count();
    return problems == 1 ? 0 : problems;
  }
}
