package io.penstock.spark.records;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DecimalType;

/** Parses a TIMESTAMP that is a number of units since 1970. */
final class EpochText implements ValueParser {
  private static final long serialVersionUID = 1L;

  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final DecimalType EXACT = new DecimalType(38, 12);
  private static final int MICROS = 6;

  /** The years 0001 to 9999: beyond them, rather the unit is another one. */
  private static final long FIRST_MICRO = -62_135_596_800_000_000L;

  private static final long LAST_MICRO = 253_402_300_799_999_999L;

  /** The number of zeros of how many units a second has. */
  private final int digits;

  EpochText(long perSecond) {
    this.digits = Long.toString(perSecond).length() - 1;
  }

  @Override
  public Object parse(String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw new NumberFormatException();
    }
    BigDecimal units = Decimals.exact(text, EXACT).toJavaBigDecimal();
    long micros = units.movePointRight(MICROS - digits).longValueExact();
    if (micros < FIRST_MICRO || micros > LAST_MICRO) {
      throw new DateTimeException("Not in the years 0001 to 9999");
    }
    return micros;
  }
}
