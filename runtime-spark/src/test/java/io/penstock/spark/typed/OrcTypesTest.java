package io.penstock.spark.typed;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.orc;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.plan.Problem;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.OrcSource;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hive.ql.exec.vector.BytesColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.DoubleColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.ListColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.LongColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.StructColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.TimestampColumnVector;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.OrcFile;
import org.apache.orc.TypeDescription;
import org.apache.orc.Writer;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ORC files of any writer are read as they are meant, or refused. */
@Tag("spark")
final class OrcTypesTest {
  private static final OrcSource FILES = orc("in");

  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void lake() {
    lake = new EngineLake(directory);
  }

  /**
   * A file of pyarrow 26.0.1. It says nothing of the calendar, which is the Gregorian one for all
   * times. Before 1970 it counts the second from the one after, with nanoseconds below 0. Columns:
   * x, timestamp, and day, date; three rows.
   */
  private static final String OF_PYARROW =
      """
      T1JDEQAACgYSBAgDUABEAADjUuViYwADIWkOZi9Riek/7i5deZ9NgcFg5o//EMAYwAAAKwAAChMK
      AwAAABIMCAM6Bgjz5FcQAVAAIwAAeAIAqUq5FweRXsv9AKlJG/8iAACrY/oPAkdtfoHp///vQ+lf
      ABcAAG4CFfJzBFDvAAABYgAA42LjYBNgkODmAtGMEqpgmklCAkgzAvkiQJoVSjMCxfmEWDgYBBiA
      JBOMlGJ29w0BAF4AAOMy5GLhYA5g4JLmYPYSlZj+4+7SlffZFBgMZv74DwGMQEkeDmYrNo7PT8IF
      gDwA0gAA42AW2MQoxcXBLOAhYaZgosGsJMLBI8TEyCTFWCHFnJJYqcCgwWDAoMTBwQln8UNYBsxW
      LBzMAQxW0hzMXqIS03/cXbryPpsCg8HMH/8hgBEoycPBbMXG8flJuACQ5zDBz4MxidVIDwgBCGwQ
      ARiAgAQiAgAMKDIwBoL0AwNPUkMX
      """;

  /** A file of one row, or of as many as are said to be in the batch. */
  private void file(String name, String schema, Consumer<VectorizedRowBatch> row) {
    file(name, schema, true, true, row);
  }

