package io.penstock.spark.typed;

import static io.penstock.dsl.Penstock.avro;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.plan.Problem;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.AvroSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.avro.file.CodecFactory;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Avro files of any writer are read as they are meant, or refused. */
@Tag("spark")
final class AvroTypesTest {
  private static final AvroSource FILES = avro("in");

  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void lake() {
    lake = new EngineLake(directory);
  }

  /** A file of records with one field {@code x}, or more where the schema says so. */
  private Path file(String name, CodecFactory codec, String fields, Object[]... records) {
    Schema schema =
        new Schema.Parser()
            .parse(
                "{'type':'record','name':'r','fields':[%s]}".formatted(fields).replace('\'', '"'));
    Path file = lake.path("in/" + name);
    try {
      Files.createDirectories(file.getParent());
      try (DataFileWriter<GenericRecord> writer =
          new DataFileWriter<GenericRecord>(new GenericDatumWriter<>(schema)).setCodec(codec)) {
        writer.create(schema, file.toFile());
        for (Object[] values : records) {
          GenericRecord record = new GenericData.Record(schema);
          for (int i = 0; i < values.length; i++) {
            record.put(i, values[i]);
          }
          writer.append(record);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return file;
  }

  private Path file(String name, String type, Object... values) {
    return file(
        name,
        CodecFactory.nullCodec(),
        "{'name':'x','type':%s}".formatted(type),
        Arrays.stream(values).map(value -> new Object[] {value}).toArray(Object[][]::new));
  }

  private RunReport run(AvroSource source) {
    return lake.run(read(source).to(delta("raw/x").overwrite()));
  }

  private List<String> landed(AvroSource source) {
    assertThat(run(source).failure()).isEmpty();
    return lake.rows("raw/x").collectAsList().stream().map(Object::toString).sorted().toList();
  }

  private static String logical(String type, String meaning) {
    return "{'type':'%s','logicalType':'%s'}".formatted(type, meaning);
  }

  @Test
  void eachTypeHasItsMeaning() {
    String fields =
        String.join(
            ",",
            "{'name':'i','type':['null','int']}",
            "{'name':'day','type':" + logical("int", "date") + "}",
            "{'name':'ms','type':" + logical("long", "timestamp-millis") + "}",
            "{'name':'us','type':" + logical("long", "timestamp-micros") + "}",
            "{'name':'ns','type':" + logical("long", "timestamp-nanos") + "}",
            "{'name':'local','type':['null'," + logical("long", "local-timestamp-nanos") + "]}",
            "{'name':'price','type':{'type':'bytes','logicalType':'decimal','precision':9,'scale':2}}",
            "{'name':'kind','type':{'type':'enum','name':'k','symbols':['A','B']}}",
            "{'name':'tags','type':{'type':'array','items':'string'}}");
    Schema kind =
        new Schema.Parser().parse("{\"type\":\"enum\",\"name\":\"k\",\"symbols\":[\"A\",\"B\"]}");
    file(
        "a.avro",
        CodecFactory.deflateCodec(6),
        fields,
        new Object[] {
          null,
          -135140,
          -11676096000000L,
          253402300799999999L,
          1772366400123456000L,
          1000L,
          ByteBuffer.wrap(new byte[] {(byte) 0xff, (byte) 0x85}),
          new GenericData.EnumSymbol(kind, "B"),
          List.of("one", "two")
        });

    assertThat(
            lake.engine()
                .view(read(FILES).with("tags", "CAST(tags AS STRING)"), Optional.empty())
                .first(1)
                .rows()
                .get(0))
        .extracting(value -> value.orElse("-"))
        .containsExactly(
            "-",
            "1600-01-01",
            "1600-01-01 00:00:00",
            "9999-12-31 23:59:59.999999",
            "2026-03-01 12:00:00.123456",
            "1970-01-01 00:00:00.000001",
            "-1.23",
            "B",
            "[one, two]");
    assertThat(lake.engine().view(read(FILES), Optional.empty()).schema())
        .contains("i INT", "ns TIMESTAMP\n", "local TIMESTAMP_NTZ", "price DECIMAL(9,2)");
  }

  @Test
  void nanosecondsThatDoNotFitAreRefused() {
    file("a.avro", logical("long", "timestamp-nanos"), 1772366400123456789L);

    Failure failure = run(FILES).failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("/in/a.avro: column 'x' holds a time with nanoseconds");
  }

  @Test
  void filesWithOtherTypesAndFewerColumnsAreReadTogetherAsDeclared() {
    file("a.avro", "'int'", 1);
    file("b.avro", "['null','double']", 2.0, null);
    file(
        "c.avro",
        CodecFactory.snappyCodec(),
        "{'name':'note','type':'string'},{'name':'x','type':'long'},{'name':'more','type':'int'}",
        new Object[] {"n", 3L, 9},
        new Object[] {"m", 4L, 9});

    AvroSource declared = FILES.schema("x BIGINT, note STRING").optional("note");
    RunReport report = run(declared);
    assertThat(report.failure()).isEmpty();
    assertThat(report.inputs().get(0).rows()).hasValue(5);
    assertThat(report.inputs().get(0).unknownKeys()).containsExactly(Map.entry("more", 2L));
    assertThat(landed(declared))
        .containsExactly("[1,null]", "[2,null]", "[3,n]", "[4,m]", "[null,null]");
    assertThat(lake.problem(read(FILES)).code()).isEqualTo("FILE_COLUMNS_DIFFER");
  }

  @Test
  void blocksWithoutRecordsEndNoCount() throws IOException {
    Path file = file("a.avro", "'int'", 1);
    byte[] whole = Files.readAllBytes(file);
    byte[] mark = Arrays.copyOfRange(whole, whole.length - 16, whole.length);
    // Of no record, and no byte: then the mark that ends each block.
    ByteBuffer longer = ByteBuffer.allocate(2 * whole.length);
    int block = whole.length - 16 - 3;
    longer.put(whole, 0, block).put(new byte[] {0, 0}).put(mark);
    longer.put(whole, block, whole.length - block);
    Files.write(file, Arrays.copyOf(longer.array(), longer.position()));

    RunReport report = run(FILES);
    assertThat(report.failure()).isEmpty();
    assertThat(report.inputs().get(0).rows()).hasValue(1);
    assertThat(lake.rows("raw/x").count()).isEqualTo(1);
  }

  @Test
  void aDamagedBlockIsNamed() throws IOException {
    Path file = file("a.avro", "'string'", "x".repeat(100));
    byte[] damaged = Files.readAllBytes(file);
    damaged[damaged.length - 1] ^= 1;
    Files.write(file, damaged);

    Failure failure = run(FILES).failure().orElseThrow();
    assertThat(failure.kind()).as(failure.message()).isEqualTo(FailureKind.DATA);
    assertThat(failure.message()).contains("/in/a.avro");
  }

  @Test
  void aDamagedBlockIsNamedAmongWholeFilesAndTheReportIsWhole() throws IOException {
    for (String name : List.of("a.avro", "b.avro", "c.avro")) {
      file(name, "'int'", 1, 2);
    }
    Path damaged = lake.path("in/b.avro");
    byte[] content = Files.readAllBytes(damaged);
    content[content.length - 1] ^= 1;
    Files.write(damaged, content);
    file("../other/a.avro", "'int'", 3);

    RunReport report =
        lake.run(
            read(avro("other")).union(read(FILES.schema("x INT"))).to(delta("raw/x").overwrite()));
    assertThat(report.failure().orElseThrow().kind()).isEqualTo(FailureKind.DATA);
    assertThat(report.failure().orElseThrow().message()).contains("/in/b.avro");
    assertThat(report.inputs())
        .extracting(input -> input.name(), input -> input.files())
        .containsExactlyInAnyOrder(tuple("other", 1L), tuple("in", 3L));
  }

  @Test
  void allFilesThatDoNotBeginAsAvroAreNamedAtOnce() throws IOException {
    for (String name : List.of("a.avro", "b.avro", "c.avro")) {
      file(name, "'int'", 1);
    }
    Files.write(lake.path("in/a.avro"), "x".getBytes(StandardCharsets.UTF_8));
    byte[] cut = Arrays.copyOf(Files.readAllBytes(lake.path("in/c.avro")), 40);
    Files.write(lake.path("in/c.avro"), cut);

    assertThatThrownBy(() -> run(FILES))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("Cannot read 2 of 3 files:")
        .hasMessageContaining("/in/a.avro: it is not an Avro container file")
        .hasMessageContaining("/in/c.avro: it is ");
  }

  @Test
  void filesOfAnyNameAreReadWhereTheSourceAsksForThem() {
    file("export.dat", "'int'", 1);
    assertThat(landed(FILES.files("*.dat"))).containsExactly("[1]");
  }

  @Test
  void typesWithoutCounterpartAreNamed() {
    for (String type :
        List.of(
            logical("int", "time-millis"),
            logical("long", "time-micros"),
            "{'type':'array','items':" + logical("long", "timestamp-nanos") + "}")) {
      file("a.avro", type);
      Problem problem = lake.problem(read(FILES));
      assertThat(problem.code()).as(type).isEqualTo("FILE_TYPE_UNSUPPORTED");
      assertThat(problem.message()).contains("the column 'x' of ", "/in/a.avro");
    }
  }

  @Test
  void damagedFilesAreNamed() throws IOException {
    Path whole = file("a.avro", "'string'", "x".repeat(1000));
    byte[] content = Files.readAllBytes(whole);

    Files.write(whole, Arrays.copyOf(content, content.length - 30));
    Failure cut = run(FILES).failure().orElseThrow();
    assertThat(cut.kind()).as(cut.message()).isEqualTo(FailureKind.DATA);
    assertThat(cut.message()).contains("/in/a.avro");

    Files.write(whole, "{\"x\": 1}".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> run(FILES))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("/in/a.avro: it is not an Avro container file");

    Files.write(whole, new byte[0]);
    assertThatThrownBy(() -> run(FILES))
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("/in/a.avro: it is empty");
  }
}
