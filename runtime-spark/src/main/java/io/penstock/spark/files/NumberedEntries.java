package io.penstock.spark.files;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** File names that are numbers, padded so that they sort by name as they do by number. */
public final class NumberedEntries {
  /** A first digit up to 8 keeps every name within the range of a long. */
  private static final Pattern NAME = Pattern.compile("([0-8][0-9]{18})\\.json");

  private NumberedEntries() {}

  /** The name of an entry, such as {@code 0000000000000000017.json}. */
  public static String name(long number) {
    return String.format(Locale.ROOT, "%019d.json", number);
  }

  /**
   * The numbers among the entries of a directory; other names, such as temporary ones, don't count.
   */
  public static LongStream numbers(List<LakeFiles.Entry> entries) {
    return entries.stream()
        .filter(entry -> !entry.directory())
        .map(entry -> NAME.matcher(entry.name()))
        .filter(Matcher::matches)
        .mapToLong(name -> Long.parseLong(name.group(1)));
  }
}
