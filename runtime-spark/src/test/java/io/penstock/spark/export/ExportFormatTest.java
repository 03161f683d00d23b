package io.penstock.spark.export;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.csv.WrittenCsv;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.testing.GoldenDocument;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvForm;
import io.penstock.spec.CsvProfile;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

/** The documents of an export, which consumers and other releases read. */
final class ExportFormatTest {
  private static final ExportProvenance ATTEMPT =
      new ExportProvenance(
          "20260302T010203004Z-8f3a60c1",
          7,
          "sales",
          "2026-03-01T00:00:00Z/2026-03-02T00:00:00Z",
          Map.of("mart/sales", 12L),
          Instant.parse("2026-03-02T01:02:03.004Z"));
  private static final ExportManifest MANIFEST =
      manifest(2, CsvProfile.POSTGRES, CsvCompression.GZIP, ExportManifest.Layout.PARTS);
  private static final ExportManifest SEMICOLONS_IN_WINDOWS_1252 =
      ExportManifest.of(
          new ExportTarget(
              new Path("file:/lake/export/sales"),
              List.of(new PartitionSegment("day", "2026-03-01"))),
          StructType.fromDDL("id BIGINT, amount DECIMAL(10,2)"),
          new CsvForm(
              CsvProfile.EXCEL,
              CsvCompression.NONE,
              Optional.empty(),
              ";",
              Charset.forName("windows-1252")),
          List.of(new WrittenCsv("sales.csv", 100, 2048, "0011223344556677")),
          ATTEMPT);
  private static final PublicationEntry ENTRY = PublicationEntry.of(ATTEMPT);
  private static final ContractDocument CONTRACT =
      ContractDocument.of(
          OutputContract.of(Optional.of(Partition.daily("day")), "sales"),
          Optional.of(ATTEMPT.runId()));

  @Test
  void whatIsWrittenKeepsItsForm() throws IOException {
    golden("manifest-2.json").requireSame(ExportJson.write(MANIFEST));
    golden("manifest-3.json").requireSame(ExportJson.write(SEMICOLONS_IN_WINDOWS_1252));
    golden("publication-1.json").requireSame(ExportJson.write(ENTRY));
    golden("contract-1.json").requireSame(ExportJson.write(CONTRACT));
  }

  @Test
  void whatWasWrittenIsRead() throws IOException {
    LakeFiles files = LakeFiles.of(new Path("file:/"), new Configuration());

    assertThat(ExportJson.manifest(files, path("manifest-2.json"))).isEqualTo(MANIFEST);
    assertThat(ExportJson.manifest(files, path("manifest-3.json")))
        .isEqualTo(SEMICOLONS_IN_WINDOWS_1252);
    assertThat(ExportJson.entry(files, path("publication-1.json"))).isEqualTo(ENTRY);
    assertThat(ExportJson.contract(files, path("contract-1.json"))).isEqualTo(CONTRACT);
  }

  @Test
  void commasInUtf8StayReadableForEarlierReleases() {
    assertThat(
            ExportManifest.of(
                    new ExportTarget(new Path("file:/lake/export/sales"), List.of()),
                    StructType.fromDDL("id BIGINT"),
                    CsvForm.PLAIN,
                    List.of(),
                    ATTEMPT)
                .manifestVersion())
        .isEqualTo(2);
  }

  @Test
  void aManifestOfTheFirstFormTellsOfOneFileThatIsNotCompressed() throws IOException {
    LakeFiles files = LakeFiles.of(new Path("file:/"), new Configuration());

    assertThat(ExportJson.manifest(files, path("manifest-1.json")))
        .isEqualTo(
            manifest(1, CsvProfile.RFC4180, CsvCompression.NONE, ExportManifest.Layout.FILE));
  }

  private static ExportManifest manifest(
      int version, CsvProfile dialect, CsvCompression compression, ExportManifest.Layout layout) {
    return new ExportManifest(
        version,
        "sales",
        "day=2026-03-01",
        dialect,
        compression,
        layout,
        List.of(
            new ExportManifest.Column("id", "BIGINT"),
            new ExportManifest.Column("amount", "DECIMAL(10,2)")),
        List.of(new WrittenCsv("part-00000.csv", 100, 2048, "0011223344556677")),
        ATTEMPT,
        Optional.empty(),
        Optional.empty());
  }

  private static GoldenDocument golden(String name) {
    return GoldenDocument.of(ExportFormatTest.class, name);
  }

  private static Path path(String name) {
    return new Path(golden(name).path().toUri());
  }
}
