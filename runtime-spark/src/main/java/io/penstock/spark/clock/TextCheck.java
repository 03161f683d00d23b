package io.penstock.spark.clock;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Refuses, of the values that an expression converts from one type to another, the texts that Spark
 * would complete from the clock.
 *
 * @param expression the conversion in SQL, for the message
 * @param place the step, with the line of the job that it stands in
 */
record TextCheck(DataType from, DataType to, String expression, String place)
    implements ValueCheck {
  @Override
  public void require(Object value) {
    if (!(value instanceof UTF8String text)) {
      TextToTime.forEachText(value, from, to, this::requireText);
    } else if (to instanceof TimestampType) {
      requireText(text);
    }
  }

  private void requireText(UTF8String text) {
    if (TimeText.isTimeAlone(text)) {
      throw MovingTimeException.timeAlone(text, expression, place);
    }
  }

  /** Two conversions of the same kind are one to Spark, wherever they stand. */
  @Override
  public boolean equals(Object other) {
    return other instanceof TextCheck check && from.equals(check.from) && to.equals(check.to);
  }

  @Override
  public int hashCode() {
    return 31 * from.hashCode() + to.hashCode();
  }
}
