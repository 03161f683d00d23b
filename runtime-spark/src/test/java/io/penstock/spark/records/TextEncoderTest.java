package io.penstock.spark.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvForm;
import io.penstock.spec.CsvProfile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that is written in any encoding is read back as it was, or not written. */
class TextEncoderTest {
  private static final String ASCII = "a,\"b\"\r\n;|\t0.5e-3 'x'\n";

  static Stream<Charset> charsets() {
    return Charset.availableCharsets().values().stream();
  }

  /** What is written in pieces is one text, with a mark at most at its beginning. */
  @ParameterizedTest
  @MethodSource("charsets")
  void everyEncodingIsReadBackOrRefused(Charset charset) throws IOException {
    if (!isAllowed(charset)) {
      return;
    }
    TextEncoding encoding = TextEncoding.written(charset);
    TextEncoder encoder = encoding.encoder();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    StringBuilder written = new StringBuilder();
    file.writeBytes(encoder.encode((encoding.needsMark() ? "\uFEFF" : "") + ASCII).orElseThrow());
    written.append(ASCII);
    for (int character = 0x80; character < 0x30000; character += 97) {
      if (character >= 0xd800 && character < 0xe000) {
        continue;
      }
      String text = ASCII + Character.toString(character) + ASCII;
      Optional<byte[]> bytes = encoder.encode(text);
      if (bytes.isPresent()) {
        file.writeBytes(bytes.get());
        written.append(text);
      } else {
        assertThat(encoder.missing(Character.toString(character))).isPresent();
      }
    }

    assertThat(read(encoding, file.toByteArray())).isEqualTo(written.toString());
  }

  @ParameterizedTest
  @CsvSource({
    "windows-1252, €, true",
    "windows-1252, ☃, false",
    "ISO-8859-1, €, false",
    "ISO-8859-15, €, true",
    "US-ASCII, é, false",
    "UTF-16LE, 🎉, true",
    "Shift_JIS, ¥, false",
    "Shift_JIS, 日本, true",
    // Readers take it for windows-1252.
    "ISO-8859-1, \u0085, false"
  })
  void aCharacterThatAnEncodingLacksIsNoOther(String encoding, String text, boolean has) {
    TextEncoder encoder = TextEncoding.written(Charset.forName(encoding)).encoder();

    assertThat(encoder.encode(text).isPresent()).isEqualTo(has);
    assertThat(encoder.missing(text).isPresent()).isEqualTo(!has);
  }

  @Test
  void aMissingCharacterIsNamed() {
    TextEncoder encoder = TextEncoding.written(StandardCharsets.ISO_8859_1).encoder();

    assertThat(encoder.missing("für 5 €")).contains("U+20AC");
    assertThat(encoder.missing("🎉")).contains("U+1F389");
  }

  /** Its bytes could also be UTF-8, which makes a file doubtful whose author only says so. */
  @Test
  void whatWasWrittenHereIsInItsEncoding() throws IOException {
    byte[] bytes = "Ã¤".getBytes(Charset.forName("windows-1252"));

    assertThat(read(TextEncoding.written(Charset.forName("windows-1252")), bytes)).isEqualTo("Ã¤");
  }

  private static boolean isAllowed(Charset charset) {
    try {
      new CsvForm(CsvProfile.RFC4180, CsvCompression.NONE, Optional.empty(), ",", charset);
      return true;
    } catch (IllegalArgumentException e) {
      assertThat(e).hasMessageContaining(charset.name());
      return false;
    }
  }

  private static String read(TextEncoding encoding, byte[] content) throws IOException {
    PushbackInputStream file = FileBeginning.stream(new ByteArrayInputStream(content));
    try (InputStream in = encoding.utf8("file", FileBeginning.of(file), file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
