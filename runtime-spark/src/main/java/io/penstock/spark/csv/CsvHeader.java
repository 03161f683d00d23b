package io.penstock.spark.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Where the declared columns stand in one file. Columns are found by name, exactly; the file may
 * order them differently and hold others.
 *
 * @param positions for each declared column its position in the file, from 0
 * @param width number of fields that every record of the file has
 */
record CsvHeader(List<Integer> positions, int width) {

  /** What is wrong with a header for these columns, if anything. */
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

  /** The header of a file that has no defect for these columns. */
  static CsvHeader of(List<String> names, StructType declared) {
    List<Integer> positions = new ArrayList<>();
    for (StructField field : declared.fields()) {
      positions.add(names.indexOf(field.name()));
    }
    return new CsvHeader(List.copyOf(positions), names.size());
  }
}
