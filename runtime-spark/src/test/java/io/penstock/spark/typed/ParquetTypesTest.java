package io.penstock.spark.typed;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunReport;
import io.penstock.plan.Problem;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.ParquetSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet files of other writers are read as they are meant, or refused. */
@Tag("spark")
final class ParquetTypesTest {
  private static final ParquetSource FILES = parquet("in");

  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void lake() {
    lake = new EngineLake(directory);
  }

  /** A file with one column {@code x}, and one row for each value; NULL for a null. */
  private void file(String name, String type, Object... values) {
    MessageType schema = MessageTypeParser.parseMessageType("message m { " + type + "; }");
    write(
        name,
        schema,
        values.length,
        (row, group) -> {
          if (values[row] != null) {
            add(group, schema.getFieldName(0), values[row]);
          }
        });
  }

  private static void add(Group group, String column, Object value) {
    if (value instanceof Long number) {
      group.add(column, number);
    } else if (value instanceof Integer number) {
      group.add(column, number);
    } else if (value instanceof Double number) {
      group.add(column, number);
    } else if (value instanceof Float number) {
      group.add(column, number);
    } else if (value instanceof byte[] bytes) {
      group.add(column, Binary.fromConstantByteArray(bytes));
    } else {
      group.add(column, (String) value);
    }
  }

