package io.penstock.spark.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  @Test
  void endsLinesWithALineFeedOrACarriageReturnOrBoth() throws IOException {
    String content = "a\nb\r\nc\rd\r\r\n\n\re";

    assertThat(lines(new Trickle(content, new Random(1))))
        .containsExactly("a", "b", "c", "d", "", "", "", "e")
        .isEqualTo(content.lines().toList());
  }

  @Test
  void readsRandomLinesFromStreamsThatReturnFewBytes() throws IOException {
    Random random = new Random(7);
    for (int i = 0; i < 200; i++) {
      StringBuilder content = new StringBuilder();
      for (int j = random.nextInt(50); j > 0; j--) {
        content.append("é\n\r\r\nxyz".charAt(random.nextInt(8)));
      }
      String text = content.toString();

      assertThat(lines(new Trickle(text, random))).as(text).isEqualTo(text.lines().toList());
    }
  }

  @Test
  void aByteOrderMarkBelongsToNoLine() throws IOException {
    assertThat(lines(new Trickle("\uFEFFa\n\uFEFFb", new Random(1))))
        .containsExactly("a", "\uFEFFb");
    assertThat(lines(new Trickle("\uFEFF", new Random(1)))).isEmpty();
  }

  @Test
  void ofALineThatIsTooLongTheBeginningIsLeftAndTheNextLineIsWhole() throws IOException {
    InputStream content =
        new SequenceInputStream(
            new ByteArrayInputStream("first\n".getBytes(StandardCharsets.UTF_8)),
            new SequenceInputStream(
                new Zeros(3L * RecordFormat.LONGEST_RECORD),
                new ByteArrayInputStream("\r\nlast".getBytes(StandardCharsets.UTF_8))));

    try (LineReader reader = new LineReader(content)) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.text()).isEqualTo("first");
      assertThat(reader.next()).isTrue();
      assertThat(reader.isTooLong()).isTrue();
      assertThat(reader.line()).isEqualTo(2);
      assertThat(reader.length()).isEqualTo(RecordFormat.LONGEST_RECORD);
      assertThat(reader.next()).isTrue();
      assertThat(reader.isTooLong()).isFalse();
      assertThat(reader.text()).isEqualTo("last");
      assertThat(reader.line()).isEqualTo(3);
      assertThat(reader.next()).isFalse();
    }
  }

  @Test
  void theLongestLineIsWhole() throws IOException {
    try (LineReader reader = new LineReader(new Zeros(RecordFormat.LONGEST_RECORD))) {
      assertThat(reader.next()).isTrue();
      assertThat(reader.isTooLong()).isFalse();
      assertThat(reader.length()).isEqualTo(RecordFormat.LONGEST_RECORD);
      assertThat(reader.next()).isFalse();
    }
  }

  private static List<String> lines(InputStream content) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineReader reader = new LineReader(content)) {
      while (reader.next()) {
        lines.add(reader.text());
        assertThat(reader.line()).isEqualTo(lines.size());
      }
    }
    return lines;
  }

  /** Returns one to three bytes at a time. */
  private static final class Trickle extends ByteArrayInputStream {
    private final Random random;

    Trickle(String text, Random random) {
      super(text.getBytes(StandardCharsets.UTF_8));
      this.random = random;
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
      return super.read(target, offset, Math.min(length, 1 + random.nextInt(3)));
    }
  }

  private static final class Zeros extends InputStream {
    private long left;

    Zeros(long count) {
      this.left = count;
    }

    @Override
    public int read() {
      return left-- > 0 ? '0' : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
      if (left <= 0) {
        return -1;
      }
      int count = (int) Math.min(length, left);
      Arrays.fill(target, offset, offset + count, (byte) '0');
      left -= count;
      return count;
    }
  }
}
