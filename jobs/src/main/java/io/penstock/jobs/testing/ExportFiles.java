package io.penstock.jobs.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.luben.zstd.ZstdInputStream;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvForm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The files of an export as its consumers find them: the one at the stable path, or the parts that
 * the manifest names.
 *
 * @param folder of the export
 * @param unit such as {@code day=2026-03-01}; empty for the whole
 */
record ExportFiles(Path folder, Optional<String> unit, CsvForm form) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The published files in the order of their rows; none if nothing is published. */
  List<Path> published() throws IOException {
    if (form.partSize().isPresent()) {
      return parts();
    }
    Path file =
        unit.map(folder::resolve)
            .orElse(folder)
            .resolve(folder.getFileName() + form.compression().extension());
    return Files.exists(file) ? List.of(file) : List.of();
  }

  /** A file's text, decompressed and decoded. */
  String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file);
        InputStream plain = decompressed(form.compression(), in)) {
      return new String(plain.readAllBytes(), form.encoding());
    }
  }

  private static InputStream decompressed(CsvCompression compression, InputStream in)
      throws IOException {
    return switch (compression) {
      case NONE -> in;
      case GZIP -> new GZIPInputStream(in);
      case ZSTD -> new ZstdInputStream(in);
    };
  }

  private List<Path> parts() throws IOException {
    String place = unit.orElse("all");
    Path entries = folder.resolve("_published").resolve(place);
    if (Files.notExists(entries)) {
      return List.of();
    }
    List<Path> published;
    try (Stream<Path> listed = Files.list(entries)) {
      published = listed.filter(path -> path.toString().endsWith(".json")).sorted().toList();
    }
    JsonNode current = json(published.get(published.size() - 1));
    Path version =
        folder.resolve("_versions").resolve(place).resolve(current.get("runId").asText());
    List<Path> parts = new ArrayList<>();
    json(version.resolve("manifest.json"))
        .get("files")
        .forEach(file -> parts.add(version.resolve(file.get("name").asText())));
    return parts;
  }

  private static JsonNode json(Path file) throws IOException {
    return JSON.readTree(file.toFile());
  }
}
