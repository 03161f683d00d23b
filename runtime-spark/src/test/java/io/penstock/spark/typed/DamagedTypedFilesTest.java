package io.penstock.spark.typed;

import static io.penstock.dsl.Penstock.avro;
import static io.penstock.dsl.Penstock.orc;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.Proofs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.avro.AvroFileFormat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files of which a byte is another one, or the end is missing: each is read, or refused by its
 * name, and none brings the run down. What is read is compared with the whole file's rows.
 */
@Tag("proof")
final class DamagedTypedFilesTest {
  private static final int FILES = Proofs.full() ? 150 : 5;
  private static final int ROWS = 300;
  private static final String COLUMNS =
      "id BIGINT, name STRING, price DOUBLE, paid DECIMAL(9,2), at DATE, tags ARRAY<STRING>";

  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void lake() {
    lake = new EngineLake(directory);
  }

  private enum Format {
    AVRO,
    ORC,
    PARQUET;

    Rows rows() {
      Rows rows =
          switch (this) {
            case AVRO -> read(avro("in").schema(COLUMNS));
            case ORC -> read(orc("in").schema(COLUMNS));
            case PARQUET -> read(parquet("in").schema(COLUMNS));
          };
      return rows.with("tags", "CAST(tags AS STRING)");
    }
  }

  private enum Outcome {
    SAME,
    OTHER,
    REFUSED
  }

  @ParameterizedTest
  @CsvSource({
    "AVRO, uncompressed",
    "AVRO, deflate",
    "AVRO, snappy",
    "ORC, none",
    "ORC, zlib",
    "ORC, zstd",
    "PARQUET, none",
    "PARQUET, snappy"
  })
  void aDamagedFileIsReadOrRefusedByItsName(Format format, String compression) throws IOException {
    byte[] whole = file(format, compression);
    Path file = lake.path("in/a." + format.name().toLowerCase(Locale.ROOT));
    Files.createDirectories(file.getParent());
    Files.write(file, whole);
    List<List<Optional<String>>> rows = rows(format);
    assertThat(rows).hasSize(ROWS);
    Random random = Proofs.random("damage of " + format + " with " + compression);
    Map<Outcome, Integer> ofChanged = new EnumMap<>(Outcome.class);
    Map<Outcome, Integer> ofCut = new EnumMap<>(Outcome.class);
    for (int i = 0; i < FILES; i++) {
      byte[] changed = whole.clone();
      int at = random.nextInt(whole.length);
      changed[at] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, changed);
      ofChanged.merge(outcome(format, rows, "byte " + at), 1, Integer::sum);
      int end = random.nextInt(whole.length);
      Files.write(file, Arrays.copyOf(whole, end));
      ofCut.merge(outcome(format, rows, "the first " + end + " bytes"), 1, Integer::sum);
    }
    Proofs.tell(
        "%s with %s: of a changed byte %s, of a missing end %s"
            .formatted(format, compression, ofChanged, ofCut));
    // An Avro file may end behind each of its blocks.
    if (format != Format.AVRO) {
      assertThat(ofCut).containsOnlyKeys(Outcome.REFUSED);
    }
  }

  private Outcome outcome(Format format, List<List<Optional<String>>> rows, String damage) {
    try {
      return rows(format).equals(rows) ? Outcome.SAME : Outcome.OTHER;
    } catch (RunFailedException e) {
      assertThat(e.failure().kind())
          .as(damage + ": " + e.failure().message())
          .isIn(FailureKind.DATA, FailureKind.INVALID);
      assertThat(e.failure().message())
          .as(damage)
          .contains("/in/a.")
          .doesNotContainPattern("\\bnull\\b");
      return Outcome.REFUSED;
    }
  }

  private List<List<Optional<String>>> rows(Format format) {
    return lake.engine().view(format.rows(), Optional.empty()).first(2 * ROWS).rows();
  }

  /** A file as Spark writes it. */
  private byte[] file(Format format, String compression) throws IOException {
    Path folder = lake.path("written");
    lake.sql(
            "SELECT id, concat('name ', id % 17, repeat('x', CAST(id % 30 AS INT))) AS name,"
                + " sqrt(id) AS price, CAST(id * 1.25 AS DECIMAL(9,2)) AS paid,"
                + " date_add(DATE'2026-03-01', CAST(id AS INT)) AS at, IF(id % 3 = 0, NULL,"
                + " array('a', string(id))) AS tags"
                + " FROM range(0, %s, 1, 1)".formatted(ROWS))
        .write()
        .format(format == Format.AVRO ? AvroFileFormat.class.getName() : format.name())
        .option("compression", compression)
        .save(folder.toString());
    try (Stream<Path> files = Files.list(folder)) {
      return Files.readAllBytes(
          files
              .filter(one -> one.getFileName().toString().startsWith("part-"))
              .findFirst()
              .orElseThrow());
    }
  }
}
