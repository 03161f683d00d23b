package io.penstock.spark.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteWindowTest {
  /** Some decompressors go on behind what they couldn't read, and the bytes between are lost. */
  @Test
  void aStreamThatFailedIsNotAskedAgain() throws IOException {
    assertStaysFailed(new IOException("torn"));
  }

  @Test
  void aStreamThatFailedInAnotherWayIsNotAskedAgain() throws IOException {
    assertStaysFailed(new IllegalStateException("torn"));
  }

  private static void assertStaysFailed(Exception failure) throws IOException {
    ByteWindow bytes = new ByteWindow(failingOnce("{\"a\": 1}", failure, "{\"b\": 2}"));

    assertThat(bytes.reach(7)).isTrue();
    assertThatThrownBy(() -> bytes.reach(8)).isSameAs(failure);
    assertThatThrownBy(() -> bytes.reach(8)).isSameAs(failure);
    assertThatThrownBy(() -> bytes.stream(100).readAllBytes()).isSameAs(failure);
    assertThat(bytes.reached()).isEqualTo(8);
  }

  private static InputStream failingOnce(String before, Exception failure, String behind) {
    return new InputStream() {
      private final InputStream first = in(before);
      private final InputStream second = in(behind);
      private boolean failed;

      @Override
      public int read() {
        throw new UnsupportedOperationException("Bytes are asked for in arrays");
      }

      @Override
      public int read(byte[] into, int offset, int length) throws IOException {
        int read = first.read(into, offset, length);
        if (read < 0 && !failed) {
          failed = true;
          if (failure instanceof IOException io) {
            throw io;
          }
          throw (RuntimeException) failure;
        }
        return read < 0 ? second.read(into, offset, length) : read;
      }
    };
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
