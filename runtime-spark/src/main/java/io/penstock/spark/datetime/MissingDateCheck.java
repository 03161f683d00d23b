package io.penstock.spark.datetime;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.TimestampType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Refuses values that contain a text to which Spark would add today's date when it converts it.
 *
 * @param from the type of the value
 * @param to the type that it is converted to
 * @param expression the conversion in SQL, for the message
 * @param place the step and its line in the job
 */
record MissingDateCheck(DataType from, DataType to, String expression, String place)
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
    if (DatetimeText.isTimeAlone(text)) {
      throw InvalidDatetimeException.timeAlone(text, expression, place);
    }
  }

  /** Equal for the same conversion at any place, so that Spark computes it once. */
  @Override
  public boolean equals(Object other) {
    return other instanceof MissingDateCheck check
        && from.equals(check.from)
        && to.equals(check.to);
  }

  @Override
  public int hashCode() {
    return 31 * from.hashCode() + to.hashCode();
  }
}
