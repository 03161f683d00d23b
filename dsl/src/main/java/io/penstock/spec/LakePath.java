package io.penstock.spec;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A place in the lake, relative to its root: {@code raw/session_timestamp}.
 *
 * <p>Sources of files may hold placeholders for partition columns, where the folders do not follow
 * the {@code column=value} form: {@code arrivals/sessions/{arrival}}, or with a pattern {@code
 * arrivals/sessions/{arrival:yyyy/MM/dd}}.
 */
public record LakePath(String text) {
  private static final Pattern SEGMENT = Pattern.compile("[\\p{L}\\p{N}_{][\\p{L}\\p{N}_.={}-]*");
  private static final String RESERVED = "_penstock";

  /** Stands for a value in a path, where no other character can be. */
  private static final String ANYTHING = "*";

  public LakePath {
    String filled = new DatedText(text).with("x");
    for (String segment : filled.split("/", -1)) {
      if (!SEGMENT.matcher(segment).matches()) {
        throw new IllegalArgumentException(
            "Cannot use '%s' as a path in the lake: segment '%s' is not allowed. "
                    .formatted(text, segment)
                + "A path is relative to the lake's root, such as 'raw/session_timestamp': segments"
                + " of letters, digits, '_', '.', '-' and '=' that begin with a letter, a digit or"
                + " '_', and no scheme, '..' or empty segment.");
      }
    }
    if (holdsBrace(filled)) {
      throw new IllegalArgumentException(
          "Cannot use '%s' as a path in the lake: a placeholder is '{column}' or, with a pattern for its date, '{column:yyyy/MM/dd}'."
              .formatted(text));
    }
  }

  private static boolean holdsBrace(String text) {
    return text.contains("{") || text.contains("}");
  }

  /** Whether paths in the lake can lead through a folder of this name. */
  public static boolean leadsThrough(String folder) {
    return SEGMENT.matcher(folder).matches() && !holdsBrace(folder);
  }

  /** The columns for which it has placeholders, each once, in order. */
  public List<String> placeholders() {
    return new DatedText(text).columns();
  }

  /**
   * Whether it lies where Penstock keeps its records and journal, {@code _penstock}; on some file
   * systems {@code _Penstock} is the same folder.
   */
  public boolean isPenstocksOwn() {
    return text.split("/", 2)[0].equalsIgnoreCase(RESERVED);
  }

  /** The last segment: an export's files are named after it. */
  public String name() {
    return text.substring(text.lastIndexOf('/') + 1);
  }

  /**
   * Whether one of the two lies inside the other, or both are the same place. A segment with a
   * placeholder is taken for any other.
   */
  public boolean overlaps(LakePath other) {
    List<String> mine = segments();
    List<String> theirs = other.segments();
    for (int i = 0; i < Math.min(mine.size(), theirs.size()); i++) {
      boolean anything = mine.get(i).contains(ANYTHING) || theirs.get(i).contains(ANYTHING);
      if (!anything && !mine.get(i).equals(theirs.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** The names of the folders, with {@link #ANYTHING} for what isn't known. */
  private List<String> segments() {
    return List.of(new DatedText(text).withFolders(ANYTHING).split("/", -1));
  }

  @Override
  public String toString() {
    return text;
  }
}
