package io.penstock.jobs.cli;

import io.penstock.engine.Preview;
import io.penstock.jobs.result.Amounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Rows to look at, one a line: {@code ∅} stands for NULL, so that the text NULL is one. */
public final class PreviewText {
  private static final String NULL = "∅";
  private static final int MAX_WIDTH = 60;

  private PreviewText() {}

  /**
   * The rows under their columns.
   *
   * @param forMore how to see more rows, when there are more
   */
  public static String of(Preview preview, String forMore) {
    List<String> header = new ArrayList<>();
    for (int i = 0; i < preview.columns().size(); i++) {
      header.add(preview.columns().get(i) + "\n" + preview.types().get(i).toLowerCase(Locale.ROOT));
    }
    List<List<String>> rows =
        preview.rows().stream().map(row -> row.stream().map(PreviewText::cell).toList()).toList();
    return TextTable.of(header, rows) + footer(preview, forMore);
  }

  private static String footer(Preview preview, String forMore) {
    int rows = preview.rows().size();
    return preview.more()
        ? "The first %s; there are more: %s.%n".formatted(Amounts.of(rows, "row"), forMore)
        : Amounts.of(rows, "row") + ".\n";
  }

  /** One line, however the value looks. */
  private static String cell(Optional<String> value) {
    if (value.isEmpty()) {
      return NULL;
    }
    String line =
        value
            .orElseThrow()
            .replace("\\", "\\\\")
            .replace("\n", "\\n")
            .replace("\r", "\\r")
            .replace("\t", "\\t")
            .replaceAll("\\p{Cntrl}", "\uFFFD");
    int characters = line.codePointCount(0, line.length());
    return characters <= MAX_WIDTH
        ? line
        : line.substring(0, line.offsetByCodePoints(0, MAX_WIDTH - 1)) + "…";
  }
}
