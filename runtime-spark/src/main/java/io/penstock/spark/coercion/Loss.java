package io.penstock.spark.coercion;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;

/** Says what a conversion loses, and which cast says what is meant. */
final class Loss {
  private Loss() {}

  /** What is lost, to follow the name of the common type. */
  static String of(Side lossy) {
    DataType from = lossy.type();
    DataType to = lossy.commonType();
    if (lossy.constant().known()) {
      return "in which %s is another value, or none".formatted(lossy.sql());
    }
    if (from instanceof StringType) {
      return ofTexts(to);
    }
    if (Numbers.isIntegral(from) && Numbers.isFloating(to)) {
      return to instanceof FloatType
          ? "in which 16777217 becomes 16777216"
          : "in which 9007199254740993 becomes 9007199254740992";
    }
    if (from instanceof DecimalType && Numbers.isFloating(to)) {
      return "which holds about %s digits, and no 0.1 exactly"
          .formatted(to instanceof FloatType ? "7" : "16");
    }
    if (Numbers.isExact(from) && to instanceof DecimalType decimal) {
      return Numbers.scale(from) > decimal.scale()
          ? "which keeps %s of %s decimal places".formatted(decimal.scale(), Numbers.scale(from))
          : "which has room for %s of %s digits before the point"
              .formatted(Numbers.wholeDigits(decimal), Numbers.wholeDigits(from));
    }
    return "which doesn't hold every %s".formatted(from.sql());
  }

  private static String ofTexts(DataType to) {
    if (to instanceof NumericType) {
      return "in which '7' and '07' are the same";
    }
    return to instanceof DateType
        ? "in which '2026-03-01' and '2026-3-1 23:59' are the same"
        : "in which different texts are the same";
  }

  /** The cast that makes both sides one type, and keeps what the other side holds. */
  static String fix(Side lossy, Side partner) {
    if (lossy.constant().known()) {
      return "write a constant that is a value of %s.".formatted(partner.type().sql());
    }
    if (partner.type().equals(lossy.type()) || isOther(lossy)) {
      return "cast one of them, so that both have the type that you mean, such as CAST(%s AS %s)."
          .formatted(lossy.sql(), lossy.commonType().sql());
    }
    boolean lossyIsCast =
        lossy.type() instanceof StringType
            || (Numbers.isFloating(lossy.type()) && !(partner.type() instanceof StringType))
            || (Numbers.isExact(lossy.type())
                && Numbers.isExact(partner.type())
                && Numbers.scale(lossy.type()) < Numbers.scale(partner.type()));
    Side cast = lossyIsCast ? lossy : partner;
    DataType type = lossyIsCast ? partner.type() : lossy.type();
    DataType wide =
        type instanceof DecimalType decimal && Numbers.isExact(cast.type())
            ? new DecimalType(DecimalType.MAX_PRECISION(), decimal.scale())
            : type;
    return "cast the %s to the type that you mean, such as CAST(%s AS %s)."
        .formatted(cast.type().sql(), cast.sql(), wide.sql());
  }

  private static boolean isOther(Side lossy) {
    return !(lossy.type() instanceof StringType || lossy.type() instanceof NumericType);
  }
}
