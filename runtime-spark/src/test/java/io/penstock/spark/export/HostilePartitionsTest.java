package io.penstock.spark.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.penstock.spark.delta.UnitId;
import io.penstock.spark.testing.HostileText;
import io.penstock.spec.CsvCompression;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;

/** Every partition has a place and a name of its own, in its export and nowhere else. */
final class HostilePartitionsTest {
  private static final Path EXPORT = new Path("file:/lake/export/x");

  @Test
  void tenThousandHostileValuesHaveAFolderOfTheirOwnBelowTheirExport() {
    Map<String, String> folders = new HashMap<>();
    for (String value : HostileText.texts(10_000)) {
      PartitionSegment segment = new PartitionSegment("c", value);
      ExportTarget target = new ExportTarget(EXPORT, List.of(segment));
      java.nio.file.Path file = local(target.stablePath(CsvCompression.NONE));

      assertThat(file.normalize()).isEqualTo(file);
      assertThat(file.getParent().getParent()).isEqualTo(local(EXPORT));
      assertThat(local(target.entries()).getParent())
          .isEqualTo(local(EXPORT).resolve(ExportTarget.PUBLISHED));
      assertThat(local(target.version("run-1")).getParent().getParent().getParent())
          .isEqualTo(local(EXPORT));
      assertThat(PartitionSegment.parse(file.getParent().getFileName().toString()))
          .isEqualTo(segment);
      assertThat(folders.merge(segment.directory(), value, (one, other) -> one)).isEqualTo(value);
    }
  }

  @Test
  void aValueThatNoFileSystemCanNameIsRefused() {
    for (String value : HostileText.brokenTexts(10_000)) {
      Throwable refused = catchThrowable(() -> new PartitionSegment("c", value));
      if (StandardCharsets.UTF_8.newEncoder().canEncode(value)) {
        assertThat(refused).isNull();
      } else {
        assertThat(refused)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("Cannot export a partition");
      }
    }
  }

  @Test
  void aHostileColumnIsRefusedOrAName() {
    for (String column : HostileText.brokenTexts(10_000)) {
      Throwable refused = catchThrowable(() -> new PartitionSegment(column, "x"));
      if (refused == null) {
        assertThat(column).matches("[\\p{L}\\p{N}_]+");
      } else {
        assertThat(refused)
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageStartingWith("Cannot partition an export by column");
      }
    }
  }

  @Test
  void tenThousandHostileUnitsHaveDistinctNamesThatAreReadBack() {
    List<String> texts = HostileText.texts(10_000);
    Set<UnitId> units = new HashSet<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i + 2 < texts.size(); i++) {
      UnitId unit =
          new UnitId(
              texts.get(i),
              new TreeMap<>(Map.of(texts.get(i + 1), texts.get(i + 2), "day", texts.get(i))));
      units.add(unit);
      names.add(unit.applicationId());
      assertThat(UnitId.parse(unit.applicationId())).contains(unit);
    }
    assertThat(names).hasSameSizeAs(units);
  }

  private static java.nio.file.Path local(Path path) {
    return java.nio.file.Path.of(path.toUri().getPath());
  }
}
