package io.penstock.spark.clock;

import io.penstock.spark.text.Printable;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.JsonToStructs;
import org.apache.spark.sql.catalyst.expressions.RuntimeReplaceable;
import org.apache.spark.sql.catalyst.expressions.variant.VariantGet;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Finds what an analysed expression would take from the clock, as far as that is known without
 * rows: a constant text that moves, and functions that parse texts out of reach of {@link
 * ClockGuard}.
 */
public final class MovingTimes {
  /**
   * Something that reads the clock.
   *
   * @param what it, in SQL, for a sentence such as "Cannot use …"
   * @param fix what to write instead, where that isn't what every use of the clock is told
   */
  public record Moving(String what, Optional<String> fix) {}

  private static final String AS_STRING =
      "read the TIMESTAMP as STRING and cast it, CAST(x AS TIMESTAMP)";
  private static final int LONGEST = 200;

  private MovingTimes() {}

  /** What the expression itself takes from the clock, without what its operands do. */
  public static Optional<Moving> in(Expression expression) {
    if (expression instanceof Cast cast) {
      return of(cast);
    }
    if (expression instanceof VariantGet get) {
      return TextToTime.holdsTimestamp(get.targetType())
          ? Optional.of(undated(get, AS_STRING + "."))
          : Optional.empty();
    }
    if (ParsedTimes.completes(expression)) {
      return Optional.of(
          undated(
              expression,
              expression instanceof JsonToStructs
                  ? AS_STRING + "."
                  : AS_STRING + ", or give the option 'timestampFormat'."));
    }
    return hidden(expression)
        .flatMap(
            replacement ->
                all(replacement).stream().flatMap(part -> in(part).stream()).findFirst());
  }

  /** What will be computed in place of a shorthand, where that isn't among its operands. */
  static Optional<Expression> hidden(Expression expression) {
    return expression instanceof RuntimeReplaceable shorthand
            && !expression.children().contains(shorthand.replacement())
        ? Optional.of(shorthand.replacement())
        : Optional.empty();
  }

  private static List<Expression> all(Expression expression) {
    return CollectionConverters.asJava(
        expression.<Expression>collect(scala.PartialFunction.fromFunction(part -> part)));
  }

  private static Optional<Moving> of(Cast cast) {
    DataType from = cast.child().dataType();
    DataType to = cast.dataType();
    if (TextToTime.parsesVariants(from, to)) {
      return Optional.of(undated(cast, AS_STRING + "."));
    }
    boolean word = TextToTime.readsWords(from, to);
    if (!word && !TextToTime.parsesTimestamps(from, to)) {
      return Optional.empty();
    }
    Constants.Constant constant = Constants.of(cast.child());
    if (!constant.known() || constant.value() == null) {
      return Optional.empty();
    }
    if (constant.value() instanceof UTF8String text) {
      return TimeText.moves(text, to)
          ? Optional.of(moving(cast, text.toString()))
          : Optional.empty();
    }
    try {
      new TextCheck(from, to, "", "").require(constant.value());
      return Optional.empty();
    } catch (MovingTimeException e) {
      return Optional.of(new Moving(sql(cast) + ", which takes its date from the clock", none()));
    }
  }

  private static Moving moving(Cast cast, String text) {
    return new Moving(
        "'%s' as a time in %s".formatted(Printable.beginning(text.strip(), LONGEST), sql(cast)),
        none());
  }

  private static Moving undated(Expression expression, String fix) {
    return new Moving(
        sql(expression) + ", which gives a time without a date that of the clock",
        Optional.of(fix));
  }

  private static String sql(Expression expression) {
    String text = expression instanceof Cast cast ? TextToTime.sql(cast) : expression.sql();
    return Printable.beginning(text, LONGEST);
  }

  private static Optional<String> none() {
    return Optional.empty();
  }
}
