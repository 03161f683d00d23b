package io.penstock.spark.json;

import static io.penstock.dsl.Penstock.json;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.records.ReadRecords;
import io.penstock.spark.records.RecordFormat;
import io.penstock.spark.records.ValueParsers;
import io.penstock.spark.testing.Proofs;
import io.penstock.spec.JsonSource;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Objects that one parser reads one after the other, without their ends being known, become the
 * same rows as objects each of which is cut out first and has a parser of its own.
 */
@Tag("proof")
final class OpenObjectsTest {
  private static final int FILES = Proofs.full() ? 3_000 : 300;
  private static final int BUFFER = 1 << 16;

  private static final JsonSource COUNTED =
      json("x").schema("id INT, s STRING, a ARRAY<STRUCT<x: INT>>").optional("s", "a").multiLine();

  /** What the objects of a file are like. */
  private final Random random = Proofs.random("open objects");

  @Test
  void openObjectsBecomeTheSameRowsAsThoseThatAreCutOut() {
    List<JsonSource> sources =
        List.of(COUNTED.keepDefects(), COUNTED.keepRecords(), COUNTED.restInto("_r").keepRecords());
    long defects = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] content = file();
      JsonSource source = sources.get(i % sources.size());
      long seed = random.nextLong();
      ReadRecords open = ReadRecords.of(source, format(in -> pieces(in, seed), objects -> objects));
      ReadRecords cutOut = ReadRecords.of(source, format(in -> in, CutOut::new));

      List<List<Object>> rows = open.rows(content);

