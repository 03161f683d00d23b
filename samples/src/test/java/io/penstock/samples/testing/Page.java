package io.penstock.samples.testing;

import io.penstock.samples.oracle.RawLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation and its code blocks.
 *
 * @param path from the repository's root
 * @param text of the whole page
 * @param blocks in order
 */
public record Page(String path, String text, List<Block> blocks) {
  private static final Set<String> NOT_OURS = Set.of("target", ".git");

  private static final Pattern FENCED =
      Pattern.compile("^```(\\w*)\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  private static final Pattern HEADING = Pattern.compile("^#+ (.+)$", Pattern.MULTILINE);

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

  /** What a user reads first. */
  public static final Page README = of("README.md");

  /** The reference of the language. */
  public static final Page LANGUAGE = of("dsl/README.md");

  /** How jobs are run, tested and configured. */
  public static final Page JOBS = of("jobs/README.md");

  /** The engine and its guarantees. */
  public static final Page ENGINE = of("runtime-spark/README.md");

  /** How the guarantees are proved. */
  public static final Page PROOFS = of("runtime-spark/PROOFS.md");

  /** The sample jobs, and jshell. */
  public static final Page SAMPLES = of("samples/README.md");

  /** What users read, in the order in which they may. */
  public static final List<Page> FOR_USERS =
      List.of(README, LANGUAGE, JOBS, ENGINE, PROOFS, SAMPLES);

  /**
   * A code block.
   *
   * @param language after the opening fence
   * @param text ending with a line end
   */
  public record Block(String language, String text) {}

  public Page {
    blocks = List.copyOf(blocks);
  }

  /** The page at a path, from the repository's root. */
  public static Page of(String path) {
    Path file = repository().resolve(path);
    try {
      String text = Files.readString(file);
      return new Page(
          path,
          text,
          FENCED.matcher(text).results().map(b -> new Block(b.group(1), b.group(2))).toList());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read '" + file + "'", e);
    }
  }

  /** All pages of the repository, also those for whoever changes Penstock. */
  public static List<Page> all() {
    List<Page> pages = new ArrayList<>();
    try {
      Files.walkFileTree(
          repository(),
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return NOT_OURS.contains(folder.getFileName().toString())
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              if (file.toString().endsWith(".md")) {
                pages.add(of(repository().relativize(file).toString()));
              }
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot look for pages in '" + repository() + "'", e);
    }
    return List.copyOf(pages);
  }

  /** The root of this repository. */
  public static Path repository() {
    return RawLake.samplePath().getParent();
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
            () -> new AssertionError("No block of " + path + " begins with '" + start + "'"));
  }

  /** The block after the first one that begins with a text: the output of its command. */
  public String after(String start) {
    List<String> texts = blocks.stream().map(Block::text).toList();
    return texts.get(texts.indexOf(beginning(start)) + 1);
  }

  /** Where its links lead, as they are written; those in fenced blocks are none. */
  public List<String> links() {
    return LINK.matcher(FENCED.matcher(text).replaceAll(""))
        .results()
        .map(link -> link.group(1))
        .toList();
  }

  /** The names of its headings, as GitHub gives them for links: {@code at-3-am}. */
  public List<String> anchors() {
    return HEADING
        .matcher(FENCED.matcher(text).replaceAll(""))
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
        .toList();
  }

  /** An output without the parts that differ between runs. */
  public static String ofAnyRun(String output) {
    return OF_ITS_RUN.matcher(output).replaceAll("…").replaceAll(" +", " ");
  }
}
