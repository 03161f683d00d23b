package io.penstock.jobs.result;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The user-info of URLs within a text, {@code scheme://user:password@host}.
 *
 * <p>People paste passwords as they are, so {@code /}, {@code ?}, {@code #} and {@code @} may stand
 * in one although a URL has them encoded. What could be a password is taken for one; only a number
 * before a path is a port.
 */
final class UserInfo {
  private static final Pattern BEHIND_SCHEME =
      Pattern.compile("(?<=[a-zA-Z0-9]://)\\S*?(?=://|\\s|$)");
  private static final Pattern PORT = Pattern.compile("\\d{1,5}[/?#]");
  private static final Pattern PATH = Pattern.compile("[/?#]");

  private UserInfo() {}

  /** The text with another word in the place of each user-info. */
  static String replacedBy(String word, String text) {
    return BEHIND_SCHEME
        .matcher(text)
        .replaceAll(
            behind -> {
              String rest = behind.group();
              OptionalInt end = end(rest);
              String clean = end.isPresent() ? word + rest.substring(end.getAsInt()) : rest;
              return Matcher.quoteReplacement(clean);
            });
  }

  /** The passwords, as they stand there. */
  static List<String> passwords(String text) {
    return BEHIND_SCHEME
        .matcher(text)
        .results()
        .map(MatchResult::group)
        .filter(rest -> end(rest).isPresent())
        .map(rest -> rest.substring(0, end(rest).getAsInt()))
        .filter(info -> info.indexOf(':') >= 0)
        .map(info -> info.substring(info.indexOf(':') + 1))
        .toList();
  }

  /** Where the {@code @} behind the user-info stands; empty when there is none. */
  private static OptionalInt end(String rest) {
    int colon = rest.indexOf(':');
    int path = PATH.matcher(rest).results().mapToInt(MatchResult::start).findFirst().orElse(-1);
    boolean passwordFirst =
        colon >= 0
            && (path < 0 || colon < path)
            && !PORT.matcher(rest.substring(colon + 1)).lookingAt();
    int end = passwordFirst || path < 0 ? rest.lastIndexOf('@') : rest.lastIndexOf('@', path);
    return end < 0 ? OptionalInt.empty() : OptionalInt.of(end);
  }
}
