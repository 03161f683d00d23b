package io.penstock.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * A parser that goes from one object of a buffer to the next: to make one costs about as much as to
 * parse a small object. It is made anew where the buffer has got other bytes, and has to be behind
 * an object that it couldn't parse.
 */
final class OpenParser implements Closeable {
  private JsonParser parser;

  /** Of the buffer when the parser was made. */
  private long stretch;

  /** Where the parser began in the buffer. */
  private int origin;

  /** The parser, at the brace that begins an open object. */
  JsonParser at(ObjectTexts text) throws IOException {
    if (parser != null && (stretch != text.stretch() || !moveTo(text.offset()))) {
      close();
    }
    if (parser == null) {
      origin = text.offset();
      stretch = text.stretch();
      parser = JsonObjects.FACTORY.createParser(text.buffer(), origin, text.reached());
      moveTo(origin);
    }
    return parser;
  }

  /** Whether the parser's next token is an object that begins there. */
  private boolean moveTo(int offset) throws IOException {
    return parser.nextToken() == JsonToken.START_OBJECT
        && origin + parser.currentTokenLocation().getByteOffset() == offset;
  }

  @Override
  public void close() {
    if (parser != null) {
      try {
        parser.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      parser = null;
    }
  }
}
