package io.penstock.spark.compile;

import org.apache.spark.sql.catalyst.parser.ParseException;

/** Parses the user's SQL; what doesn't parse is a problem that points at the spot. */
final class SqlText {
  /** One of the methods of Spark's parser. */
  @FunctionalInterface
  interface Parser<T> {
    T parse(String text) throws ParseException;
  }

  private SqlText() {}

  static <T> T parsed(String text, Parser<T> parser) {
    ForbiddenFunctions.movingLiteral(text)
        .ifPresent(
            found -> {
              throw new PlanProblemException(
                  found.dependence().code(), found.message(), found.fix());
            });
    try {
      return parser.parse(text);
    } catch (ParseException e) {
      throw new PlanProblemException(
          "SYNTAX_ERROR",
          "Cannot parse \"%s\": %s".formatted(text, spoken(e)),
          "write it as Spark SQL, one expression in each argument.");
    }
  }

  private static String spoken(ParseException e) {
    String near = e.getMessageParameters().get("error");
    return near == null
        ? e.getMessage().strip().lines().findFirst().orElse("")
        : "syntax error at or near " + near + ".";
  }
}
