package io.penstock.spark.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The positions of the declared columns in one file. Columns are matched by their exact names; the
 * file may have them in another order, and may have others.
 *
 * @param positions of each declared column in the file, from 0
 * @param width the number of fields of every record
 */
record CsvHeader(List<Integer> positions, int width) {

  /** Why a header doesn't match these columns; empty if it does. */
  static Optional<String> defect(List<String> names, StructType declared) {
    List<String> missing = new ArrayList<>();
    for (StructField field : declared.fields()) {
      long found = names.stream().filter(field.name()::equals).count();
      if (found > 1) {
        return Optional.of("the header names column '" + field.name() + "' " + found + " times");
      }
      if (found == 0) {
        missing.add(field.name());
      }
    }
    if (missing.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "the header has no column "
            + missing.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", ")));
  }

  /** A header that has no defect for these columns. */
  static CsvHeader of(List<String> names, StructType declared) {
    List<Integer> positions = new ArrayList<>();
    for (StructField field : declared.fields()) {
      positions.add(names.indexOf(field.name()));
    }
    return new CsvHeader(List.copyOf(positions), names.size());
  }
}
