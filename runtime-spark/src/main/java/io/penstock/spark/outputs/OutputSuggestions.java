package io.penstock.spark.outputs;

import io.penstock.plan.Suggestions;
import io.penstock.spark.files.LakeRoot;
import java.util.List;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;

/** Suggests outputs of a lake in place of a path at which there is none. */
public final class OutputSuggestions {
  private final LakeOutputs outputs;

  private OutputSuggestions(LakeOutputs outputs) {
    this.outputs = outputs;
  }

  /** Looks for outputs near the root. Opens no table. */
  public static OutputSuggestions in(LakeRoot root, Configuration configuration) {
    return new OutputSuggestions(LakeOutputs.nearRoot(root, configuration));
  }

  /** What to do without a table that a job reads. */
  public String forTable(String path) {
    return outputs.tables().isEmpty()
        ? "this lake has no tables yet, and 'penstock list' shows which job writes which. If it"
            + " should have some, name another with --lake."
        : "or " + Suggestions.sentence(path, "Tables", outputs.tables());
  }

  /** What to do without a table or export. */
  public String forOutput(String path) {
    return of(
        path,
        Stream.concat(outputs.tables().stream(), outputs.exports().stream()).sorted().toList(),
        "Tables and exports",
        "no tables and no exports");
  }

  /** What to do without an export. */
  public String forExport(String path) {
    return of(path, outputs.exports(), "Exports", "no exports");
  }

  private static String of(String path, List<String> known, String heading, String none) {
    return known.isEmpty()
        ? "this lake has "
            + none
            + " yet: run one of the jobs that 'penstock list' shows, or name another lake with"
            + " --lake."
        : Suggestions.sentence(path, heading, known);
  }
}
