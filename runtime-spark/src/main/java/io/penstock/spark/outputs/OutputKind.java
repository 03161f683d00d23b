package io.penstock.spark.outputs;

import io.penstock.spark.files.LakeLayout;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The kinds of outputs, which a lake tells by the names in an output's folder. */
public enum OutputKind {
  TABLE("tables", LakeLayout.TABLE_LOG, LakeLayout.FIRST_RUN),
  EXPORT("exports", LakeLayout.EXPORT_PUBLISHED, LakeLayout.EXPORT_VERSIONS);

  private final String plural;
  private final String published;
  private final String begun;

  OutputKind(String plural, String published, String begun) {
    this.plural = plural;
    this.published = published;
    this.begun = begun;
  }

  /** The word for outputs of this kind, in messages. */
  String plural() {
    return plural;
  }

  /** The names of which each output of this kind contains at least one. */
  List<String> markers() {
    return List.of(published, begun);
  }

  /** The kind of the published output whose folder contains these names, if it is one. */
  static Optional<OutputKind> published(Set<String> names) {
    return Stream.of(values()).filter(kind -> names.contains(kind.published)).findFirst();
  }

  /**
   * The kind of the output that was begun in a folder with these names, if one was. An export may
   * have been begun where the first run of a table died, so the later kind counts.
   *
   * @param folders those of the names that are folders, as the versions of an export are
   */
  static Optional<OutputKind> begun(Set<String> folders, Set<String> names) {
    return Stream.of(values())
        .filter(kind -> (kind == TABLE ? names : folders).contains(kind.begun))
        .reduce((one, later) -> later);
  }
}
