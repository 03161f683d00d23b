package io.penstock.spark.landed;

import io.penstock.spec.TypedValue;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;

/**
 * The listed files of one unit.
 *
 * @param files that are read
 * @param leftOut files beside them that the source doesn't ask for
 * @param counts of records that the delivery states
 * @param values of the partition's columns; none if the source isn't read by unit
 */
record UnitFiles(
    List<FileStatus> files,
    List<FileStatus> leftOut,
    Optional<DeclaredCounts> counts,
    List<TypedValue> values) {
  UnitFiles {
    files = List.copyOf(files);
    leftOut = List.copyOf(leftOut);
    values = List.copyOf(values);
  }

  /** The same files, as those of a unit. */
  UnitFiles of(List<TypedValue> unit) {
    return new UnitFiles(files, leftOut, counts, unit);
  }

  /** Those of the files that are among others, with the same unit. */
  UnitFiles among(Set<Path> others) {
    return new UnitFiles(
        files.stream().filter(file -> others.contains(file.getPath())).toList(),
        List.of(),
        counts,
        values);
  }

  static List<FileStatus> files(List<UnitFiles> folders) {
    return folders.stream().flatMap(folder -> folder.files().stream()).toList();
  }
}
