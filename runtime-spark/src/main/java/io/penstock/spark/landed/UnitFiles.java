package io.penstock.spark.landed;

import io.penstock.spec.TypedValue;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;

/**
 * The listed files of one unit.
 *
 * @param values of the partition's columns; none if the source isn't read by unit
 */
record UnitFiles(List<FileStatus> files, List<TypedValue> values) {
  UnitFiles {
    files = List.copyOf(files);
    values = List.copyOf(values);
  }

  static List<FileStatus> files(List<UnitFiles> folders) {
    return folders.stream().flatMap(folder -> folder.files().stream()).toList();
  }
}
