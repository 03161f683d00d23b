package io.penstock.spark.publication;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.penstock.engine.RunPlan;
import io.penstock.spark.export.JournalledExport;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.kinds.PublishedKinds;
import io.penstock.spark.testing.LakeFileSystem;
import io.penstock.spark.testing.OnEveryFileSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("spark")
@OnEveryFileSystem
class JournalTest {
  private static final FencingScope MARCH = new FencingScope("sales", "day=2026-03-01");

  private static final JournalJson JSON = new JournalJson(PublishedKinds.JOURNALLED);

  private final LakeFileSystem fileSystem;
  @TempDir private Path temporary;
  private LakeRoot root;
  private Journal journal;

  JournalTest(LakeFileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  @BeforeEach
  void open() {
    root = LakeRoot.of(fileSystem.place(temporary).toString(), fileSystem.configuration());
    journal = new Journal(root, fileSystem.configuration(), PublishedKinds.JOURNALLED);
  }

  @Test
  void whatIsEnteredIsReadUntilItIsRemoved() {
    JournalEntry entry = entry(MARCH, 7, "run-7");
    assertThat(journal.read().entries()).isEmpty();

    journal.enter(entry);
    assertThat(journal.read().entries()).containsExactly(entry);

    journal.remove(entry);
    journal.remove(entry);
    assertThat(journal.read().entries()).isEmpty();
  }

  @Test
  void attemptsAtTheSameAreInTheOrderOfTheirNumbers() {
    JournalEntry later = entry(MARCH, 10, "run-10");
    JournalEntry earlier = entry(MARCH, 9, "run-9");
    JournalEntry other = entry(new FencingScope("sales", "day=2026-03-02"), 1, "run-1");
    List.of(later, other, earlier).forEach(journal::enter);

    assertThat(journal.read(MARCH).entries()).containsExactly(earlier, later);
    assertThat(journal.read().entries()).containsExactlyInAnyOrder(earlier, later, other);

    journal.removeBefore(later);
    assertThat(journal.read().entries()).containsExactlyInAnyOrder(later, other);
  }

  @Test
  void aNumberIsEnteredOnce() {
    JournalEntry first = entry(MARCH, 7, "run-a");
    journal.enter(first);

    UnpublishableException refused =
        catchThrowableOfType(
            UnpublishableException.class, () -> journal.enter(entry(MARCH, 7, "run-b")));

    assertThat(refused.failure().code()).isEqualTo("ATTEMPT_NUMBER_TAKEN");
    assertThat(journal.read().entries()).containsExactly(first);
  }

  @Test
  void anEntryThatCanNotBeReadStandsBesideTheOthers() {
    JournalEntry entry = entry(MARCH, 7, "run-7");
    journal.enter(entry);
    org.apache.hadoop.fs.Path damaged =
        root.resolve("_penstock/journal/sales/day=2026-03-02.0000000000000000003.json");
    LakeFiles.of(root.path(), fileSystem.configuration())
        .replace(damaged, "{\"half".getBytes(UTF_8));

    assertThat(journal.read().entries()).containsExactly(entry);
    assertThat(journal.read().unreadable())
        .extracting(UnreadableEntry::scope, UnreadableEntry::file)
        .containsExactly(tuple(new FencingScope("sales", "day=2026-03-02"), damaged));
    assertThat(journal.read(MARCH).unreadable()).isEmpty();
  }

  /** An earlier release knows of no contract of an export. */
  @Test
  void anEntryOfAnEarlierReleaseIsRead() throws IOException {
    JournalledExport export =
        new JournalledExport(
            "export/x",
            new JournalledOutput(
                "export/x", "csv", "file:/x", List.of(), 0, 0, 0, 0, OptionalLong.empty()),
            List.of(),
            Map.of());
    JournalEntry entry =
        new JournalEntry(
            MARCH,
            7,
            "run-7",
            Optional.empty(),
            Instant.EPOCH,
            List.of(),
            List.of(),
            List.of(),
            List.of(export));
    String today = new String(JSON.write(entry), UTF_8);

    String earlier = today.replace(",\"contract\":{}", "").replace("\"doubts\":[],", "");

    assertThat(earlier).isNotEqualTo(today);
    assertThat(JSON.read(earlier.getBytes(UTF_8))).isEqualTo(entry);
  }

  private static JournalEntry entry(FencingScope line, long epoch, String runId) {
    return new JournalEntry(
        line,
        epoch,
        runId,
        Optional.empty(),
        Instant.EPOCH,
        List.of(),
        List.of(),
        List.of(new RunPlan.Doubt("limit (Sales.java:7)", "rows may tie", Optional.of("a sample"))),
        List.of());
  }
}
