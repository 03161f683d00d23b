package io.penstock.samples.testing;

import io.penstock.samples.oracle.RawLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The user's page, taken apart.
 *
 * @param text all of it
 * @param blocks what stands between fences, in order
 */
public record Readme(String text, List<Block> blocks) {
  private static final Pattern FENCED =
      Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** What another run says in other words: ids, times, versions, sizes and numbers of files. */
  private static final Pattern OF_ITS_RUN =
      Pattern.compile(
          "\\d{8}T\\d{9}Z-[0-9a-f]{8}" // a run id
              + "|\\b[0-9.]+ s\\b"
              + "|(?<=, version )\\d+"
              + "|(?<=\"(?:durationMs|openedInMs)\":)\\d+"
              + "|(?<=\"(?:bytes|files)\":)\\d+"
              + "|\\b\\d+ files?\\b"
              + "|\\b[0-9.]+ (?:B|KiB|MiB)\\b"
              + "|/tmp/penstock-scratch-\\S*(?=;)");

  /**
   * What stands between two fences.
   *
   * @param language that stands behind the fence
   * @param text with a line end at its end
   */
  public record Block(String language, String text) {}

  public Readme {
    blocks = List.copyOf(blocks);
  }

  /** The README of this repository. */
  public static Readme read() {
    Path file = RawLake.samplePath().resolveSibling("README.md");
    try {
      String text = Files.readString(file);
      return new Readme(
          text,
          FENCED.matcher(text).results().map(b -> new Block(b.group(1), b.group(2))).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read '" + file + "'", e);
    }
  }

  /** The commands behind a prompt, without the remarks behind them. */
  public List<String> commands() {
    return blocks.stream()
        .filter(block -> block.language().equals("console"))
        .flatMap(block -> Stream.of(block.text().replace("\\\n", "").split("\n")))
        .map(line -> line.replaceFirst("^\\$ ", "").replaceFirst("\\s+# .*", ""))
        .map(line -> line.replaceAll("\\s+", " "))
        .toList();
  }

  /** The first block that begins so. */
  public String beginning(String start) {
    return blocks.stream()
        .map(Block::text)
        .filter(text -> text.startsWith(start))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("No block of the README begins with '" + start + "'"));
  }

  /** What follows the first block that begins so: what the command there prints. */
  public String after(String start) {
    List<String> texts = blocks.stream().map(Block::text).toList();
    return texts.get(texts.indexOf(beginning(start)) + 1);
  }

  /** An output as every run of the same command gives it. */
  public static String ofAnyRun(String output) {
    return OF_ITS_RUN.matcher(output).replaceAll("…").replaceAll(" +", " ");
  }
}
