package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.FrameAssertions.assertSameRows;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.RunReport;
import io.penstock.spark.testing.EngineLake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A TIMESTAMP is stored as microseconds in 64 bits: pandas reads the INT96 that is Spark's default
 * as other years, and delta-rs fails on it.
 */
@Tag("spark")
final class TimestampFilesTest {
  private static final String TIMES =
      """
      SELECT id, at, named_struct('at', at) AS nested, array(at) AS several, day
      FROM VALUES
        (1, TIMESTAMP'0001-01-01 00:00:00', DATE'2026-03-01'),
        (2, TIMESTAMP'1582-10-04 23:59:59.999999', DATE'2026-03-01'),
        (3, TIMESTAMP'1582-10-10 12:00:00', DATE'2026-03-01'),
        (4, TIMESTAMP'1582-10-15 00:00:00', DATE'2026-03-01'),
        (5, TIMESTAMP'1899-12-31 23:59:59.000001', DATE'2026-03-02'),
        (6, TIMESTAMP'1969-12-31 23:59:59.999999', DATE'2026-03-02'),
        (7, TIMESTAMP'2262-04-11 23:47:16.854776', DATE'2026-03-02'),
        (8, TIMESTAMP'9999-12-31 23:59:59.999999', DATE'2026-03-02'),
        (9, NULL, DATE'2026-03-02') AS v (id, at, day)
      """;

  private static final String MICROSECONDS = "INT64 TIMESTAMP(MICROS,true)";

  @TempDir Path directory;
  private EngineLake lake;

  @BeforeEach
  void openLake() {
    lake = new EngineLake(directory);
  }

  @Test
  void aWrittenTimestampIsOfMicroseconds() {
    writtenByAnEarlierRelease("raw/times");

    copyBothDays();

    assertThat(storedTimes("raw/times")).containsExactly("INT96 null");
    assertThat(storedTimes("mart/times")).containsExactly(MICROSECONDS);
    assertSameRows(lake.sql(TIMES), lake.rows("mart/times"));
  }

  @Test
  void theFileOfAUnitWithoutRowsHasTheSameColumns() {
    writtenByAnEarlierRelease("raw/times");

    lake.succeed(times().where("id > 100").to(delta("mart/none").overwrite(DAY)));

    assertThat(storedTimes("mart/none")).containsExactly(MICROSECONDS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "at = TIMESTAMP'0001-01-01 00:00:00'",
        "at <= TIMESTAMP'1582-10-04 23:59:59.999999'",
        "at > TIMESTAMP'1582-10-04 23:59:59.999999' AND at < TIMESTAMP'1582-10-15 00:00:00'",
        "at = TIMESTAMP'1969-12-31 23:59:59.999999'",
        "at >= TIMESTAMP'2262-04-11 23:47:16.854776'",
        "at = TIMESTAMP'9999-12-31 23:59:59.999999'",
        "at IS NULL"
      })
  void aTableWithUnitsOfBothKindsIsReadRight(String filter) {
    writtenByAnEarlierRelease("mart/times");
    lake.sql(TIMES).write().format("delta").partitionBy("day").save(lake.path("raw/t").toString());
    replace(2, read(delta("raw/t").partition(DAY)));

    lake.succeed(read(delta("mart/times")).where(filter).to(delta("mart/found").overwrite()));

    assertThat(storedTimes("mart/times")).containsExactlyInAnyOrder("INT96 null", MICROSECONDS);
    assertSameRows(lake.sql(TIMES).where(filter), lake.rows("mart/found"));
  }

  @Test
  void aCheckpointWithStatisticsAsColumnsIsOfMicroseconds() {
    writtenByAnEarlierRelease("raw/times");
    copyBothDays();
    lake.sql(
        "ALTER TABLE delta.`{lake}/mart/times` SET TBLPROPERTIES ("
            + "'delta.checkpointInterval' = '1', 'delta.checkpoint.writeStatsAsStruct' = 'true')");

    copyBothDays();

    assertThat(storedTimes("mart/times/_delta_log")).containsExactly(MICROSECONDS);
    assertSameRows(lake.sql(TIMES), lake.rows("mart/times"));
  }

  private Rows times() {
    return read(delta("raw/times").partition(DAY));
  }

  private void copyBothDays() {
    for (int day = 1; day <= 2; day++) {
      replace(day, times());
    }
  }

  private void replace(int day, Rows rows) {
    RunReport report = lake.run(EngineLake.march(day), rows.to(delta("mart/times").overwrite(DAY)));
    assertThat(report.failure()).isEmpty();
  }

  private void writtenByAnEarlierRelease(String table) {
    SparkSession earlier = lake.spark().newSession();
    earlier.conf().set("spark.sql.parquet.outputTimestampType", "INT96");
    earlier.sql(TIMES).write().format("delta").partitionBy("day").save(lake.path(table).toString());
  }

  /** How the files of a folder, and of those below it, store times. */
  private Set<String> storedTimes(String folder) {
    Set<String> stored = new TreeSet<>();
    for (Path file : parquetFiles(folder)) {
      try (ParquetFileReader reader =
          ParquetFileReader.open(
              HadoopInputFile.fromPath(
                  new org.apache.hadoop.fs.Path(file.toUri()),
                  lake.spark().sessionState().newHadoopConf()))) {
        for (ColumnDescriptor column :
            reader.getFooter().getFileMetaData().getSchema().getColumns()) {
          List<String> path = List.of(column.getPath());
          boolean counted = path.contains("nullCount");
          if (!counted && (path.contains("at") || path.contains("several"))) {
            PrimitiveType type = column.getPrimitiveType();
            stored.add(type.getPrimitiveTypeName() + " " + type.getLogicalTypeAnnotation());
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return stored;
  }

  private List<Path> parquetFiles(String folder) {
    try (Stream<Path> files = Files.walk(lake.path(folder))) {
      List<Path> found = new ArrayList<>();
      files.filter(file -> file.toString().endsWith(".parquet")).forEach(found::add);
      assertThat(found).isNotEmpty();
      return found;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
