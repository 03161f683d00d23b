package io.penstock.spark.testing;

import static io.penstock.dsl.Penstock.avro;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.excel;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.orc;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.text;

import io.penstock.dsl.Rows;
import io.penstock.spark.excel.Workbook;
import io.penstock.spec.AvroSource;
import io.penstock.spec.CsvSource;
import io.penstock.spec.ExcelSource;
import io.penstock.spec.FileSource;
import io.penstock.spec.JsonSource;
import io.penstock.spec.OrcSource;
import io.penstock.spec.ParquetSource;
import io.penstock.spec.TextSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.avro.AvroFileFormat;

/**
 * Files of every format, with the same rows: {@code id INT, at TIMESTAMP}. A new format doesn't
 * compile until it is here, and so in each test that goes through {@link #values()}.
 */
public enum LandedFiles {
  CSV {
    @Override
    public FileSource<?> source(String folder) {
      return csv(folder).schema(SCHEMA);
    }

    @Override
    public void deliver(EngineLake lake, String folder) {
      lake.file(folder + "/a.csv", "id,at\n1,2026-03-08 02:30:00\n2,1890-01-01 00:00:00.123456\n");
    }
  },
  JSON {
    @Override
    public FileSource<?> source(String folder) {
      return json(folder).schema(SCHEMA);
    }

    @Override
    public void deliver(EngineLake lake, String folder) {
      lake.file(
          folder + "/a.json",
          """
          {"id": 1, "at": "2026-03-08 02:30:00"}
          {"id": 2, "at": "1890-01-01 00:00:00.123456"}
          """);
    }
  },
  EXCEL {
    @Override
    public FileSource<?> source(String folder) {
      return excel(folder).schema(SCHEMA);
    }

    @Override
    public void deliver(EngineLake lake, String folder) {
      String header = "<row>" + cell("id") + cell("at") + "</row>";
      String first = "<row><c><v>1</v></c>" + cell("2026-03-08 02:30:00") + "</row>";
      String second = "<row><c><v>2</v></c>" + cell("1890-01-01 00:00:00.123456") + "</row>";
      try {
        Files.createDirectories(lake.path(folder));
        Files.write(
            lake.path(folder).resolve("a.xlsx"),
            new Workbook().sheet("Data", header + first + second).content());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static String cell(String text) {
      return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }
  },
  TEXT {
    @Override
    public FileSource<?> source(String folder) {
      return text(folder);
    }

    @Override
    public void deliver(EngineLake lake, String folder) {
      lake.file(folder + "/a.txt", "1 2026-03-08 02:30:00\n2 1890-01-01 00:00:00.123456\n");
    }

    @Override
    public Rows rows(String folder) {
      return super.rows(folder)
          .select(
              "CAST(substring(value, 1, 1) AS INT) AS id",
              "CAST(substring(value, 3) AS TIMESTAMP) AS at");
    }
  },
  PARQUET {
    @Override
    public FileSource<?> source(String folder) {
      return parquet(folder);
    }

    @Override
    public void deliver(EngineLake lake, String folder) {
      lake.sql(
              "VALUES (1, TIMESTAMP'2026-03-08 02:30:00'),"
                  + " (2, TIMESTAMP'1890-01-01 00:00:00.123456') AS v (id, at)")
          .coalesce(1)
          .write()
          .parquet(lake.path(folder).toString());
    }
  },
  ORC {
    @Override
    public FileSource<?> source(String folder) {
      return orc(folder).schema(SCHEMA);
    }

    @Override
    public void deliver(EngineLake lake, String folder) {
      lake.sql(
              "VALUES (1, TIMESTAMP_NTZ'2026-03-08 02:30:00'),"
                  + " (2, TIMESTAMP_NTZ'1890-01-01 00:00:00.123456') AS v (id, at)")
          .coalesce(1)
          .write()
          .orc(lake.path(folder).toString());
    }
  },
  AVRO {
    @Override
    public FileSource<?> source(String folder) {
      return avro(folder);
    }

    @Override
    public void deliver(EngineLake lake, String folder) {
      lake.sql(
              "VALUES (1, TIMESTAMP'2026-03-08 02:30:00'),"
                  + " (2, TIMESTAMP'1890-01-01 00:00:00.123456') AS v (id, at)")
          .coalesce(1)
          .write()
          .format(AvroFileFormat.class.getName())
          .save(lake.path(folder).toString());
    }
  };

  /** How many rows {@link #deliver} writes. */
  public static final int ROWS = 2;

  private static final String SCHEMA = "id INT, at TIMESTAMP";

  static {
    List<LandedFiles> seen =
        List.of(values()).stream().map(files -> files.source("x").accept(new OfFormat())).toList();
    if (seen.size() != formats(FileSource.class) || !seen.equals(List.of(values()))) {
      throw new AssertionError("A format has no files here, or one has two: " + seen);
    }
  }

  private static long formats(Class<?> sources) {
    return sources.isSealed()
        ? Stream.of(sources.getPermittedSubclasses()).mapToLong(LandedFiles::formats).sum()
        : 1;
  }

  /** What reads a folder, whether it is there or not. */
  public abstract FileSource<?> source(String folder);

  /** Writes a file into a folder of the lake. */
  public abstract void deliver(EngineLake lake, String folder);

  /** The rows of a folder. */
  public Rows rows(String folder) {
    return read(source(folder));
  }

  private static final class OfFormat implements FileSource.FormatVisitor<LandedFiles> {
    @Override
    public LandedFiles visitCsv(CsvSource source) {
      return CSV;
    }

    @Override
    public LandedFiles visitJson(JsonSource source) {
      return JSON;
    }

    @Override
    public LandedFiles visitExcel(ExcelSource source) {
      return EXCEL;
    }

    @Override
    public LandedFiles visitText(TextSource source) {
      return TEXT;
    }

    @Override
    public LandedFiles visitParquet(ParquetSource source) {
      return PARQUET;
    }

    @Override
    public LandedFiles visitOrc(OrcSource source) {
      return ORC;
    }

    @Override
    public LandedFiles visitAvro(AvroSource source) {
      return AVRO;
    }
  }
}
