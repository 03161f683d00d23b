package io.penstock.spark.files;

import org.apache.hadoop.fs.Path;

/** The names of the files and folders that Penstock keeps in a lake. */
public final class LakeLayout {
  /** In the root: the state of runs, and what is needed to complete them. */
  public static final String STATE = "_penstock";

  /** In a Delta table: its log. */
  public static final String TABLE_LOG = "_delta_log";

  /** In the folder of a table: marks that a first run writes to it, until the table exists. */
  public static final String FIRST_RUN = "_penstock.unborn";

  /** In an export: which version is current, by partition. */
  public static final String EXPORT_PUBLISHED = "_published";

  /** In an export: its versions. */
  public static final String EXPORT_VERSIONS = "_versions";

  private LakeLayout() {}

  /** The entries of publications that were begun. */
  public static Path journal(LakeRoot root) {
    return root.resolve(STATE + "/journal");
  }

  /** The numbers of attempts, by pipeline and scope. */
  public static Path epochs(LakeRoot root) {
    return root.resolve(STATE + "/epochs");
  }

  /** The numbers of the attempts in one scope. */
  public static Path epochs(LakeRoot root, String pipeline, String scope) {
    return root.resolve(STATE + "/epochs/" + pipeline + "/" + scope);
  }

  /** What checks rejected, by run. */
  public static Path rejected(LakeRoot root) {
    return root.resolve(STATE + "/rejected");
  }

  /** What checks rejected of one run. */
  public static Path rejected(LakeRoot root, String runId) {
    return root.resolve(STATE + "/rejected/" + runId + ".json");
  }

  /** The record of a run. */
  public static Path record(LakeRoot root, String pipeline, String runId) {
    return root.resolve(STATE + "/runs/" + pipeline + "/" + runId + ".json");
  }
}
