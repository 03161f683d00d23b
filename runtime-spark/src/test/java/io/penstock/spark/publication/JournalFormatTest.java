package io.penstock.spark.publication;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.RunPlan;
import io.penstock.engine.RunReport;
import io.penstock.spark.delta.CommitStamp;
import io.penstock.spark.delta.JournalledTable;
import io.penstock.spark.delta.PreparedCommit;
import io.penstock.spark.delta.Replacement;
import io.penstock.spark.delta.TableDescription;
import io.penstock.spark.delta.TableIdentity;
import io.penstock.spark.delta.UnitEpoch;
import io.penstock.spark.delta.UnitId;
import io.penstock.spark.export.JournalledExport;
import io.penstock.spark.export.PartitionSegment;
import io.penstock.spark.kinds.PublishedKinds;
import io.penstock.spark.sql.PartitionPredicate;
import io.penstock.spark.sql.PartitionValue;
import io.penstock.spark.testing.GoldenDocument;
import io.penstock.spec.Interval;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;

/** The form of the journal on disk, which other releases read. */
final class JournalFormatTest {
  private static final GoldenDocument GOLDEN =
      GoldenDocument.of(JournalFormatTest.class, "journal-2.json");

  private static final GoldenDocument VERSION_1 =
      GoldenDocument.of(JournalFormatTest.class, "journal-1.json");

  private final JournalJson json = new JournalJson(PublishedKinds.JOURNALLED);

  @Test
  void whatIsWrittenKeepsItsForm() throws IOException {
    GOLDEN.requireSame(json.write(entry()));
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    assertThat(json.read(GOLDEN.content())).isEqualTo(entry());
  }

  @Test
  void whatVersion1WroteIsRead() throws IOException {
    assertThat(json.read(VERSION_1.content())).isEqualTo(entry(List.of(), Optional.empty()));
  }

  /** With a value in every field. */
  private static JournalEntry entry() {
    return entry(List.of("day=2026-03-01"), Optional.of("100 rows of 100"));
  }

  private static JournalEntry entry(List<String> absent, Optional<String> detail) {
    List<PartitionValue> day =
        List.of(new PartitionValue("day", DataTypes.DateType, LocalDate.of(2026, 3, 1)));
    return new JournalEntry(
        new FencingScope("sales", "day=2026-03-01"),
        7,
        "20260302T010203004Z-8f3a60c1",
        Optional.of(
            new Interval(
                Instant.parse("2026-03-01T00:00:00Z"), Instant.parse("2026-03-02T00:00:00Z"))),
        Instant.parse("2026-03-02T01:02:03.004Z"),
        List.of(
            new RunReport.Input(
                "raw/orders",
                OptionalLong.of(12),
                OptionalLong.of(100),
                2,
                4096,
                31,
                Optional.empty(),
                Map.of()),
            new RunReport.Input(
                "arrivals/rates",
                OptionalLong.empty(),
                OptionalLong.empty(),
                1,
                20,
                5,
                Optional.of("0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
                Map.of(),
                absent)),
        List.of(
            new RunReport.Check(
                "unique(id)", "expect (Sales.java:20)", RunReport.Status.PASSED, 100, 0, List.of()),
            new RunReport.Check(
                "notNull(id)",
                "to (Sales.java:30)",
                RunReport.Status.FAILED,
                100,
                1,
                List.of("id = NULL"),
                detail,
                detail.map(told -> "a feast day"))),
        List.of(
            new RunPlan.Doubt(
                "aggregate (Sales.java:18)",
                "sum of DOUBLE may differ in its last digits",
                Optional.empty()),
            new RunPlan.Doubt(
                "aggregate (Sales.java:19)",
                "first depends on the order of rows",
                Optional.of("for show"))),
        List.of(
            new JournalledTable(
                "mart/sales",
                output("mart/sales", "delta"),
                new PreparedCommit(
                    3,
                    new TableIdentity(
                        "9a0b", List.of("day"), "{\"type\":\"struct\"}", Map.of("rule", "id > 0")),
                    "{\"type\":\"struct\"}",
                    Optional.of("{\"metaData\":{}}"),
                    Optional.of("{\"protocol\":{}}"),
                    Replacement.of(PartitionPredicate.unit(day.toArray(PartitionValue[]::new))),
                    List.of("{\"add\":{\"path\":\"day=2026-03-01/part-0.parquet\"}}"),
                    new CommitStamp(
                        "20260302T010203004Z-8f3a60c1",
                        "sales",
                        "2026-03-01T00:00:00Z/2026-03-02T00:00:00Z",
                        "0011223344556677",
                        new TreeMap<>(Map.of("raw/orders", 12L)),
                        List.of(new UnitEpoch(UnitId.of("sales", day), 7)),
                        new TreeMap<>(
                            detail
                                .map(
                                    told ->
                                        Map.of(
                                            "rows(atLeast(1)) at to (Sales.java:30)",
                                            "a feast day"))
                                .orElse(Map.of()))),
                    new TableDescription(
                        Optional.of("Sales by day"), Map.of("penstock.pipeline", "sales")))),
            new JournalledExport(
                "export/sales",
                output("export/sales", "csv"),
                List.of(new PartitionSegment("day", "2026-03-01")),
                Map.of("penstock.contract.version", "1"))));
  }

  private static JournalledOutput output(String path, String format) {
    return new JournalledOutput(
        path,
        format,
        "file:/lake/" + path,
        List.of("day=2026-03-01"),
        100,
        1,
        2048,
        310,
        OptionalLong.empty());
  }
}
