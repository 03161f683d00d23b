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
 * The README and its code blocks.
 *
 * @param text of the whole page
 * @param blocks in order
 */
public record Readme(String text, List<Block> blocks) {
  private static final Pattern FENCED =
      Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  /** Parts of an output that differ between runs: ids, times, versions, sizes, numbers of files. */
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
   * A code block.
   *
   * @param language after the opening fence
   * @param text ending with a line end
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

  /** The commands after a prompt, without comments. */
  public List<String> commands() {
    return blocks.stream()
        .filter(block -> block.language().equals("console"))
        .flatMap(block -> Stream.of(block.text().replace("\\\n", "").split("\n")))
        .map(line -> line.replaceFirst("^\\$ ", "").replaceFirst("\\s+# .*", ""))
        .map(line -> line.replaceAll("\\s+", " "))
        .toList();
  }

  /** The first block that begins with a text. */
  public String beginning(String start) {
    return blocks.stream()
        .map(Block::text)
        .filter(text -> text.startsWith(start))
        .findFirst()
        .orElseThrow(
            () -> new AssertionError("No block of the README begins with '" + start + "'"));
  }

  /** The block after the first one that begins with a text: the output of its command. */
  public String after(String start) {
    List<String> texts = blocks.stream().map(Block::text).toList();
    return texts.get(texts.indexOf(beginning(start)) + 1);
  }

  /** An output without the parts that differ between runs. */
  public static String ofAnyRun(String output) {
    return OF_ITS_RUN.matcher(output).replaceAll("…").replaceAll(" +", " ");
  }
}
