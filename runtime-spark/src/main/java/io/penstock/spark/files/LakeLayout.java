package io.penstock.spark.files;

import org.apache.hadoop.fs.Path;

/** The names that tell in a lake what lies where. */
public final class LakeLayout {
  /** In the root: what Penstock keeps of runs, and what it needs to complete them. */
  public static final String OWN = "_penstock";

  /** In a Delta table: its log. */
  public static final String TABLE_LOG = "_delta_log";

  /** In the folder of a table that a first run writes to: a note, until the table is there. */
  public static final String FIRST_RUN = "_penstock.unborn";

  /** In an export: which version is the current one, by partition. */
  public static final String EXPORT_PUBLISHED = "_published";

  /** In an export: its versions. */
  public static final String EXPORT_VERSIONS = "_versions";

  private LakeLayout() {}

  /** The publications that were begun. */
  public static Path journal(LakeRoot root) {
    return root.resolve(OWN + "/journal");
  }

  /** The numbers of attempts, by pipeline and scope. */
  public static Path epochs(LakeRoot root) {
    return root.resolve(OWN + "/epochs");
  }

  /** The numbers of the attempts in one scope. */
  public static Path epochs(LakeRoot root, String pipeline, String scope) {
    return root.resolve(OWN + "/epochs/" + pipeline + "/" + scope);
  }

  /** What checks rejected, by run. */
  public static Path rejected(LakeRoot root) {
    return root.resolve(OWN + "/rejected");
  }

  /** What checks rejected of one run. */
  public static Path rejected(LakeRoot root, String runId) {
    return root.resolve(OWN + "/rejected/" + runId + ".json");
  }

  /** The record of a run. */
  public static Path record(LakeRoot root, String pipeline, String runId) {
    return root.resolve(OWN + "/runs/" + pipeline + "/" + runId + ".json");
  }
}
