package io.penstock.spark.cleaning;

import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.outputs.LakeOutputs;
import org.apache.hadoop.fs.Path;

/** Tells the folders that are tables or exports of their own, whoever made them. */
public final class OtherOutputs {
  private OtherOutputs() {}

  public static boolean isOutput(LakeFiles files, Path folder) {
    return files.list(folder).stream()
        .filter(LakeFiles.Entry::directory)
        .map(LakeFiles.Entry::name)
        .anyMatch(LakeOutputs.MARKS::contains);
  }
}
