package io.penstock.spark.landed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JSONOptionsInRead;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.execution.datasources.json.JsonDataSource;
import org.apache.spark.sql.execution.datasources.json.JsonFileFormat;
import org.apache.spark.sql.sources.Filter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Map;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractFunction1;

/**
 * Spark's files of JSON lines, of which every character counts: Spark itself reads the first value
 * of a line and leaves out what follows, makes a question mark of half a surrogate pair, and takes
 * some bytes that are no UTF-8 for characters.
 */
final class JsonLines extends JsonFileFormat {
  private static final long serialVersionUID = 1L;
  private static final String ZONE = "UTC";

  /** Options by which a parser refuses what Spark's own would leave out. */
  static JSONOptions options(Map<String, String> options) {
    return new Options(options);
  }

  /** A parser of lines by these options. */
  static JacksonParser parser(StructType schema, JSONOptions options) {
    return new JacksonParser(
        schema, options, true, CollectionConverters.<Filter>asScala(List.of()).toSeq());
  }

  @Override
  public Function1<PartitionedFile, Iterator<InternalRow>> buildReader(
      SparkSession session,
      StructType dataSchema,
      StructType partitionSchema,
      StructType requiredSchema,
      Seq<Filter> filters,
      Map<String, String> options,
      Configuration configuration) {
    // Where no column is wanted Spark counts lines and reads none of them.
    return new FileReader(
        requiredSchema.isEmpty() ? dataSchema : requiredSchema,
        options(options),
        SerializableConfiguration.broadcast(session.sparkContext(), configuration));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JsonLines;
  }

  @Override
  public int hashCode() {
    return JsonLines.class.hashCode();
  }

  /** Reads on an executor. Every line is read to its end, whatever the rows are filtered by. */
  private static final class FileReader
      extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>> implements Serializable {
    private static final long serialVersionUID = 1L;
    private final StructType schema;
    private final JSONOptions options;
    private final Broadcast<SerializableConfiguration> configuration;

    FileReader(
        StructType schema,
        JSONOptions options,
        Broadcast<SerializableConfiguration> configuration) {
      this.schema = schema;
      this.options = options;
      this.configuration = configuration;
    }

    @Override
    public Iterator<InternalRow> apply(PartitionedFile file) {
      return JsonDataSource.apply(options)
          .readFile(configuration.value().value(), file, parser(schema, options), schema);
    }
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
      return new Whole(
          strict(plain.createParser(data, offset, length)),
          location -> {
            // Unknown in encodings of more than one byte a character, which Jackson may guess.
            long at = location.getByteOffset();
            return at >= 0 && isBlank(data, offset + (int) at, offset + length);
          });
    }

    @Override
    public JsonParser createParser(String text) throws IOException {
      return new Whole(
          strict(plain.createParser(text)),
          location -> text.substring((int) location.getCharOffset()).isBlank());
    }

    /** Of two equal keys Spark would take the last, or in a map both. */
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

  /** What is wrong with a line whatever its columns are. */
  static final class DefectException extends JsonParseException {
    private static final long serialVersionUID = 1L;

    DefectException(JsonParser parser, String reason) {
      super(parser, reason);
    }
  }

  /** A parser of one value, which has to be all that there is. */
  private static final class Whole extends JsonParserDelegate {
    private final Predicate<JsonLocation> isEnd;

    /**
     * @param isEnd whether nothing follows a place in the text
     */
    Whole(JsonParser parser, Predicate<JsonLocation> isEnd) {
      super(parser);
      this.isEnd = isEnd;
    }

    /** Who reads the value reads its last token, and might not ask for another one. */
    @Override
    public JsonToken nextToken() throws IOException {
      JsonToken token = super.nextToken();
      boolean ended = token != null && !token.isStructStart() && getParsingContext().inRoot();
      if (ended && !isEnd.test(currentLocation())) {
        throw new DefectException(this, "something follows its JSON object");
      }
      if (token == JsonToken.FIELD_NAME && holdsHalf(currentName())) {
        throw new DefectException(this, "a key of it holds half of a character");
      }
      return token;
    }

    @Override
    public String getText() throws IOException {
      String text = super.getText();
      if (currentToken() == JsonToken.VALUE_STRING && holdsHalf(text)) {
        throw new JsonParseException(this, "half of a surrogate pair");
      }
      return text;
    }

    /** Jackson takes 200 for an unsigned byte, and would give -56. */
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

    /** Jackson takes words for numbers, too, such as Infinity, which means what it says. */
    private boolean isInDigits() throws IOException {
      return getText().chars().anyMatch(Character::isDigit);
    }

    private static boolean holdsHalf(String text) {
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
