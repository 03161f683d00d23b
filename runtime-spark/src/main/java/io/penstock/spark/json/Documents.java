package io.penstock.spark.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.StringWriter;

/** Goes over values that no column is declared for, or whose whole text one takes. */
final class Documents {
  private Documents() {}

  /**
   * The JSON text of the value at which the parser is, without the white space between its parts.
   */
  static String text(JsonParser parser) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator generator = JsonObjects.FACTORY.createGenerator(text)) {
      copy(parser, generator);
    }
    return text.toString();
  }

  /** Copies the value at which the parser is. */
  static void copy(JsonParser parser, JsonGenerator generator) throws IOException {
    walk(parser, generator::copyCurrentEventExact);
  }

  /** Passes the value at which the parser is. */
  static void skip(JsonParser parser) throws IOException {
    if (parser.currentToken().isStructStart()) {
      walk(parser, event -> {});
    }
  }

  /** What is done with each token. */
  private interface Event {
    void at(JsonParser parser) throws IOException;
  }

  private static void walk(JsonParser parser, Event event) throws IOException {
    event.at(parser);
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        walk(parser, event);
      }
      event.at(parser);
    } else if (parser.currentToken() == JsonToken.START_OBJECT) {
      UsedKeys keys = new UsedKeys();
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        if (!keys.add(parser.currentName())) {
          throw usedTwice();
        }
        event.at(parser);
        parser.nextToken();
        walk(parser, event);
      }
      event.at(parser);
    }
  }

  /** Readers differ in which of two values counts. */
  static DefectException usedTwice() {
    return DefectException.ofObject("a key is used twice in one object");
  }
}
