package io.penstock.samples.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.samples.oracle.ResultTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An export as seen by its two kinds of consumers: those that read the stable path, and those that
 * follow the manifest.
 *
 * @param folder of the export
 * @param partition such as {@code day=2026-03-01}; empty for a whole export
 */
public record ExportFile(Path folder, String partition) {

  /** The file holds the header and exactly these rows, in any order, and its manifest agrees. */
  public void holdsInAnyOrder(ResultTable expected) {
    CsvCells actual = CsvCells.of(text());
    CsvCells wanted = CsvCells.of(expected.toCsv());
    assertThat(actual.header()).isEqualTo(wanted.header());
    assertThat(actual.rows()).containsExactlyInAnyOrderElementsOf(wanted.rows());
    manifestDescribes(actual);
  }

  /** The file holds the header and exactly these rows, in this order, and its manifest agrees. */
  public void holds(ResultTable expected) {
    CsvCells actual = CsvCells.of(text());
    assertThat(actual).isEqualTo(CsvCells.of(expected.toCsv()));
    manifestDescribes(actual);
  }

  /** The cells of every row after the header. */
  public List<List<Optional<String>>> rows() {
    return CsvCells.of(text()).rows();
  }

  /** The text at the stable path. */
  public String text() {
    return read(stablePath());
  }

  /** The stable path: {@code export/<name>/<partition>/<name>.csv}. */
  public Path stablePath() {
    return folder.resolve(partition).resolve(folder.getFileName() + ".csv");
  }

  private void manifestDescribes(CsvCells cells) {
    JsonNode manifest = Ended.json(read(version().resolve("manifest.json")));
    assertThat(manifest.get("columns").findValuesAsText("name"))
        .isEqualTo(cells.header().stream().map(name -> name.orElse("")).toList());
    assertThat(manifest.get("files")).hasSize(1);
    JsonNode file = manifest.get("files").get(0);
    assertThat(file.get("rows").longValue()).isEqualTo(cells.rows().size());
    byte[] bytes = bytes(stablePath());
    assertThat(file.get("bytes").longValue()).isEqualTo(bytes.length);
    assertThat(file.get("sha256").textValue()).isEqualTo(sha256(bytes));
    assertThat(bytes(version().resolve(file.get("name").textValue()))).isEqualTo(bytes);
  }

  /** The folder of the version that the newest entry names. */
  private Path version() {
    String unit = partition.isEmpty() ? "all" : partition;
    Path entries = folder.resolve("_published").resolve(unit);
    try (Stream<Path> published = Files.list(entries)) {
      Path newest =
          published
              .filter(path -> path.toString().endsWith(".json"))
              .max(Comparator.comparing(path -> path.getFileName().toString()))
              .orElseThrow();
      String runId = Ended.json(read(newest)).get("runId").textValue();
      return folder.resolve("_versions").resolve(unit).resolve(runId);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list what was published in '" + entries + "'", e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read '" + file + "'", e);
    }
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read '" + file + "'", e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
