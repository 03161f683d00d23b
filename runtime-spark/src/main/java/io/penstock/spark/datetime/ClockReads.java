package io.penstock.spark.datetime;

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
 * Finds what an analysed expression reads from the clock, as far as that is known without rows: a
 * constant text such as {@code today}, and functions that parse texts out of reach of {@link
 * DatetimeGuard}.
 */
public final class ClockReads {
  /**
   * Something that reads the clock.
   *
   * @param sql the text or the expression, for a sentence such as "Cannot use …"
   * @param fix what to write instead, where the usual advice about clock functions doesn't apply
   */
  public record ClockRead(String sql, Optional<String> fix) {}

  private static final String AS_STRING =
      "read the TIMESTAMP as STRING and cast it, CAST(x AS TIMESTAMP)";
  private static final int LONGEST = 200;

  private ClockReads() {}

  /** What the expression itself reads from the clock, apart from its operands. */
  public static Optional<ClockRead> in(Expression expression) {
    if (expression instanceof Cast cast) {
      return of(cast);
    }
    if (expression instanceof VariantGet get) {
      return TextToTime.holdsTimestamp(get.targetType())
          ? Optional.of(undated(get, AS_STRING + "."))
          : Optional.empty();
    }
    if (DocumentTimestamps.mayReadClock(expression)) {
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

  /** The expression that replaces a shorthand, where it isn't among the shorthand's operands. */
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

  private static Optional<ClockRead> of(Cast cast) {
    DataType from = cast.child().dataType();
    DataType to = cast.dataType();
    if (TextToTime.parsesVariants(from, to)) {
      return Optional.of(undated(cast, AS_STRING + "."));
    }
    if (!TextToTime.readsWords(from, to) && !TextToTime.parsesTimestamps(from, to)) {
      return Optional.empty();
    }
    ConstantFolding.Constant constant = ConstantFolding.of(cast.child());
    if (!constant.known() || constant.value() == null) {
      return Optional.empty();
    }
    if (constant.value() instanceof UTF8String text) {
      return DatetimeText.readsClock(text, to)
          ? Optional.of(
              new ClockRead(
                  "'%s' as a time in %s"
                      .formatted(Printable.beginning(text.toString().strip(), LONGEST), sql(cast)),
                  Optional.empty()))
          : Optional.empty();
    }
    try {
      new MissingDateCheck(from, to, "", "").require(constant.value());
      return Optional.empty();
    } catch (InvalidDatetimeException e) {
      return Optional.of(
          new ClockRead(sql(cast) + ", which takes its date from the clock", Optional.empty()));
    }
  }

  private static ClockRead undated(Expression expression, String fix) {
    return new ClockRead(
        sql(expression) + ", which adds today's date to a time without one", Optional.of(fix));
  }

  private static String sql(Expression expression) {
    return Printable.beginning(ConversionSql.of(expression), LONGEST);
  }
}
