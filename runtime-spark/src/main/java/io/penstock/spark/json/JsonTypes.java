package io.penstock.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import io.penstock.spark.records.Decimals;
import io.penstock.spark.records.Floats;
import io.penstock.spark.records.ValueParser;
import io.penstock.spark.records.ValueParsers;
import io.penstock.spark.text.ExceptionText;
import java.io.IOException;
import java.time.DateTimeException;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * How values of each type are written in JSON.
 *
 * <ul>
 *   <li>Numbers are JSON's numbers, or strings that hold nothing else than one; integers have no
 *       fraction, and no digit of a DECIMAL is lost.
 *   <li>DATE, TIMESTAMP and TIMESTAMP_NTZ are strings in the forms of {@link ValueParser}.
 *   <li>BINARY is a string in Base64.
 *   <li>A STRING is a string, or the JSON text of any other value.
 * </ul>
 */
final class JsonTypes {
  private static final Pattern INTEGER = Pattern.compile("-?(0|[1-9][0-9]*)");
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final Pattern NOT_FINITE = Pattern.compile("NaN|-?Infinity");

  private static final Map<DataType, JsonValueReader> SCALARS =
      Map.ofEntries(
          Map.entry(DataTypes.BooleanType, JsonTypes::bool),
          Map.entry(DataTypes.ByteType, p -> (byte) integer(p, Byte.MIN_VALUE, Byte.MAX_VALUE)),
          Map.entry(DataTypes.ShortType, p -> (short) integer(p, Short.MIN_VALUE, Short.MAX_VALUE)),
          Map.entry(
              DataTypes.IntegerType, p -> (int) integer(p, Integer.MIN_VALUE, Integer.MAX_VALUE)),
          Map.entry(DataTypes.LongType, p -> integer(p, Long.MIN_VALUE, Long.MAX_VALUE)),
          Map.entry(DataTypes.FloatType, p -> Floats.float32(floating(p))),
          Map.entry(DataTypes.DoubleType, p -> Floats.float64(floating(p))),
          Map.entry(DataTypes.BinaryType, p -> Base64.getDecoder().decode(string(p))));

  private JsonTypes() {}

  /**
   * The reader of a type.
   *
   * @param path of the value below the object, {@code order.paid_at}
   * @throws IllegalArgumentException if the type has no form in JSON
   */
  static JsonValueReader of(DataType type, String path, JsonRules rules) {
    if (type instanceof StructType struct) {
      return new ObjectReader(struct, path, rules);
    }
    if (type instanceof ArrayType array) {
      return new ArrayReader(of(array.elementType(), path, rules));
    }
    if (type instanceof MapType map && map.keyType() instanceof StringType) {
      return new MapReader(of(map.valueType(), path, rules));
    }
    JsonValueReader scalar = scalar(type, path, rules.values());
    return parser -> {
      if (parser.currentToken() == JsonToken.VALUE_STRING && rules.values().haveNullWords()) {
        if (rules.values().isNull(parser.getText())) {
          return null;
        }
      }
      try {
        return scalar.read(parser);
      } catch (InputCoercionException
          | IllegalArgumentException
          | ArithmeticException
          | DateTimeException e) {
        throw DefectException.ofValue("is not " + ExceptionText.withArticle(type.sql()));
      }
    };
  }

  private static JsonValueReader scalar(DataType type, String path, ValueParsers values) {
    if (type instanceof StringType) {
      return JsonTypes::anyText;
    }
    JsonValueReader strict =
        type instanceof DecimalType decimal ? p -> decimal(p, decimal) : SCALARS.get(type);
    ValueParser texts = values.of(path, type).orElse(null);
    if (strict == null && texts == null) {
      throw JsonErrors.unreadableType(type);
    }
    if (strict == null) {
      boolean numbers = values.takesNumbers(path, type);
      return p -> texts.parse(numbers && p.currentToken().isNumeric() ? p.getText() : string(p));
    }
    boolean words = type.equals(DataTypes.BooleanType) && values.haveBooleanWords();
    boolean numbersInTexts = type instanceof NumericType && values.haveNumberForm();
    if (words) {
      return p -> p.currentToken().isBoolean() ? bool(p) : texts.parse(word(p));
    }
    return numbersInTexts
        ? p ->
            p.currentToken() == JsonToken.VALUE_STRING ? texts.parse(p.getText()) : strict.read(p)
        : strict;
  }

  /** The text of a string or a number, such as 1 for TRUE. */
  private static String word(JsonParser parser) throws IOException {
    return parser.currentToken().isNumeric() ? parser.getText() : string(parser);
  }

  /** The value, or NULL. */
  static Object nullable(JsonValueReader reader, JsonParser parser) throws IOException {
    return parser.currentToken() == JsonToken.VALUE_NULL ? null : reader.read(parser);
  }

  private static boolean bool(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new NumberFormatException();
    };
  }

  private static long integer(JsonParser parser, long least, long greatest) throws IOException {
    long value =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            ? parser.getLongValue()
            : Long.parseLong(require(INTEGER, string(parser)));
    if (value < least || value > greatest) {
      throw new ArithmeticException();
    }
    return value;
  }

  private static Object decimal(JsonParser parser, DecimalType type) throws IOException {
    return Decimals.exact(number(parser), type);
  }

  /** The text of a number, or of a word for what isn't one. */
  private static String floating(JsonParser parser) throws IOException {
    boolean word =
        parser.currentToken() == JsonToken.VALUE_STRING
            ? NOT_FINITE.matcher(parser.getText()).matches()
            : parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN();
    // Jackson also reads INF.
    return word ? parser.getText().replaceFirst("INF$", "Infinity") : number(parser);
  }

  /** The text of a number, whether it stands in quotes or not. */
  private static String number(JsonParser parser) throws IOException {
    boolean number =
        parser.currentToken().isNumeric()
            && !(parser.currentToken() == JsonToken.VALUE_NUMBER_FLOAT && parser.isNaN());
    return number ? parser.getText() : require(NUMBER, string(parser));
  }

  private static String string(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new NumberFormatException();
    }
    return parser.getText();
  }

  private static Object anyText(JsonParser parser) throws IOException {
    return UTF8String.fromString(
        wholeCharacters(
            parser.currentToken().isStructStart() ? Documents.text(parser) : parser.getText()));
  }

  /** A text that can be written as UTF-8: JSON may hold half of a character in an escape. */
  static String wholeCharacters(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        boolean pair =
            i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1));
        if (!pair) {
          throw DefectException.ofValue("holds half a surrogate pair");
        }
        i++;
      }
    }
    return text;
  }

  private static String require(Pattern form, String text) {
    if (!form.matcher(text).matches()) {
      throw new NumberFormatException();
    }
    return text;
  }
}
