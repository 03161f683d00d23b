package io.penstock.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in the lake, relative to its root: {@code raw/session_timestamp}.
 *
 * <p>Sources of files may hold placeholders for partition columns, {@code
 * arrivals/sessions/{arrival}}, where the folders do not follow the {@code column=value} form.
 */
public record LakePath(String text) {
  private static final Pattern SEGMENT = Pattern.compile("[\\p{L}\\p{N}_{][\\p{L}\\p{N}_.={}-]*");
  private static final String RESERVED = "_penstock";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]*)}");

  public LakePath {
    for (String segment : text.split("/", -1)) {
      if (!SEGMENT.matcher(segment).matches()) {
        throw new IllegalArgumentException(
            "Cannot use '%s' as a path in the lake: segment '%s' is not allowed. "
                    .formatted(text, segment)
                + "A path is relative to the lake's root, such as 'raw/session_timestamp': segments"
                + " of letters, digits, '_', '.', '-' and '=' that begin with a letter, a digit or"
                + " '_', and no scheme, '..' or empty segment.");
      }
    }
    if (text.replaceAll("\\{[A-Za-z_][A-Za-z0-9_]*}", "").matches(".*[{}].*")) {
      throw new IllegalArgumentException(
          "Cannot use '%s' as a path in the lake: a placeholder is '{column}'.".formatted(text));
    }
  }

  /** Whether paths in the lake can lead through a folder of this name. */
  public static boolean leadsThrough(String folder) {
    return SEGMENT.matcher(folder).matches() && !folder.contains("{") && !folder.contains("}");
  }

  /** The columns whose values stand in the path, in order. */
  public List<String> placeholders() {
    List<String> names = new ArrayList<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      names.add(matcher.group(1));
    }
    return List.copyOf(names);
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
    String[] mine = text.split("/", -1);
    String[] theirs = other.text.split("/", -1);
    for (int i = 0; i < Math.min(mine.length, theirs.length); i++) {
      if (!mine[i].equals(theirs[i]) && !mine[i].contains("{") && !theirs[i].contains("{")) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
