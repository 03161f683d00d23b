package io.penstock.spark.landed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JSONOptionsInRead;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.immutable.Map;
import scala.jdk.javaapi.CollectionConverters;

/**
 * A parser for JSON lines that rejects what Spark's own parser silently ignores or changes: text
 * after the first value of a line, half a surrogate pair, bytes that aren't UTF-8, duplicate keys
 * and numbers out of range.
 */
final class StrictJson {
  private static final String ZONE = "UTC";

  private StrictJson() {}

  /** Spark's options of the strict parser. */
  static JSONOptions options(Map<String, String> options) {
    return new Options(options);
  }

  /** A parser of lines with these options. */
  static JacksonParser parser(StructType schema, JSONOptions options) {
    return new JacksonParser(
        schema, options, true, CollectionConverters.<Filter>asScala(List.of()).toSeq());
  }

  private static final class Options extends JSONOptionsInRead {
    private static final long serialVersionUID = 1L;

    Options(Map<String, String> options) {
      super(options, ZONE, "");
    }

    @Override
    public JsonFactory buildJsonFactory() {
      return new Factory(super.buildJsonFactory());
    }
  }

  private static final class Factory extends JsonFactory {
    private static final long serialVersionUID = 1L;
    private final JsonFactory plain;

    Factory(JsonFactory plain) {
      this.plain = plain;
    }

    @Override
    public JsonParser createParser(byte[] data, int offset, int length) throws IOException {
      if (!UTF8String.fromBytes(data, offset, length).isValid()) {
        throw new JsonParseException(null, "the line is not UTF-8");
      }
      return new SingleValueParser(
          strict(plain.createParser(data, offset, length)),
          location -> {
            // Unknown for encodings with several bytes a character, which Jackson may detect.
            long at = location.getByteOffset();
            return at >= 0 && isBlank(data, offset + (int) at, offset + length);
          });
    }

    @Override
    public JsonParser createParser(String text) throws IOException {
      return new SingleValueParser(
          strict(plain.createParser(text)),
          location -> text.substring((int) location.getCharOffset()).isBlank());
    }

    /** Spark would take the last of two equal keys, or both in a map. */
    private static JsonParser strict(JsonParser parser) {
      return parser.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }

    private static boolean isBlank(byte[] data, int from, int to) {
      for (int i = from; i < to; i++) {
        if (data[i] != ' ' && data[i] != '\t' && data[i] != '\r' && data[i] != '\n') {
          return false;
        }
      }
      return true;
    }
  }

  /** A defect that a line has whatever the declared columns are. */
  static final class DefectException extends JsonParseException {
    private static final long serialVersionUID = 1L;

    DefectException(JsonParser parser, String reason) {
      super(parser, reason);
    }
  }

  /** A parser of a text that must be a single value. */
  private static final class SingleValueParser extends JsonParserDelegate {
    private final Predicate<JsonLocation> isEnd;

    /**
     * @param isEnd whether nothing but white space follows a location
     */
    SingleValueParser(JsonParser parser, Predicate<JsonLocation> isEnd) {
      super(parser);
      this.isEnd = isEnd;
    }

    /** Checks the end at the last token of the value: the caller may not ask for another one. */
    @Override
    public JsonToken nextToken() throws IOException {
      JsonToken token = super.nextToken();
      boolean ended = token != null && !token.isStructStart() && getParsingContext().inRoot();
      if (ended && !isEnd.test(currentLocation())) {
        throw new DefectException(this, "text follows its JSON object");
      }
      if (token == JsonToken.FIELD_NAME && hasHalfPair(currentName())) {
        throw new DefectException(this, "one of its keys holds half a surrogate pair");
      }
      return token;
    }

    @Override
    public String getText() throws IOException {
      String text = super.getText();
      if (currentToken() == JsonToken.VALUE_STRING && hasHalfPair(text)) {
        throw new JsonParseException(this, "half a surrogate pair");
      }
      return text;
    }

    /** Jackson would read 200 as an unsigned byte, and return -56. */
    @Override
    public byte getByteValue() throws IOException {
      int number = getIntValue();
      if (number != (byte) number) {
        throw new JsonParseException(this, "the number is no TINYINT");
      }
      return (byte) number;
    }

    @Override
    public float getFloatValue() throws IOException {
      float number = super.getFloatValue();
      if (Float.isInfinite(number) && isInDigits()) {
        throw new JsonParseException(this, "the number is no FLOAT");
      }
      return number;
    }

    @Override
    public double getDoubleValue() throws IOException {
      double number = super.getDoubleValue();
      if (Double.isInfinite(number) && isInDigits()) {
        throw new JsonParseException(this, "the number is no DOUBLE");
      }
      return number;
    }

    /** Jackson accepts words such as Infinity as numbers, which are infinite intentionally. */
    private boolean isInDigits() throws IOException {
      return getText().chars().anyMatch(Character::isDigit);
    }

    private static boolean hasHalfPair(String text) {
      for (int i = 0; i < text.length(); i++) {
        if (Character.isSurrogate(text.charAt(i))) {
          boolean pair =
              i + 1 < text.length()
                  && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
          if (!pair) {
            return true;
          }
          i++;
        }
      }
      return false;
    }
  }
}
