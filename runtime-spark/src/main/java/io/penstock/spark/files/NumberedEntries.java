package io.penstock.spark.files;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/** File names that are numbers, padded so that the order of names is the order of numbers. */
public final class NumberedEntries {
  /** With a first digit up to 8 every number fits into a long. */
  private static final Pattern NAME = Pattern.compile("([0-8][0-9]{18})\\.json");

  private NumberedEntries() {}

  /** The name of an entry, such as {@code 0000000000000000017.json}. */
  public static String name(long number) {
    return String.format(Locale.ROOT, "%019d.json", number);
  }

  /**
   * The numbers among the entries of a directory; other names, such as temporary ones, are ignored.
   */
  public static LongStream numbers(List<LakeFiles.Entry> entries) {
    return entries.stream()
        .filter(entry -> !entry.directory())
        .map(entry -> NAME.matcher(entry.name()))
        .filter(Matcher::matches)
        .mapToLong(name -> Long.parseLong(name.group(1)));
  }
}