  private void write(String name, MessageType schema, int rows, BiConsumer<Integer, Group> fill) {
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(
                new org.apache.hadoop.fs.Path(lake.path("in/" + name + ".parquet").toUri()))
            .withConf(new Configuration())
            .withType(schema)
            .build()) {
      for (int row = 0; row < rows; row++) {
        Group group = new SimpleGroup(schema);
        fill.accept(row, group);
        writer.write(group);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private String texts(ParquetSource source) {
    return texts(read(source));
  }

  private String texts(Rows rows) {
    return String.join(
        " ",
        lake
            .engine()
            .view(
                rows.select("coalesce(CAST(x AS STRING), '-') AS x").orderBy("x").limit(9),
                Optional.empty())
            .first(9)
            .rows()
            .stream()
            .map(row -> row.get(0).orElseThrow())
            .toList());
  }

  private RunReport run(ParquetSource source) {
    return lake.run(read(source).to(delta("raw/x").overwrite()));
  }

  private Failure refused(ParquetSource source) {
    return run(source).failure().orElseThrow();
  }

  @Test
  void timesInNanosecondsAreReadWhereTheyAreMicroseconds() {
    file("a", "optional int64 x (TIMESTAMP(NANOS,true))", 1772366400123456000L, null, -1000L);

    assertThat(texts(FILES)).isEqualTo("- 1969-12-31 23:59:59.999999 2026-03-01 12:00:00.123456");
    assertThat(texts(read(FILES).where("x > TIMESTAMP'2026-03-01 12:00:00'")))
        .isEqualTo("2026-03-01 12:00:00.123456");
    assertThat(texts(FILES.schema("x TIMESTAMP")))
        .isEqualTo("- 1969-12-31 23:59:59.999999 2026-03-01 12:00:00.123456");
    assertThat(run(FILES).failure()).isEmpty();
    assertThat(lake.rows("raw/x").schema().toDDL()).isEqualTo("x TIMESTAMP");
  }

  @Test
  void aTimeBetweenMicrosecondsIsRefusedWithItsFileAndColumn() {
    file("a", "optional int64 x (TIMESTAMP(NANOS,true))", 1000L);
    file("b", "optional int64 x (TIMESTAMP(NANOS,true))", 1772366400123456789L);

    Failure failure = refused(FILES);

    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.code()).isEqualTo("MALFORMED_INPUT");
    assertThat(failure.message())
        .contains("/in/b.parquet: column 'x' holds a time with nanoseconds")
        .doesNotContain("1772366400");
  }

  @Test
  void localTimesInNanosecondsHaveNoZone() {
    file("a", "optional int64 x (TIMESTAMP(NANOS,false))", 1772366400123456000L);

    assertThat(lake.engine().view(read(FILES), Optional.empty()).schema())
        .hasToString("x TIMESTAMP_NTZ");
    assertThat(texts(FILES.schema("x TIMESTAMP"))).isEqualTo("2026-03-01 12:00:00.123456");
    assertThat(problem(FILES.schema("x BIGINT")).message())
        .contains("INT64 (TIMESTAMP(NANOS,false)), which can't be read as BIGINT");
    assertThat(problem(FILES.schema("x BIGINT")).fix())
        .endsWith("such as TIMESTAMP_NTZ, and convert it in a step.");
  }

  @Test
  void dayOfATimeAtMidnightIsADateAndNoOtherTimeIs() {
    file("a", "optional int64 x (TIMESTAMP(NANOS,false))", 1772323200000000000L, null);
    file("b", "optional int64 x (TIMESTAMP(MICROS,false))", 1772323200000000L);
    assertThat(texts(FILES.schema("x DATE"))).isEqualTo("- 2026-03-01 2026-03-01");

    file("c", "optional int64 x (TIMESTAMP(MICROS,false))", 1772323200000001L);
    assertThat(refused(FILES.schema("x DATE")).message())
        .contains("/in/c.parquet: column 'x' holds a time that is not midnight");
  }

  @Test
  void aColumnOfNullsHasTheTypeThatIsDeclaredOrThatOthersGiveIt() {
    file("a", "optional int32 x (UNKNOWN)", null, null);
    assertThat(texts(FILES.schema("x STRING"))).isEqualTo("- -");
    assertThat(problem(read(FILES)).code()).isEqualTo("UNTYPED_COLUMN");

    file("b", "optional binary x (STRING)", "one");
    assertThat(texts(FILES)).isEqualTo("- - one");
    assertThat(run(FILES.schema("x STRING")).failure()).isEmpty();
    assertThat(run(FILES.schema("x STRING NOT NULL")).failure().orElseThrow().message())
        .contains("/in/a.parquet: column 'x' is NULL in a row, and declared NOT NULL");
  }

  @ParameterizedTest
  @CsvSource({
    "UINT_8, int32, 255, SMALLINT",
    "UINT_16, int32, 65535, INT",
    "UINT_32, int32, -1, BIGINT",
    "UINT_64, int64, -1, 'DECIMAL(20,0)'"
  })
  void unsignedNumbersKeepTheirValues(String type, String stored, long bits, String spark) {
    Object value = "int32".equals(stored) ? (Object) (int) bits : (Object) bits;
    file("a", "optional %s x (%s)".formatted(stored, type), value, null);
    String number =
        bits < 0 ? Long.toUnsignedString("int32".equals(stored) ? 0xffffffffL : -1L) : "" + bits;

    assertThat(lake.engine().view(read(FILES), Optional.empty()).schema())
        .hasToString("x " + spark);
    assertThat(texts(FILES)).isEqualTo("- " + number);
    assertThat(texts(read(FILES).where("x = " + number))).isEqualTo(number);
    assertThat(texts(read(FILES).where("x > 1"))).isEqualTo(number);
    assertThat(texts(FILES.schema("x DECIMAL(38,0)"))).isEqualTo("- " + number);
  }

  @Test
  void typesThatDriftAreReadWhereEveryValueFits() {
    file("a", "optional int64 x", 9007199254740993L);
    file("b", "optional double x", 12.0, null, -0.0);
    file("c", "optional int32 x", 7);
    file("d", "optional binary x (STRING)", "15");
    file("e", "optional int32 x (DECIMAL(5,2))", 1600);

    assertThat(texts(FILES.schema("x BIGINT"))).isEqualTo("- 0 12 15 16 7 9007199254740993");
    assertThat(problem(FILES.schema("x DECIMAL(20,3)")).message())
        .contains("/in/b.parquet: its column 'x' is DOUBLE, which can't be read as DECIMAL(20,3)");
    assertThat(problem(FILES.schema("x DECIMAL(20,3)")).fix())
        .isEqualTo(
            "declare a type that holds the column 'x' of all files, such as DOUBLE, and convert it"
                + " in a step: CAST(… AS DECIMAL(20,3)) rounds.");
    Problem differ = problem(FILES);
    assertThat(differ.code()).isEqualTo("FILE_COLUMNS_DIFFER");
    assertThat(differ.message()).contains("column 'x' is BIGINT in the first and DOUBLE");
    assertThat(differ.fix()).contains("schema(…)");
  }

  @ParameterizedTest
  @CsvSource({
    "double, 0.5",
    "double, 9007199254740992",
    "double, 1e300",
    "double, NaN",
    "double, Infinity",
    "float, 16777216",
  })
  void numbersThatAreNotWholeOrWereRoundedAreRefused(String type, double value) {
    Object stored = "float".equals(type) ? (Object) (float) value : (Object) value;
    file("a", "optional " + type + " x", stored);

    assertThat(refused(FILES.schema("x BIGINT")).message())
        .contains("/in/a.parquet: column 'x' holds a value that is not a BIGINT");
  }

  @ParameterizedTest
  @CsvSource({
    "int64 x, 2147483648, INT",
    "int32 x, 128, TINYINT",
    "int32 x, -32769, SMALLINT",
    "int64 x, 100, 'DECIMAL(4,2)'",
    "'int64 x (DECIMAL(10,2))', 105, INT",
    "'int64 x (DECIMAL(10,2))', 105, 'DECIMAL(10,1)'",
  })
  void numbersBeyondTheDeclaredTypeAreRefused(String column, long value, String declared) {
    file(
        "a",
        "optional " + column,
        column.startsWith("int32") ? (Object) (int) value : (Object) value);

    assertThat(refused(FILES.schema("x " + declared)).message())
        .contains("column 'x' holds a value that is not");
  }

  @Test
  void textIsParsedAsStrictlyAsThatOfOtherFiles() {
    file("a", "optional binary x (STRING)", "2026-03-01", null);
    assertThat(texts(FILES.schema("x DATE"))).isEqualTo("- 2026-03-01");

    file("b", "optional binary x (STRING)", "2026-3-1");
    assertThat(refused(FILES.schema("x DATE")).message())
        .contains("/in/b.parquet: column 'x' holds a value that is not a DATE")
        .doesNotContain("2026-3-1");
  }

  @Test
  void bytesAreTextWhereTheyAreUtf8() {
    file("a", "optional binary x", "é".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertThat(texts(FILES.schema("x STRING"))).isEqualTo("é");

    file("b", "optional binary x", new byte[] {(byte) 0xfc});
    assertThat(refused(FILES.schema("x STRING")).message())
        .contains("column 'x' holds bytes that are not valid UTF-8");
  }

  @Test
  void aColumnThatSomeFilesLackIsOptionalOrAProblem() {
    file("a", "optional int64 x", 1L);
    MessageType both =
        MessageTypeParser.parseMessageType(
            "message m { optional binary note (STRING); optional int64 x; }");
    write(
        "b",
        both,
        1,
        (row, group) -> {
          group.add("x", 2L);
          group.add("note", "n");
        });

    RunReport report = run(FILES.schema("x BIGINT, note STRING").optional("note"));
    assertThat(report.failure()).isEmpty();
    assertThat(lake.rows("raw/x").orderBy("x").collectAsList())
        .extracting(Object::toString)
        .containsExactly("[1,null]", "[2,n]");
    assertThat(report.inputs().get(0).rows()).hasValue(2);

    assertThat(problem(FILES.schema("x BIGINT, note STRING")).message())
        .contains("/in/a.parquet: it has no column 'note', but 'x'");
    assertThat(
            lake.run(read(FILES.schema("x BIGINT")).to(delta("raw/y").overwrite()))
                .inputs()
                .get(0)
                .unknownKeys())
        .containsExactly(java.util.Map.entry("note", 1L));
    assertThat(problem(FILES.schema("x BIGINT").refuseUnknownKeys()).message())
        .contains("/in/b.parquet: it has the column 'note', which isn't declared");
    assertThat(problem(FILES.optional("note")).code()).isEqualTo("INVALID_SCHEMA");
    assertThat(problem(FILES.schema("x BIGINT").optional("note")).code())
        .isEqualTo("INVALID_SCHEMA");
    assertThat(problem(FILES.schema("x BIGINT NOT NULL").optional("x")).code())
        .isEqualTo("INVALID_SCHEMA");
  }

  @Test
  void namesAreFoundInTheirCaseOrWhateverItIs() {
    file("a", "optional int64 X", 1L);
    file("b", "optional int64 x", 2L);

    assertThat(problem(FILES.schema("x BIGINT")).message())
        .contains("/in/a.parquet: it has no column 'x', but 'X'");
    assertThat(texts(FILES.schema("x BIGINT").ignoreCase())).isEqualTo("1 2");
    assertThat(problem(FILES.schema("x BIGINT").optional("x")).message()).contains("but 'X'");

    write(
        "c",
        MessageTypeParser.parseMessageType("message m { optional int64 x; optional int64 X; }"),
        1,
        (row, group) -> group.add("x", 3L));
    assertThat(problem(FILES.schema("x BIGINT").ignoreCase()).message())
        .contains("/in/c.parquet: it has columns whose names differ in case or white space alone");

    write(
        "spaced/d",
        new MessageType("m", Types.optional(PrimitiveTypeName.INT64).named("x ")),
        1,
        (row, group) -> group.add("x ", 3L));
    assertThat(problem(parquet("in/spaced").schema("x BIGINT").optional("x")).message())
        .contains("it has no column 'x', but 'x '");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fixed_len_byte_array(2) x (FLOAT16)",
        "fixed_len_byte_array(16) x (UUID)",
        "int32 x (TIME(MILLIS,true))",
        "int64 x (TIME(MICROS,true))",
        "fixed_len_byte_array(20) x (DECIMAL(45,2))",
      })
  void aTypeWithoutCounterpartIsNamedAndCanBeLeftOut(String type) {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { required int32 id; optional " + type + "; }");
    write("a", schema, 1, (row, group) -> group.add("id", 1));

    Problem problem = problem(FILES);
    assertThat(problem.code()).isEqualTo("FILE_TYPE_UNSUPPORTED");
    assertThat(problem.message()).contains("Cannot read the column 'x' of ", "/in/a.parquet");
    assertThat(run(FILES.schema("id INT")).failure()).isEmpty();
    Problem unread = problem(FILES.schema("id INT, x STRING"));
    assertThat(unread.message()).contains("which can't be read as STRING");
    assertThat(unread.fix())
        .isEqualTo("leave the column 'x' out, or have it written in another type.");
  }

  @Test
  void nanosecondsWithinOtherColumnsAreRefused() {
    write(
        "a",
        MessageTypeParser.parseMessageType(
            "message m { required int32 id; optional group x (LIST) { repeated group list"
                + " { optional int64 element (TIMESTAMP(NANOS,true)); } } }"),
        1,
        (row, group) -> group.add("id", 1));

    assertThat(problem(FILES).message()).contains("times in nanoseconds");
    assertThat(problem(FILES.schema("id INT, x ARRAY<BIGINT>")).message())
        .contains("times in nanoseconds");
  }

  @Test
  void fieldsBelowAColumnAreNotTakenByPosition() {
    write(
        "a",
        MessageTypeParser.parseMessageType(
            "message m { optional group x { optional int32 a; optional int32 b; } }"),
        1,
        (row, group) -> group.addGroup("x").append("a", 1).append("b", 2));

    assertThat(run(FILES.schema("x STRUCT<a: BIGINT, b: INT>")).failure()).isEmpty();
    assertThat(problem(FILES.schema("x STRUCT<b: BIGINT, a: INT>")).code())
        .isEqualTo("FILE_COLUMNS_DIFFER");
    assertThat(problem(FILES.schema("x STRUCT<a: INT NOT NULL, b: INT>")).message())
        .contains("NOT NULL below a column");
  }

  @Test
  void anEncodingThatSparkReadsRowByRowIsReadSo() {
    MessageType schema = MessageTypeParser.parseMessageType("message m { optional double x; }");
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(
                new org.apache.hadoop.fs.Path(lake.path("in/a.parquet").toUri()))
            .withConf(new Configuration())
            .withType(schema)
            .withDictionaryEncoding(false)
            .withByteStreamSplitEncoding(true)
            .build()) {
      writer.write(new SimpleGroup(schema).append("x", 1.5));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    file("b", "optional double x", 2.5);

    assertThat(texts(FILES)).isEqualTo("1.5 2.5");
    assertThat(texts(read(FILES).where("x > 2"))).isEqualTo("2.5");
  }

  @Test
  void timesOfTheOlderFormAreReadWhereTheyAreMicroseconds() {
    file("a", "optional int96 x", int96(123_456_000), null);
    assertThat(texts(FILES)).isEqualTo("- 1970-01-01 00:00:00.123456");

    file("b", "optional int96 x", int96(123_456_000), int96(123_456_789));
    assertThat(refused(FILES).message())
        .contains("/in/b.parquet: column 'x' holds a time with nanoseconds");
    assertThat(refused(FILES.schema("x TIMESTAMP")).message()).contains("/in/b.parquet");
  }

  /** A time of 1 January 1970, whose Julian day is 2440588. */
  private static byte[] int96(long nanosOfDay) {
    return java.nio.ByteBuffer.allocate(12)
        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
        .putLong(nanosOfDay)
        .putInt(2440588)
        .array();
  }

  @Test
  void checksAndGroupsSeeTheDeclaredValues() {
    file("a", "optional double x", 1.0, 1.0);
    file("b", "optional int64 x", 1L);

    Rows grouped =
        read(FILES.schema("x BIGINT"))
            .expect(notNull("x"))
            .groupBy("x")
            .aggregate("count(*) AS n")
            .select("n AS x");

    assertThat(texts(grouped)).isEqualTo("3");
  }

  private Problem problem(ParquetSource source) {
    return problem(read(source));
  }

  private Problem problem(Rows rows) {
    List<Problem> problems = lake.problems(rows);
    assertThat(problems).hasSize(1);
    return problems.get(0);
  }
}
