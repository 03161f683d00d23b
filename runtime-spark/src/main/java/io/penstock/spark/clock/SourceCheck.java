package io.penstock.spark.clock;

import java.net.URI;
import org.apache.hadoop.fs.Path;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Accepts, of the texts in a file's column, those that are a time with its date.
 *
 * @param column its name, for the message
 */
record SourceCheck(DataType from, DataType to, String column) implements ValueCheck {
  @Override
  public void require(Object value) {
    TextToTime.forEachText(value, from, to, this::requireText);
  }

  private void requireText(UTF8String text) {
    if (!TimeText.isDated(text)) {
      throw MovingTimeException.undated(column, file());
    }
  }

  /** The file that this task reads at the moment: the check runs right above the scan. */
  private static String file() {
    return new Path(URI.create(InputFileBlockHolder.getInputFilePath().toString())).toString();
  }
}
