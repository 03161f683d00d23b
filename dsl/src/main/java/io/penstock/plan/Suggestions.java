package io.penstock.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": the known name nearest to one that isn't known. */
public final class Suggestions {
  private Suggestions() {}

  /** The nearest known name, when it is near enough to be meant. */
  public static Optional<String> nearest(String name, Collection<String> known) {
    String wanted = name.toLowerCase(Locale.ROOT);
    return known.stream()
        .filter(candidate -> distance(wanted, candidate.toLowerCase(Locale.ROOT)) <= limit(wanted))
        .min(
            Comparator.<String>comparingInt(c -> distance(wanted, c.toLowerCase(Locale.ROOT)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** A sentence that proposes the nearest name and lists what there is. */
  public static String sentence(String name, String plural, Collection<String> known) {
    String list = known.isEmpty() ? "none" : String.join(", ", known);
    return "%s%s: %s."
        .formatted(
            nearest(name, known).map(nearest -> "did you mean '" + nearest + "'? ").orElse(""),
            plural,
            list);
  }

  private static int limit(String name) {
    return Math.max(1, name.length() / 3);
  }

  /** Edits (insert, delete, replace, swap of neighbours) from one text to the other. */
  private static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 ? j : j == 0 ? i : cheapest(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int cheapest(int[][] edits, String a, String b, int i, int j) {
    int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, edits[i - 2][j - 2] + 1) : best;
  }

  /** The names in alphabetical order, for a message. */
  public static List<String> sorted(Collection<String> names) {
    return names.stream().sorted().toList();
  }
}
