package io.penstock.spark.landed;

import io.penstock.spec.TypedValue;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;

/**
 * The files of one unit, as they were listed.
 *
 * @param values of the partition's columns; none when the source is not read by unit
 */
record ListedFolder(List<FileStatus> files, List<TypedValue> values) {
  ListedFolder {
    files = List.copyOf(files);
    values = List.copyOf(values);
  }

  static List<FileStatus> files(List<ListedFolder> folders) {
    return folders.stream().flatMap(folder -> folder.files().stream()).toList();
  }
}
