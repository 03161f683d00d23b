package io.penstock.spark.outputs;

import io.penstock.plan.Suggestions;
import io.penstock.spark.files.LakeRoot;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
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
    List<String> tables = outputs.published().get(OutputKind.TABLE);
    return tables.isEmpty()
        ? "this lake has no tables yet, and 'penstock list' shows which job writes which. If it"
            + " should have some, name another with --lake."
        : "or " + Suggestions.sentence(path, "Tables", tables);
  }

  /** What to do without an output of any kind. */
  public String forOutput(String path) {
    return forOutput(path, List.of(OutputKind.values()));
  }

  /** What to do without an output of a kind. */
  public String forOutput(String path, OutputKind kind) {
    return forOutput(path, List.of(kind));
  }

  private String forOutput(String path, List<OutputKind> kinds) {
    List<String> known =
        kinds.stream().flatMap(kind -> outputs.published().get(kind).stream()).sorted().toList();
    return known.isEmpty()
        ? "this lake has "
            + words(kinds, "no ", " and no ")
            + " yet: run one of the jobs that 'penstock list' shows, or name another lake with"
            + " --lake."
        : Suggestions.sentence(path, capitalised(words(kinds, "", " and ")), known);
  }

  private static String words(List<OutputKind> kinds, String before, String between) {
    return kinds.stream().map(OutputKind::plural).collect(Collectors.joining(between, before, ""));
  }

  private static String capitalised(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }
}
