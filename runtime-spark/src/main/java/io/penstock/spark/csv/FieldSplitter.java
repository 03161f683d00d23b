package io.penstock.spark.csv;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import de.siegmar.fastcsv.reader.CsvReader;
import java.util.ArrayList;
import java.util.List;

/** Splits a well-formed record into its fields. Reused for all records of a thread. */
final class FieldSplitter {
  private final CsvReader.CsvReaderBuilder reader = CsvReader.builder().skipEmptyLines(false);

  /** The fields in order; null stands for NULL, which is an empty field without quotes. */
  List<String> split(String record) {
    if (record.isEmpty()) {
      List<String> single = new ArrayList<>();
      single.add(null);
      return single;
    }
    return reader.ofSingleCsvRecord(new Fields(), record);
  }

  private static final class Fields extends AbstractBaseCsvCallbackHandler<List<String>> {
    private final List<String> fields = new ArrayList<>();

    @Override
    protected void handleField(int index, char[] buffer, int offset, int length, boolean quoted) {
      fields.add(length == 0 && !quoted ? null : new String(buffer, offset, length));
    }

    @Override
    protected List<String> buildRecord() {
      return fields;
    }
  }
}
