package io.penstock.jobs.result;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * A stream of text that reaches another one without its secrets: for what others print, such as the
 * log of an engine. A line goes on when it ends: a secret in pieces would not be known.
 */
public final class RedactedStream extends OutputStream {
  private final OutputStream target;
  private final Redaction redaction;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  public RedactedStream(OutputStream target, Redaction redaction) {
    this.target = target;
    this.redaction = redaction;
  }

  @Override
  public synchronized void write(int b) throws IOException {
    line.write(b);
    if (b == '\n') {
      endLine();
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    int start = offset;
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        line.write(bytes, start, i + 1 - start);
        endLine();
        start = i + 1;
      }
    }
    line.write(bytes, start, offset + length - start);
  }

  @Override
  public synchronized void flush() throws IOException {
    target.flush();
  }

  @Override
  public synchronized void close() throws IOException {
    endLine();
    target.close();
  }

  private void endLine() throws IOException {
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    target.write(redaction.text(text).getBytes(StandardCharsets.UTF_8));
  }
}