      String name = "file %s of the seed".formatted(i);
      assertThat(rows).as(name).isEqualTo(cutOut.rows(content));
      assertThat(open.unknownKeys()).as(name).isEqualTo(cutOut.unknownKeys());
      defects += rows.stream().filter(row -> row.get(0) == null).count();
    }
    assertThat(defects).isGreaterThan(FILES / 10);
    Proofs.tell("Open objects: %s files, %s defects, 0 different".formatted(FILES, defects));
  }

  @Test
  void aDefectAffectsNoOtherObject() {
    String content =
        "[{\"id\":1,\"s\":\"a\"},\n{\"id\":x},{\"id\":3,\"u\":{\"k\":1,\"k\":2}},\n"
            + "{\"id\":4,\"s\":\"d\"},{\"id\":\n5,\"s\":\"e\"}, {\"id\":6}]";

    List<List<Object>> rows =
        ReadRecords.of(COUNTED.optional("s", "a").keepRecords()).rows(content.getBytes(UTF_8));

    String file = ReadRecords.FILE;
    assertThat(rows)
        .containsExactly(
            Arrays.asList(1, "a", null, file, 1L, null, "{\"id\":1,\"s\":\"a\"}"),
            Arrays.asList(null, null, null, file, 2L, "it is not valid JSON", "{\"id\":x}"),
            Arrays.asList(
                null,
                null,
                null,
                file,
                2L,
                "a key is used twice in one object",
                "{\"id\":3,\"u\":{\"k\":1,\"k\":2}}"),
            Arrays.asList(4, "d", null, file, 3L, null, "{\"id\":4,\"s\":\"d\"}"),
            Arrays.asList(5, "e", null, file, 3L, null, "{\"id\":\n5,\"s\":\"e\"}"),
            Arrays.asList(6, null, null, file, 4L, null, "{\"id\":6}"));
  }

  /** The boundary of the buffer is at each byte of an object once. */
  @Test
  void everyByteOfAnObjectMayBeTheLastOneOfTheBuffer() {
    String object = "{\"id\":-12,\"s\":\"é😀\\n\",\"u\":[true,{\"k\":1.5e3}],\"a\":[{\"x\":7}]}";
    int length = object.getBytes(UTF_8).length;
    for (int at = 0; at <= length; at++) {
      String before = "{\"id\":1,\"s\":\"" + "x".repeat(1_000) + "\"},";
      int objects = BUFFER / before.length();
      String blanks = " ".repeat(BUFFER - 1 - objects * before.length() - at);
      String content = "[" + before.repeat(objects) + blanks + object + "," + object + "]";

      List<List<Object>> rows = ReadRecords.of(COUNTED).rows(content.getBytes(UTF_8));

      assertThat(rows).hasSize(objects + 2);
      for (List<Object> row : rows.subList(objects, objects + 2)) {
        assertThat(row.subList(0, 2)).containsExactly(-12, "é😀\n");
        assertThat(String.valueOf(row.get(2))).contains("[7]");
      }
    }
  }

  @Test
  void anObjectMayHave16MebibytesAndNoByteMore() {
    int others = "{'id':2,'s':''}".length();
    for (int excess : List.of(0, 1)) {
      String object = "{\"id\":2,\"s\":\"" + "x".repeat((16 << 20) - others + excess) + "\"}";
      byte[] content = ("[{\"id\":1}," + object + ",{\"id\":3}]").getBytes(UTF_8);

      List<List<Object>> rows = ReadRecords.of(COUNTED.keepDefects()).rows(content);

      if (excess == 0) {
        assertThat(rows).extracting(row -> row.get(0)).containsExactly(1, 2, 3);
      } else {
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1)).contains("the object is longer than 16 MiB");
      }
    }
  }

  @Test
  void aDuplicateIsFoundAmongAnyNumberOfKeysThatArePassedOver() {
    for (int keys : List.of(1, 7, 8, 9, 50)) {
      for (int twice = 0; twice < keys; twice++) {
        String names =
            IntStream.range(0, keys)
                .mapToObj(key -> "\"k" + key + "\":0")
                .collect(Collectors.joining(","));
        String content =
            "[{\"id\":1,\"u\":{%s}},{\"id\":2,\"u\":{%s,\"k%s\":0}}]"
                .formatted(names, names, twice);

        List<List<Object>> rows =
            ReadRecords.of(COUNTED.keepDefects()).rows(content.getBytes(UTF_8));

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get(0)).isEqualTo(1);
        assertThat(rows.get(1)).contains("a key is used twice in one object");
      }
    }
  }

  /** So many keys are counted before the object is known to be no text. */
  @Test
  void noKeyIsToldOfAnObjectThatIsNoText() {
    String keys =
        IntStream.rangeClosed(0, 10_000)
            .mapToObj(key -> "\"k" + key + "\":0")
            .collect(Collectors.joining(","));
    String content = "[{\"id\":1,\"u\":0},{\"id\":2,\"a\":[{%s},{}],\"s\":\"?\"}]".formatted(keys);
    byte[] bytes = content.getBytes(UTF_8);
    bytes[content.indexOf('?')] = (byte) 0xFC;
    ReadRecords records = ReadRecords.of(COUNTED.keepDefects());

    List<List<Object>> rows = records.rows(bytes);

    assertThat(rows).extracting(row -> row.get(0)).startsWith(1, null);
    assertThat(records.unknownKeys()).isEqualTo(Map.of("u", 1L));
  }

  private static RecordFormat format(
      UnaryOperator<InputStream> stream, UnaryOperator<ObjectTexts> texts) {
    return (content, rows) ->
        new JsonRecords(
            texts.apply(new DocumentObjects(stream.apply(content))), rows, ValueParsers.STRICT);
  }

  private byte[] file() {
    boolean array = random.nextInt(4) > 0;
    List<String> blanks = List.of("", "", "", " ", "\n", "\r\n", "\r", "\t\n ");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    int usual = pick(List.of(10, 10, 100, 1_000, 6_000));
    file.writeBytes((random.nextInt(9) == 0 ? "\uFEFF" : "").getBytes(UTF_8));
    file.writeBytes((array ? "[" : "").getBytes(UTF_8));
    int objects = random.nextInt(60);
    for (int i = 0; i < objects; i++) {
      int size = random.nextInt(20) == 0 ? pick(List.of(9_000, 33_000, 70_000, 200_000)) : usual;
      String separator = array && i > 0 ? "," : "";
      if (random.nextInt(400) == 0) {
        separator = pick(List.of(",", "", ",,", ";", "]"));
      }
      file.writeBytes((pick(blanks) + separator + pick(blanks)).getBytes(UTF_8));
      file.writeBytes(damaged(object(i, random.nextInt(size), pick(blanks)).getBytes(UTF_8)));
    }
    file.writeBytes((array ? "]" : "").getBytes(UTF_8));
    file.writeBytes(pick(blanks).getBytes(UTF_8));
    byte[] whole = file.toByteArray();
    return random.nextInt(10) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length + 1)) : whole;
  }

  private String object(int id, int size, String blanks) {
    List<String> members = new ArrayList<>();
    members.add("\"id\":" + blanks + id);
    members.add("\"s\":\"" + id + ":" + text(size) + '"');
    if (random.nextBoolean()) {
      members.add("\"a\":[{\"x\":1,\"y\":\"" + text(9) + "\"}, {\"y\":{}}]");
    }
    if (random.nextBoolean()) {
      members.add("\"u" + random.nextInt(9) + "\":{\"k\":1,\"l\":[" + id + "]" + blanks + "}");
    }
    if (random.nextInt(60) == 0) {
      members.add(
          pick(List.of("\"k\":{\"a\":1,\"a\":2}", "\"id\":7", "\"v\":1,\"v\":2", "\"ID\":1")));
    }
    if (random.nextInt(60) == 0) {
      members.add(pick(List.of("\"w\":x", "\"a\":1", "7", "\"w\":\"\\ud83d\"", "\"w\":01", "")));
    }
    return "{" + blanks + String.join("," + blanks, members) + "}";
  }

  private String text(int length) {
    String part = pick(List.of("x", "}", "{", "é", "😀", "\\\"", "\\\\", ",", "\\n", "[{"));
    return part.repeat(length / part.length());
  }

  /** Mostly as it is. */
  private byte[] damaged(byte[] object) {
    if (random.nextInt(40) == 0) {
      byte[] wrong = {'{', '}', '"', '\\', ',', 0, '\n', (byte) 0xFC, (byte) 0xC3, '1', ']'};
      object[random.nextInt(object.length)] = wrong[random.nextInt(wrong.length)];
    }
    return random.nextInt(60) == 0 ? Arrays.copyOf(object, random.nextInt(object.length)) : object;
  }

  private <T> T pick(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  /** The bytes of a file, as they may come over a network. */
  private static InputStream pieces(InputStream in, long seed) {
    Random lengths = new Random(seed);
    int most = 1 << lengths.nextInt(17);
    return new FilterInputStream(in) {
      @Override
      public int read(byte[] bytes, int offset, int length) throws IOException {
        return super.read(bytes, offset, Math.min(length, 1 + lengths.nextInt(most)));
      }
    };
  }

  /** Looks for the end of each object before it is parsed. */
  private record CutOut(ObjectTexts objects) implements ObjectTexts {
    @Override
    public boolean next() throws IOException {
      boolean there = objects.next();
      if (there && objects.isOpen()) {
        objects.findEnd();
      }
      return there;
    }

    @Override
    public Optional<String> defect() {
      return objects.defect();
    }

    @Override
    public String unclosed() {
      return objects.unclosed();
    }

    @Override
    public long line() {
      return objects.line();
    }

    @Override
    public long nextLine() {
      return objects.nextLine();
    }

    @Override
    public byte[] buffer() {
      return objects.buffer();
    }

    @Override
    public int offset() {
      return objects.offset();
    }

    @Override
    public int length() {
      return objects.length();
    }

    @Override
    public boolean isUtf8() {
      return objects.isUtf8();
    }

    @Override
    public String text() {
      return objects.text();
    }

    @Override
    public void close() throws IOException {
      objects.close();
    }
  }
}
