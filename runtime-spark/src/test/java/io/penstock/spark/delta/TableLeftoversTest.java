package io.penstock.spark.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.Leftover;
import io.penstock.spark.cleaning.FoundLeftovers;
import io.penstock.spark.export.ExportLeftovers;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.testing.Proofs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random trees of tables in tables, exports and other people's files, of every age: what is taken
 * away is data that a table's own log doesn't name, and nothing else.
 */
@Tag("proof")
final class TableLeftoversTest {
  private static final Instant NOW = Instant.parse("2026-04-01T00:00:00Z");
  private static final Instant BEFORE = NOW.minus(Duration.ofDays(7));
  private static final List<String> FOLDERS =
      List.of(
          "day=2026-03-01",
          "day=a%20b",
          "_country=DE",
          "Zx",
          "detail",
          "notes of people",
          "_change_data",
          "_delta_index",
          ".hidden",
          "_temporary");
  private static final List<String> FILES =
      List.of(
          "part-00000-1.c000.snappy.parquet",
          "part-00001 with spaces.parquet",
          ".part-00000-1.c000.snappy.parquet.crc",
          "part-0.csv",
          "part-7",
          "cdc-00000.parquet",
          "deletion_vector_1.bin",
          "data.parquet",
          "00000000000000000010.checkpoint.parquet",
          "mypart-0.parquet",
          "a.csv");

  @TempDir private Path directory;

  /** A file of the tree, and what decides about it. */
  private record Thing(Path path, Path output, boolean inData, boolean named, boolean old) {
    /** Checksums go with the file that they are of. */
    Path data() {
      return path.resolveSibling(path.getFileName().toString().replaceAll("^\\.(.*)\\.crc$", "$1"));
    }

    boolean isLeftover(Path table, Set<org.apache.hadoop.fs.Path> named) {
      return output.equals(table)
          && inData
          && old
          && data().getFileName().toString().matches("part-.*\\.parquet")
          && !named.contains(hadoop(data()));
    }
  }

  @Test
  void nothingIsTakenButWhatNoLogNamesInATablesOwnFolders() throws IOException {
    Random random = Proofs.random("trees of outputs");
    for (int tree = 0; tree < (Proofs.full() ? 2_000 : 60); tree++) {
      Path root = Files.createDirectory(directory.resolve("tree" + tree));
      List<Thing> things = new ArrayList<>();
      Set<Path> tables = new HashSet<>();
      Path top = Files.createDirectory(root.resolve("table"));
      grow(top, top, true, 4, random, things, tables);
      Map<org.apache.hadoop.fs.Path, Set<org.apache.hadoop.fs.Path>> named = new HashMap<>();
      for (Path table : tables) {
        named.put(
            hadoop(table),
            things.stream()
                .filter(thing -> thing.named() && thing.output().equals(table))
                .map(thing -> hadoop(thing.path()))
                .collect(Collectors.toSet()));
      }
      LakeRoot lake = new LakeRoot(hadoop(root));

      for (Path table : tables) {
        assertThat(found(new TableLeftovers(lake, named::get, new Configuration(), BEFORE), table))
            .isEqualTo(
                things.stream()
                    .filter(thing -> thing.isLeftover(table, named.get(hadoop(table))))
                    .map(thing -> hadoop(thing.path()).toString())
                    .collect(Collectors.toSet()));
      }
    }
  }

  private static Set<String> found(TableLeftovers leftovers, Path table) {
    FoundLeftovers found = new FoundLeftovers();
    leftovers.find(hadoop(table), found);
    return found.leftovers().stream().map(Leftover::path).collect(Collectors.toSet());
  }

  @Test
  void whatALinkLeadsToIsNotTaken() throws IOException {
    Path table = Files.createDirectories(directory.resolve("lake/table/_delta_log")).getParent();
    Path elsewhere = Files.createDirectories(directory.resolve("lake/elsewhere"));
    age(Files.writeString(elsewhere.resolve("part-0.parquet"), "x"), true);
    Files.createSymbolicLink(table.resolve("day=2026-03-01"), elsewhere);
    Files.createSymbolicLink(table.resolve("part-1.parquet"), elsewhere.resolve("part-0.parquet"));

    assertThat(
            found(
                new TableLeftovers(
                    new LakeRoot(hadoop(directory.resolve("lake"))),
                    path -> Set.of(),
                    new Configuration(),
                    Instant.now()),
                table))
        .isEmpty();
  }

  @Test
  void whatOthersPutAmongTheVersionsOfAnExportStays() throws IOException {
    Path versions = directory.resolve("export/_versions/all");
    Path dead = Files.createDirectories(versions.resolve("run-1"));
    age(Files.writeString(dead.resolve("export.csv"), "x"), true);
    Path pieces = Files.createDirectories(versions.resolve("run-2/_pieces"));
    age(Files.writeString(pieces.resolve("0"), "x"), true);
    Path table = Files.createDirectories(versions.resolve("tables/of/others/_delta_log"));
    age(Files.writeString(table.resolve("00000000000000000000.json"), "x"), true);
    Path notes = Files.createDirectories(versions.resolve("notes of people"));
    age(Files.writeString(notes.resolve("a.txt"), "x"), true);
    org.apache.hadoop.fs.Path export = hadoop(directory.resolve("export"));

    assertThat(new ExportLeftovers(export, new Configuration(), BEFORE).find(export))
        .extracting(old -> old.version().getName())
        .containsExactlyInAnyOrder("run-1", "run-2");
  }

  /**
   * @param inData whether a table keeps data in the folder
   */
  private static void grow(
      Path folder,
      Path output,
      boolean inData,
      int depth,
      Random random,
      List<Thing> things,
      Set<Path> tables)
      throws IOException {
    if (folder.equals(output)) {
      boolean isTable = tables.isEmpty() || random.nextInt(4) > 0;
      Files.createDirectory(folder.resolve(isTable ? "_delta_log" : "_versions"));
      if (isTable) {
        tables.add(folder);
        things.add(add(folder.resolve("_delta_log/part-0.parquet"), output, false, random));
      }
    }
    for (String name : FILES) {
      if (random.nextInt(3) == 0) {
        things.add(add(folder.resolve(name), output, inData, random));
      }
    }
    for (String name : FOLDERS) {
      if (depth > 0 && random.nextInt(4) == 0) {
        Path inner = Files.createDirectory(folder.resolve(name));
        boolean isOutput = random.nextInt(5) == 0;
        boolean data = inData && (name.contains("=") || name.equals("Zx"));
        grow(inner, isOutput ? inner : output, isOutput || data, depth - 1, random, things, tables);
      }
    }
  }

  private static Thing add(Path path, Path output, boolean inData, Random random)
      throws IOException {
    boolean old = random.nextBoolean();
    age(Files.writeString(path, "x"), old);
    return new Thing(path, output, inData, random.nextInt(3) == 0, old);
  }

  private static Path age(Path file, boolean old) {
    try {
      return Files.setLastModifiedTime(
          file, FileTime.from(old ? BEFORE.minusSeconds(1) : BEFORE.plusSeconds(1)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static org.apache.hadoop.fs.Path hadoop(Path path) {
    return new org.apache.hadoop.fs.Path("file:" + path);
  }
}
