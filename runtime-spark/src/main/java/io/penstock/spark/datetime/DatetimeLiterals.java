package io.penstock.spark.datetime;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.antlr.v4.runtime.CharStreams;
import org.antlr.v4.runtime.CommonTokenStream;
import org.antlr.v4.runtime.Token;
import org.apache.spark.sql.catalyst.parser.SqlBaseLexer;
import org.apache.spark.sql.catalyst.parser.UpperCaseCharStream;
import org.apache.spark.sql.catalyst.util.SparkParserUtils$;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Finds literals such as {@code DATE'today'} in the text of a query. The parser replaces them by
 * constants, so the plan shows no trace of the word.
 */
public final class DatetimeLiterals {
  private static final Map<Integer, DataType> TYPES =
      Map.of(
          SqlBaseLexer.DATE, DataTypes.DateType,
          SqlBaseLexer.TIMESTAMP, DataTypes.TimestampType,
          SqlBaseLexer.TIMESTAMP_LTZ, DataTypes.TimestampType,
          SqlBaseLexer.TIMESTAMP_NTZ, DataTypes.TimestampNTZType);

  private DatetimeLiterals() {}

  /** The first literal whose value depends on the clock, as it stands in the text. */
  public static Optional<String> readingClock(String sql) {
    String lower = sql.toLowerCase(Locale.ROOT);
    if (!lower.contains("date") && !lower.contains("timestamp")) {
      return Optional.empty();
    }
    List<Token> tokens = tokens(sql);
    for (int i = 0; i + 1 < tokens.size(); i++) {
      DataType type = TYPES.get(tokens.get(i).getType());
      Token text = tokens.get(i + 1);
      if (type != null && isString(text) && readsClock(text, type)) {
        return Optional.of(tokens.get(i).getText() + text.getText());
      }
    }
    return Optional.empty();
  }

  /** The tokens that the parser sees, without comments and spaces. */
  private static List<Token> tokens(String sql) {
    SqlBaseLexer lexer = new SqlBaseLexer(new UpperCaseCharStream(CharStreams.fromString(sql)));
    lexer.removeErrorListeners();
    CommonTokenStream stream = new CommonTokenStream(lexer);
    stream.fill();
    return stream.getTokens().stream()
        .filter(token -> token.getChannel() == Token.DEFAULT_CHANNEL)
        .toList();
  }

  private static boolean isString(Token token) {
    return token.getType() == SqlBaseLexer.STRING_LITERAL
        || token.getType() == SqlBaseLexer.DOUBLEQUOTED_STRING;
  }

  private static boolean readsClock(Token text, DataType type) {
    return DatetimeText.readsClock(
        UTF8String.fromString(SparkParserUtils$.MODULE$.string(text)), type);
  }
}
