package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.ZstdOutputStream;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunReport;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.Proofs;
import io.penstock.spec.Source;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Files that are small on the disk and don't fit in memory when they are read: the run ends with
 * the name of the file, and has held no more of it than a record may be long.
 */
@Tag("proof")
final class HugeFilesTest {
  private static final int COLUMNS = 1_000_000;
  private static final int BYTES = Proofs.full() ? 1 << 30 : 1 << 26;

  @TempDir private Path directory;
  private EngineLake lake;

  /** What a file is full of. */
  enum Content {
    ZEROS {
      @Override
      void write(OutputStream out) throws IOException {
        fill(out, (byte) 0);
      }
    },
    ONE_LINE {
      @Override
      void write(OutputStream out) throws IOException {
        fill(out, (byte) 'x');
      }
    },
    ONE_QUOTED_FIELD {
      @Override
      void write(OutputStream out) throws IOException {
        text(out, "id\n\"");
        fill(out, (byte) '\n');
      }
    },
    ONE_STRING {
      @Override
      void write(OutputStream out) throws IOException {
        text(out, "{\"id\": \"");
        fill(out, (byte) 'x');
      }
    },
    OBJECTS_IN_OBJECTS {
      @Override
      void write(OutputStream out) throws IOException {
        for (int i = 0; i < BYTES / 8; i++) {
          text(out, "{\"id\": ");
        }
      }
    },
    COLUMN_NAMES {
      @Override
      void write(OutputStream out) throws IOException {
        text(out, "id");
        for (int i = 0; i < COLUMNS; i++) {
          text(out, ",c" + i);
        }
        text(out, "\n1\n");
      }
    },
    FIELDS {
      @Override
      void write(OutputStream out) throws IOException {
        text(out, "id\n1");
        for (int i = 0; i < COLUMNS; i++) {
          text(out, ",1");
        }
        text(out, "\n");
      }
    },
    KEYS {
      @Override
      void write(OutputStream out) throws IOException {
        text(out, "{\"id\": 1");
        for (int i = 0; i < COLUMNS; i++) {
          text(out, ",\"c" + i + "\":1");
        }
        text(out, "}\n");
      }
    };

    abstract void write(OutputStream out) throws IOException;

    private static void fill(OutputStream out, byte value) throws IOException {
      byte[] block = new byte[1 << 16];
      Arrays.fill(block, value);
      for (int written = 0; written < BYTES; written += block.length) {
        out.write(block);
      }
    }

    private static void text(OutputStream out, String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @BeforeEach
  void open() {
    lake = new EngineLake(directory);
  }

  @ParameterizedTest
  @CsvSource({
    "csv,       gz,  ZEROS,              longer than 16",
    "csv,       gz,  ONE_LINE,           longer than 16",
    "csv,       bz2, ONE_LINE,           longer than 16",
    "csv,       zip, ONE_LINE,           longer than 16",
    "csv,       zst, ONE_LINE,           longer than 16",
    "csv,       gz,  ONE_QUOTED_FIELD,   longer than 16",
    "csv,       gz,  COLUMN_NAMES,       'more than 100,000 fields'",
    "csv,       gz,  FIELDS,             'more than 100,000 fields'",
    "json,      gz,  ZEROS,              longer than 16",
    "json,      gz,  ONE_LINE,           longer than 16 MiB",
    "json,      zip, ONE_STRING,         longer than 16 MiB",
    "json,      gz,  OBJECTS_IN_OBJECTS, longer than 16 MiB",
    "json,      gz,  KEYS,               'more than 100,000 keys'",
    "documents, bz2, ONE_LINE,           not a JSON object",
    "documents, gz,  ONE_STRING,         longer than 16 MiB",
    "documents, gz,  OBJECTS_IN_OBJECTS, longer than 16 MiB",
    "documents, gz,  KEYS,               'more than 100,000 keys'",
    "text,      gz,  ZEROS,              longer than 16",
    "text,      zst, ONE_LINE,           longer than 16 MiB",
  })
  void isRefusedByItsName(String format, String compression, Content content, String why)
      throws IOException {
    write("arrivals/x/huge." + ending(format) + "." + compression, compression, content);

    RunReport report = lake.run(read(source(format)).to(delta("mart/out").overwrite()));

    Failure failure = report.failure().orElseThrow();
    assertThat(failure.kind()).as("%s", failure).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("arrivals/x/huge.").contains(why);
    assertThat(failure.message()).hasSizeLessThan(1_000);
  }

  private static String ending(String format) {
    return switch (format) {
      case "csv" -> "csv";
      case "text" -> "txt";
      default -> "json";
    };
  }

  private static Source source(String format) {
    return switch (format) {
      case "csv" -> csv("arrivals/x").schema("id INT");
      case "json" -> json("arrivals/x").schema("id INT");
      case "documents" -> json("arrivals/x").schema("id INT").multiLine();
      default -> text("arrivals/x");
    };
  }

  private void write(String path, String compression, Content content) throws IOException {
    Files.createDirectories(lake.path(path).getParent());
    try (OutputStream out =
        new BufferedOutputStream(
            compressed(compression, Files.newOutputStream(lake.path(path))), 1 << 16)) {
      content.write(out);
    }
  }

  private static OutputStream compressed(String compression, OutputStream file) throws IOException {
    return switch (compression) {
      case "bz2" -> new BZip2CompressorOutputStream(file);
      case "zip" -> {
        ZipOutputStream zip = new ZipOutputStream(file);
        zip.putNextEntry(new ZipEntry("huge"));
        yield zip;
      }
      case "zst" -> new ZstdOutputStream(file);
      default -> new GZIPOutputStream(file);
    };
  }
}
