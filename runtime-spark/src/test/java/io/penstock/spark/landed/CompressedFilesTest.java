package io.penstock.spark.landed;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.penstock.dsl.Rows;
import io.penstock.spark.testing.EngineLake;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compressed files are found by their ending and read by their content. */
@Tag("spark")
final class CompressedFilesTest {
  @TempDir private Path directory;
  private EngineLake lake;

  /** All in one run: the rows of each folder have its name. */
  @Test
  void everyCompressionOfEveryFormatIsRead() throws IOException {
    lake = new EngineLake(directory);
    List<Rows> folders = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (String compression : List.of("gz", "bz2", "zst", "zip")) {
      for (Delivery delivery : Delivery.values()) {
        String folder = delivery + "-" + compression;
        deliver(
            folder + "/" + delivery.name.replace("*", compression),
            compressed(compression, delivery.content));
        folders.add(delivery.rows("in/" + folder).with("folder", "'" + folder + "'"));
        expected.add("[1,é," + folder + "]");
        expected.add("[2,b," + folder + "]");
      }
    }

    lake.succeed(
        folders.stream().reduce(Rows::union).orElseThrow().to(delta("raw/all").overwrite()));

    assertThat(lake.rows("raw/all").collectAsList())
        .extracting(Object::toString)
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  /** A file of some format and name. */
  private enum Delivery {
    CSV("a.csv.*", "id,name\n1,é\n2,b\n"),
    JSON("a.json.*", "{\"id\": 1, \"name\": \"é\"}\n{\"id\": 2, \"name\": \"b\"}\n"),
    TEXT("a.txt.*", "1é\n2b\n"),
    CSV_BY_CONTENT("a.csv", CSV.content),
    JSON_BY_CONTENT("a.json", JSON.content),
    CSV_WITHOUT_ENDING("a", CSV.content);

    private static final String SCHEMA = "id INT, name STRING";

    private final String name;
    private final String content;

    /**
     * @param name of the file, in which an asterisk stands for the ending of the compression
     */
    Delivery(String name, String content) {
      this.name = name;
      this.content = content;
    }

    private Rows rows(String folder) {
      return switch (this) {
        case CSV, CSV_BY_CONTENT -> read(csv(folder).schema(SCHEMA));
        case CSV_WITHOUT_ENDING -> read(csv(folder).schema(SCHEMA).files("*"));
        case JSON, JSON_BY_CONTENT -> read(json(folder).schema(SCHEMA));
        case TEXT ->
            read(text(folder))
                .select("CAST(substring(value, 1, 1) AS INT) AS id", "substring(value, 2) AS name");
      };
    }
  }

  private void deliver(String path, byte[] content) throws IOException {
    Path file = lake.path("in/" + path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private static byte[] compressed(String compression, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        switch (compression) {
          case "gz" -> new GZIPOutputStream(bytes);
          case "bz2" -> new BZip2CompressorOutputStream(bytes);
          case "zst" -> new ZstdOutputStream(bytes);
          case "zip" -> {
            ZipOutputStream zip = new ZipOutputStream(bytes);
            zip.putNextEntry(new ZipEntry("whatever"));
            yield zip;
          }
          default -> throw new IllegalArgumentException("Nobody wrote how to make " + compression);
        }) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }
}
