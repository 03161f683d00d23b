package io.penstock.spark.datetime;

import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Refuses texts in a column of a file that are no complete TIMESTAMP.
 *
 * @param from the type of the column as it is read
 * @param to the declared type
 * @param column its name, for the message
 */
record SourceTextCheck(DataType from, DataType to, String column) implements ValueCheck {
  @Override
  public void require(Object value) {
    TextToTime.forEachText(value, from, to, this::requireText);
  }

  private void requireText(UTF8String text) {
    if (!DatetimeText.isDated(text)) {
      throw InvalidDatetimeException.undated(column, file());
    }
  }

  /** The file that this task is reading: the check runs directly above the scan. */
  private static String file() {
    return new Path(URI.create(InputFileBlockHolder.getInputFilePath().toString())).toString();
  }
}
