package io.penstock.spark.files;

import static io.penstock.spark.testing.FailureAssertions.isFailure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.engine.RunFailedException;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.HostileText;
import io.penstock.spark.testing.Proofs;
import io.penstock.spec.LakePath;
import io.penstock.spec.Names;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every text that names a place in the lake is refused with a message, or resolves strictly below
 * the root.
 */
@Tag("spark")
final class HostilePathsTest {
  private static final int PATHS = 10_000;

  /** The content of the lake of these tests; some of it are links that lead out of the lake. */
  private static final List<String> PLANTED =
      List.of("raw", "raw/up", "raw/deep", "away", "around", "sibling", "dangling", "raw/file");

  @TempDir private Path directory;
  private Path lake;
  private LakeRoot root;

  @BeforeEach
  void plantLinks() throws IOException {
    lake = Files.createDirectory(directory.resolve("lake"));
    Files.createDirectories(lake.resolve("raw/deep"));
    Files.createFile(lake.resolve("raw/file"));
    Files.createSymbolicLink(lake.resolve("raw/up"), Path.of("../.."));
    Files.createSymbolicLink(lake.resolve("away"), Path.of("/"));
    Files.createSymbolicLink(lake.resolve("around"), lake.resolve("raw"));
    Files.createSymbolicLink(
        lake.resolve("sibling"), Files.createDirectory(directory.resolve("lake-2")));
    Files.createSymbolicLink(lake.resolve("dangling"), directory.resolve("nowhere"));
    root = LakeRoot.of(lake.toString(), new Configuration(false));
  }

  @Test
  void tenThousandHostilePathsStayBelowTheRootOrAreRefused() {
    for (String path : paths()) {
      List<org.apache.hadoop.fs.Path> resolved = new ArrayList<>();
      Throwable refused = catchThrowable(() -> resolved.add(root.resolve(path)));
      if (refused == null) {
        requireBelow(path, resolved.get(0));
      } else {
        assertThat(refused)
            .as(path)
            .isInstanceOf(RunFailedException.class)
            .satisfies(isFailure("UNUSABLE_LAKE"))
            .hasMessageStartingWith("Cannot use lake path '");
        assertThat(refused.getMessage().codePoints().noneMatch(Character::isISOControl)).isTrue();
      }
    }
  }

  @Test
  void tenThousandHostileRootsAreAcceptedOrRefusedWithAMessage() {
    for (String path : HostileText.brokenTexts(PATHS)) {
      if (path.startsWith("hdfs:")) {
        // Hadoop would look for the host.
        continue;
      }
      Throwable refused = catchThrowable(() -> LakeRoot.of(path, new Configuration(false)));
      if (refused != null) {
        assertThat(refused)
            .as(path)
            .isInstanceOfAny(RunFailedException.class, UncheckedIOException.class);
        assertThat(refused).hasMessageStartingWith("Cannot ");
      }
    }
  }

  @Test
  void tenThousandHostileNamesAreRefusedOrAreOneSegmentOfAPath() {
    for (String name : HostileText.brokenTexts(PATHS)) {
      assertRefusedOr(() -> Names.pipeline(name), () -> assertThat(name).matches("[a-z0-9-]+"));
      assertRefusedOr(
          () -> Names.identifier("a column", name),
          () -> assertThat(name).matches("[A-Za-z0-9_]+"));
    }
  }

  @Test
  void everyPathThatTheLanguageAcceptsStaysBelowTheRoot() {
    for (String path : paths()) {
      assertRefusedOr(
          () -> new LakePath(path),
          () -> {
            if (new LakePath(path).placeholders().isEmpty()) {
              Throwable escaping = catchThrowable(() -> root.resolve(path));
              assertThat(Optional.ofNullable(escaping).map(Throwable::getMessage).orElse(""))
                  .matches("|.*a symbolic link on it leads out of the lake root.*");
            }
          });
    }
  }

  @Test
  void recordsWithHostileNamesStayInTheFolderOfRecordsOrAreRefused() throws IOException {
    EngineLake engine = new EngineLake(lake);
    List<Path> before = below(directory);
    for (String name : HostileText.brokenTexts(1_000)) {
      for (Runnable keep :
          List.<Runnable>of(
              () -> engine.engine().lake().record(name, "run", "{}"),
              () -> engine.engine().lake().record("job", name, "{}"))) {
        Throwable refused = catchThrowable(keep::run);
        if (refused != null) {
          assertThat(refused).as(name).isInstanceOf(RunFailedException.class);
          assertThat(((RunFailedException) refused).failure().kind())
              .as(name)
              .isNotEqualTo(io.penstock.engine.FailureKind.BUG);
        }
      }
    }
    Path records = lake.resolve("_penstock/runs");
    assertThat(below(directory))
        .allSatisfy(file -> assertThat(before.contains(file) || file.startsWith(records)).isTrue());
  }

  private static void assertRefusedOr(Runnable use, Runnable safe) {
    Throwable refused = catchThrowable(use::run);
    if (refused == null) {
      safe.run();
    } else {
      assertThat(refused)
          .isExactlyInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Cannot ");
    }
  }

  /** Hostile texts, alone and combined with paths that exist in the lake. */
  private List<String> paths() {
    Random random = Proofs.random("paths among planted links");
    return HostileText.brokenTexts(PATHS).stream()
        .map(
            text ->
                switch (random.nextInt(4)) {
                  case 0 -> planted(random) + "/" + text;
                  case 1 -> planted(random) + "/" + text + "/" + planted(random);
                  case 2 -> planted(random) + "/" + planted(random);
                  default -> text;
                })
        .toList();
  }

  private static String planted(Random random) {
    return PLANTED.get(random.nextInt(PLANTED.size()));
  }

  /** Checks the real path of what exists, and of the deepest existing folder otherwise. */
  private void requireBelow(String path, org.apache.hadoop.fs.Path resolved) {
    try {
      assertThat(StandardCharsets.UTF_8.newEncoder().canEncode(path)).isTrue();
      Path place = LakeFiles.local(resolved);
      assertThat(place.normalize())
          .as(path)
          .isEqualTo(place)
          .startsWithRaw(lake)
          .isNotEqualTo(lake);
      Path there = place;
      while (!Files.exists(there, LinkOption.NOFOLLOW_LINKS)) {
        there = there.getParent();
      }
      assertThat(there.toRealPath()).as(path).startsWithRaw(lake.toRealPath());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> below(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)).toList();
    }
  }
}
