package io.penstock.spark.sql;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Text put together from the pieces that break careless rendering; the same in every run. */
final class HostileText {
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
          "\n",
          "\r\n",
          "\t",
          "\0",
          "\u001a",
          "\b",
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
          "${spark.app.name}",
          "$",
          "{",
          "}",
          "${",
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
          ".",
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
          "\u2028",
          "\ufeff",
          "\u00a0",
          "İ",
          "ß");

  private HostileText() {}

  /** Texts of one to eight pieces. */
  static List<String> texts(int count) {
    Random random = new Random(20260301);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                IntStream.rangeClosed(0, random.nextInt(8))
                    .mapToObj(j -> PIECES.get(random.nextInt(PIECES.size())))
                    .collect(Collectors.joining()))
        .toList();
  }
}
