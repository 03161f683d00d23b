package io.penstock.spark.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Texts put together from the pieces that break careless rendering, quoting and resolving; by
 * chance that can be repeated.
 */
public final class HostileText {
  private static final int LONG = 5_000;

  private static final List<String> PIECES =
      List.of(
          "'",
          "''",
          "\\",
          "\\\\",
          "\\'",
          "\"",
          "`",
          "``",
          "‘",
          "’",
          "＇",
          "＂",
          "ʼ",
          "\n",
          "\r\n",
          "\t",
          "\0",
          "\u001a",
          "\u001b[31m",
          "\b",
          "\u007f",
          "' OR true --",
          "') OR (1=1",
          "; DROP TABLE t",
          "/* ",
          " */",
          "--",
          "%",
          "_",
          "\\%",
          "\\_",
          "%27",
          "%2F",
          "%2e%2e%2f",
          "%00",
          "%5C",
          "${spark.app.name}",
          "${env:PATH}",
          "$(id)",
          "$",
          "{",
          "}",
          "${",
          "[ab]",
          "{a,b}",
          "#",
          "&",
          "|",
          "~",
          "@",
          "\\u0041",
          "\\x41",
          "\\101",
          "\\n",
          "NULL",
          "r'",
          ":name",
          "?",
          "=",
          "/",
          "//",
          "/etc/passwd",
          "../",
          "/..",
          "..",
          ".",
          "file:",
          "s3a://bucket/",
          "hdfs:",
          "C:\\",
          "*",
          " ",
          "a",
          "Z",
          "0",
          "é",
          "e\u0301",
          "가",
          "😀",
          "\u202e",
          "\u200f",
          "\u2028",
          "\u2215",
          "\uff0f",
          "\uff0e\uff0e",
          "\ufeff",
          "\u00a0",
          "İ",
          "ß");

  private static final List<String> HALVES = List.of("\ud83d", "\ude00");

  private HostileText() {}

  /** So many texts of one to eight pieces; now and then a long one. All can be written as UTF-8. */
  public static List<String> texts(int count) {
    Random random = Proofs.random("hostile texts");
    return IntStream.range(0, count).mapToObj(i -> text(random, PIECES)).toList();
  }

  /** The same, some of them with halves of a surrogate pair, which no encoding can store. */
  public static List<String> brokenTexts(int count) {
    Random random = Proofs.random("hostile and broken texts");
    List<String> pieces = new ArrayList<>(PIECES);
    pieces.addAll(HALVES);
    return IntStream.range(0, count).mapToObj(i -> text(random, pieces)).toList();
  }

  private static String text(Random random, List<String> pieces) {
    String text =
        IntStream.rangeClosed(0, random.nextInt(8))
            .mapToObj(i -> pieces.get(random.nextInt(pieces.size())))
            .collect(Collectors.joining());
    return random.nextInt(1_000) == 0 ? text.repeat(LONG / text.length() + 1) : text;
  }
}
