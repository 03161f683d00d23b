package io.penstock.spark.expressions;

import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.text.Words;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Parses the user's SQL; what doesn't parse is a problem that points at the spot. Whatever the
 * session says, no variable is put into the text: <code>${…}</code> would be taken from settings,
 * system properties and the environment. Nor is anything computed while it is parsed.
 */
final class SqlText {
  /** One of the methods of Spark's parser. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(ParserInterface parser, String text) throws ParseException;
  }

  private static final String SUBSTITUTION = "spark.sql.variable.substitute";

  /** Rows of VALUES would become constants, and nobody could tell what they were made of. */
  private static final String EAGER_VALUES =
      SQLConf.EAGER_EVAL_OF_UNRESOLVED_INLINE_TABLE_ENABLED().key();

  private SqlText() {}

  static <T> T parsed(String text, SparkSession session, Parser<T> parser) {
    ForbiddenFunctions.movingLiteral(text)
        .ifPresent(
            found -> {
              throw new PlanProblemException(
                  found.dependence().code(), found.message(), found.fix());
            });
    return SQLConf.withExistingConf(
        asWritten(session), () -> parsed(text, session.sessionState().sqlParser(), parser));
  }

  private static SQLConf asWritten(SparkSession session) {
    SQLConf asWritten = session.sessionState().conf().clone();
    asWritten.setConfString(SUBSTITUTION, "false");
    asWritten.setConfString(EAGER_VALUES, "false");
    return asWritten;
  }

  private static <T> T parsed(String text, ParserInterface spark, Parser<T> parser) {
    try {
      return parser.parse(spark, text);
    } catch (Exception e) {
      // Scala throws it without declaring it; whatever it is, the parser had nothing but the text.
      throw new PlanProblemException(
          "SYNTAX_ERROR",
          "Cannot parse \"%s\": %s".formatted(text, spoken(e)),
          "write it as Spark SQL, one expression in each argument.");
    }
  }

  private static String spoken(Exception e) {
    String near =
        e instanceof ParseException parse ? parse.getMessageParameters().get("error") : null;
    return near == null ? Words.of(e) : "syntax error at or near " + near + ".";
  }
}
