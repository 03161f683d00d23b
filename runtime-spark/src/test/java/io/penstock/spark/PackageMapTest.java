package io.penstock.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The map on the page of this module holds every package, each once, and no other. */
class PackageMapTest {
  private static final Path PACKAGES = Path.of("src/main/java/io/penstock/spark");
  private static final Pattern ROW =
      Pattern.compile("^\\| `(\\w+)` \\| \\S.* \\|$", Pattern.MULTILINE);

  @Test
  void everyPackageHasItsSentence() throws IOException {
    String page = Files.readString(Path.of("README.md"));
    String map =
        page.substring(page.indexOf("## Package map"), page.indexOf("## What is guaranteed"));

    try (Stream<Path> packages = Files.list(PACKAGES)) {
      assertThat(ROW.matcher(map).results().map((MatchResult row) -> row.group(1)))
          .containsExactlyInAnyOrderElementsOf(
              packages
                  .filter(Files::isDirectory)
                  .map(path -> path.getFileName().toString())
                  .toList());
    }
  }
}
