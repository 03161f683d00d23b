package io.penstock.spark.expressions;

import io.penstock.spark.datetime.DatetimeLiterals;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.text.ExceptionText;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.internal.SQLConf;

/**
 * Parses the user's SQL; a syntax error becomes a problem that quotes its position. Variable
 * substitution is switched off, because <code>${…}</code> would be replaced from settings, system
 * properties and the environment; and so is the evaluation of expressions by the parser.
 */
final class SqlParser {
  /** One of the methods of Spark's parser. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(ParserInterface parser, String text) throws ParseException;
  }

  private static final String SUBSTITUTION = "spark.sql.variable.substitute";

  /** Evaluates the rows of VALUES while parsing, so that no trace of their expressions is left. */
  private static final String EAGER_VALUES =
      SQLConf.EAGER_EVAL_OF_UNRESOLVED_INLINE_TABLE_ENABLED().key();

  private SqlParser() {}

  static <T> T parsed(String text, SparkSession session, Parser<T> parser) {
    DatetimeLiterals.readingClock(text)
        .ifPresent(
            literal -> {
              throw new ForbiddenFunction(literal, Dependence.CLOCK).refusal();
            });
    return SQLConf.withExistingConf(
        settings(session), () -> parsed(text, session.sessionState().sqlParser(), parser));
  }

  private static SQLConf settings(SparkSession session) {
    SQLConf settings = session.sessionState().conf().clone();
    settings.setConfString(SUBSTITUTION, "false");
    settings.setConfString(EAGER_VALUES, "false");
    return settings;
  }

  private static <T> T parsed(String text, ParserInterface spark, Parser<T> parser) {
    try {
      T parsed = parser.parse(spark, text);
      CastFunctions.mark(parsed);
      return parsed;
    } catch (Exception e) {
      // Scala throws undeclared exceptions; whatever it is, the text is at fault.
      throw new PlanProblemException(
          "SYNTAX_ERROR",
          "Cannot parse \"%s\": %s".formatted(text, described(e)),
          "write it in Spark SQL, one expression in each argument.");
    }
  }

  private static String described(Exception e) {
    String near =
        e instanceof ParseException parse ? parse.getMessageParameters().get("error") : null;
    return near == null ? ExceptionText.sentence(e) : "syntax error at or near " + near + ".";
  }
}
