package io.penstock.jobs.result;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactedStreamTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final RedactedStream stream =
      new RedactedStream(bytes, Redaction.ofArguments(List.of("a.password=hunter22")));

  @Test
  void aSecretThatIsWrittenInPiecesIsHidden() throws IOException {
    for (byte b : "with hunter22, 서울\n".getBytes(StandardCharsets.UTF_8)) {
      stream.write(b);
    }

    assertThat(text()).isEqualTo("with ***, 서울\n");
  }

  @Test
  void secretsOfManyLinesAreHidden() {
    PrintStream printer = new PrintStream(stream, true, StandardCharsets.UTF_8);

    printer.print("first\nhunt");
    printer.println("er22\nlast hunter22");

    assertThat(text()).isEqualTo("first\n***\nlast ***\n");
  }

  @Test
  void aLineThatDoesNotEndIsWrittenWhenTheStreamDoes() throws IOException {
    stream.write("hunter22?".getBytes(StandardCharsets.UTF_8));
    assertThat(text()).isEmpty();

    stream.close();

    assertThat(text()).isEqualTo("***?");
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