  /**
   * @param utc whether the writer's clock shows UTC, or the time zone of this JVM
   * @param gregorian whether its days are those of today's calendar at all times
   */
  private void file(
      String name,
      String schema,
      boolean utc,
      boolean gregorian,
      Consumer<VectorizedRowBatch> row) {
    TypeDescription type = TypeDescription.fromString(schema);
    try (Writer writer =
        OrcFile.createWriter(
            new org.apache.hadoop.fs.Path(lake.path("in/" + name).toUri()),
            OrcFile.writerOptions(new Configuration())
                .setSchema(type)
                .overwrite(true)
                .useUTCTimestamp(utc)
                .setProlepticGregorian(gregorian))) {
      VectorizedRowBatch batch = type.createRowBatch();
      row.accept(batch);
      batch.size = Math.max(1, batch.size);
      writer.addRowBatch(batch);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void set(VectorizedRowBatch batch, int column, long value) {
    ((LongColumnVector) batch.cols[column]).vector[0] = value;
  }

  private static void set(VectorizedRowBatch batch, int column, Instant value) {
    Timestamp time = Timestamp.from(value);
    ((TimestampColumnVector) batch.cols[column]).set(0, time);
  }

  private RunReport run(OrcSource source) {
    return lake.run(read(source).to(delta("raw/x").overwrite()));
  }

  private List<String> landed(OrcSource source) {
    assertThat(run(source).failure()).isEmpty();
    return lake.rows("raw/x").collectAsList().stream().map(Object::toString).sorted().toList();
  }

  /** A zero has no digit, also where the type has none before the point. */
  @Test
  void zerosOfDecimalsAreRead() {
    lake.sql("SELECT CAST(x AS DECIMAL(2, 2)) AS x FROM VALUES (0.00), (0.50), (-0.01) AS v (x)")
        .coalesce(1)
        .write()
        .orc(lake.path("in").toString());

    assertThat(landed(FILES)).containsExactlyInAnyOrder("[0.00]", "[0.50]", "[-0.01]");
  }

  @Test
  void timesAreThoseOfTheWritersClockInWhateverZoneThisJvmIs() {
    Instant time = Instant.parse("2026-03-08T02:30:00.123456Z");
    file(
        "a.orc",
        "struct<local:timestamp,at:timestamp with local time zone,day:date>",
        batch -> {
          set(batch, 0, time);
          set(batch, 1, time);
          set(batch, 2, -135140);
        });

    assertThat(lake.engine().view(read(FILES), Optional.empty()).schema())
        .hasToString("local TIMESTAMP_NTZ\nat TIMESTAMP\nday DATE");
    landed(FILES.schema("local TIMESTAMP, at TIMESTAMP, day DATE"));
    assertThat(
            lake.rows("raw/x")
                .selectExpr("unix_micros(local)", "unix_micros(at)", "CAST(day AS STRING)")
                .collectAsList()
                .toString())
        .isEqualTo("[[1772937000123456,1772937000123456,1600-01-01]]");
  }

  private List<String> timesAndDays() {
    landed(FILES.schema("x TIMESTAMP, day DATE"));
    return lake.rows("raw/x")
        .selectExpr("concat(x, ' ', day)")
        .as(Encoders.STRING())
        .collectAsList();
  }

  @Test
  void oldTimesOfWritersThatAreNotJavaAreThoseThatTheyMean() throws IOException {
    Files.createDirectories(lake.path("in"));
    Files.write(lake.path("in/a.orc"), Base64.getMimeDecoder().decode(OF_PYARROW));

    assertThat(timesAndDays())
        .containsExactlyInAnyOrder(
            "1969-12-31 09:18:43.518623 0001-01-01",
            "1500-01-01 00:00:00.5 1582-10-10",
            "1969-12-31 23:59:59.999999 1969-12-31");
  }

  @Test
  void oldTimesOfTheCalendarThatChangesIn1582AreThoseThatItShows() {
    // What was 1 January 1500 in it is 10 January in the one that everybody uses today.
    LocalDateTime day = LocalDateTime.parse("1500-01-10T00:00:00.5");
    file(
        "a.orc",
        "struct<x:timestamp,day:date>",
        true,
        false,
        batch -> {
          set(batch, 0, day.toInstant(ZoneOffset.UTC));
          set(batch, 1, day.toLocalDate().toEpochDay());
        });
    file(
        "b.orc",
        "struct<x:timestamp,day:date>",
        true,
        false,
        batch -> {
          set(batch, 0, Instant.parse("1969-12-31T09:18:43.518623Z"));
          set(batch, 1, -1);
        });

    assertThat(timesAndDays())
        .containsExactlyInAnyOrder(
            "1500-01-01 00:00:00.5 1500-01-01", "1969-12-31 09:18:43.518623 1969-12-31");
  }

  /** ORC's reader takes values that are equal for one value that is repeated. */
  @Test
  void eachZeroKeepsItsSign() {
    file(
        "a.orc",
        "struct<x:double,y:float>",
        batch -> {
          for (ColumnVector column : batch.cols) {
            ((DoubleColumnVector) column).vector[0] = -0.0;
            ((DoubleColumnVector) column).vector[1] = 0.0;
          }
          batch.size = 2;
        });

    assertThat(landed(FILES)).containsExactly("[-0.0,-0.0]", "[0.0,0.0]");
  }

  @Test
  void nanosecondsAreRefused() {
    Instant time = Instant.parse("2026-03-01T12:00:00.123456789Z");
    file("a.orc", "struct<id:int,x:timestamp>", batch -> set(batch, 1, time));

    Failure failure = run(FILES.schema("x TIMESTAMP")).failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("/in/a.orc: column 'x' holds a time with nanoseconds");
    assertThat(run(FILES.schema("id INT")).failure()).isEmpty();
  }

  @Test
  void timesThatSparkWroteInAnotherZoneThanUtcAreRefused() {
    lake.sql(
            "SELECT 1 AS id, TIMESTAMP'2026-03-08 02:30:00' AS at, 1.50BD AS price, array('a') AS"
                + " tags")
        .coalesce(1)
        .write()
        .orc(lake.path("in").toString());

    Problem problem = lake.problem(read(FILES));
    assertThat(problem.code()).isEqualTo("FILE_TYPE_UNSUPPORTED");
    assertThat(problem.message()).contains("the column 'at' of ", "America/New_York");
    assertThat(landed(FILES.schema("id INT, price DECIMAL(3,2), tags ARRAY<STRING>")))
        .hasSize(1)
        .first()
        .asString()
        .startsWith("[1,1.50,");
  }

  @Test
  void timesOfAClockThatNobodyKnowsAreRefused() {
    Instant summer = Instant.parse("2026-07-01T12:00:00Z");
    TimeZone own = TimeZone.getDefault();
    for (String name : List.of("PST", "EST", "US/Pacific", "US/Pacific-New", "Nowhere", "")) {
      TimeZone rules = TimeZone.getTimeZone(name.equals("EST") ? name : "America/Los_Angeles");
      // Under a name that this Java may not know.
      TimeZone zone = (TimeZone) rules.clone();
      zone.setID(name);
      try {
        TimeZone.setDefault(zone);
        file("a.orc", "struct<id:int,x:timestamp>", false, true, batch -> set(batch, 1, summer));
      } finally {
        TimeZone.setDefault(own);
      }
      if (List.of("US/Pacific-New", "Nowhere", "").contains(name)) {
        Problem problem = lake.problem(read(FILES));
        assertThat(problem.code()).as(name).isEqualTo("FILE_TYPE_UNSUPPORTED");
        assertThat(problem.message())
            .contains("the column 'x' of ", name.isEmpty() ? "doesn't name" : name);
        assertThat(run(FILES.schema("id INT")).failure()).isEmpty();
      } else {
        assertThat(
                lake.engine()
                    .view(read(FILES.schema("x TIMESTAMP_NTZ")), Optional.empty())
                    .first(1)
                    .rows()
                    .toString())
            .as(name)
            .contains(name.equals("EST") ? "2026-07-01 07:00:00" : "2026-07-01 05:00:00");
      }
    }
  }

  @Test
  void timesOfSparkUnderAClockThatOnlyOldJavaKnowsAreNamed() {
    assertThat(new OrcTypes(Set.of("EST")).columns(instant()).get(0).written())
        .isEqualTo("timestamp of Spark, written under the time zone EST");
    assertThat(new OrcTypes(Set.of("", "Etc/UTC")).columns(instant()).get(0).written())
        .isEqualTo(
            "timestamp of Spark, written under a time zone that the file doesn't name, written"
                + " under the time zone Etc/UTC");
    assertThat(new OrcTypes(Set.of("UTC", "Z", "GMT")).columns(instant()).get(0).type())
        .isEqualTo(DataTypes.TimestampType);
  }

  private static TypeDescription instant() {
    TypeDescription type = TypeDescription.fromString("struct<x:timestamp>");
    type.getChildren().get(0).setAttribute("spark.sql.catalyst.type", "timestamp");
    return type;
  }

  @Test
  void columnsAreFoundByTheirNamesWhateverTheyAreCalled() {
    file(
        "a.orc",
        "struct<_col0:int,_col1:int,_col2:string>",
        batch -> {
          set(batch, 0, 1);
          set(batch, 1, 2);
          ((BytesColumnVector) batch.cols[2]).setVal(0, "x".getBytes(StandardCharsets.UTF_8));
        });
    file("b.orc", "struct<_col1:bigint>", batch -> set(batch, 0, 9007199254740993L));

    OrcSource source = FILES.schema("_col2 STRING, _col1 BIGINT").optional("_col2");
    assertThat(landed(source)).containsExactly("[null,9007199254740993]", "[x,2]");
    assertThat(run(source).inputs().get(0).rows()).hasValue(2);
    assertThat(lake.problem(read(FILES)).code()).isEqualTo("FILE_COLUMNS_DIFFER");
  }

  @Test
  void fieldsOfAStructAreFoundByTheirNamesWhicheverAreAsked() {
    file(
        "a.orc",
        "struct<x:struct<a:string,b:string>,items:array<struct<a:int,b:int>>>",
        batch -> {
          StructColumnVector x = (StructColumnVector) batch.cols[0];
          ((BytesColumnVector) x.fields[0]).setVal(0, new byte[] {'A'});
          ((BytesColumnVector) x.fields[1]).setVal(0, new byte[] {'B'});
          ListColumnVector items = (ListColumnVector) batch.cols[1];
          items.offsets[0] = 0;
          items.lengths[0] = 1;
          StructColumnVector item = (StructColumnVector) items.child;
          ((LongColumnVector) item.fields[0]).vector[0] = 1;
          ((LongColumnVector) item.fields[1]).vector[0] = 2;
        });

    for (OrcSource source :
        List.of(
            FILES,
            FILES.schema("x STRUCT<a: STRING, b: STRING>, items ARRAY<STRUCT<a: INT, b: INT>>"))) {
      assertThat(
              lake.engine()
                  .view(
                      read(source)
                          .where("x.b = 'B'")
                          .select("x.b AS b", "CAST(items.b AS STRING) AS items"),
                      Optional.empty())
                  .first(2)
                  .rows()
                  .toString())
          .isEqualTo("[[Optional[B], Optional[[2]]]]");
    }
  }

  @Test
  void aUnionIsNamed() {
    file("a.orc", "struct<id:int,x:uniontype<int,string>>", batch -> set(batch, 0, 1));
    assertThat(lake.problem(read(FILES)).message())
        .contains("the column 'x' of ", "uniontype<int,string>");
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    file("a.orc", "struct<id:int>", batch -> set(batch, 0, 1));
    Path whole = lake.path("in/a.orc");
    byte[] content = Files.readAllBytes(whole);
    Files.delete(lake.path("in/.a.orc.crc"));

    for (byte[] damaged :
        List.of(
            Arrays.copyOf(content, content.length - 30),
            "{\"x\": 1}".getBytes(StandardCharsets.UTF_8),
            new byte[0])) {
      Files.write(whole, damaged);
      assertThatThrownBy(() -> run(FILES))
          .isInstanceOfSatisfying(
              RunFailedException.class,
              e -> {
                assertThat(e.failure().message()).contains("/in/a.orc: it is ");
                assertThat(e.failure().kind()).isEqualTo(FailureKind.DATA);
              });
    }
  }
}
