package io.penstock.spark.typed;

import java.util.Optional;
import org.apache.parquet.SemanticVersion;
import org.apache.parquet.VersionParser;
import org.apache.parquet.VersionParser.ParsedVersion;
import org.apache.parquet.VersionParser.VersionParseException;

/** Writers of Parquet in its first years, whose files aren't quite what the format says. */
final class OldWriters {
  private static final String PARQUET_MR = "parquet-mr";
  private static final int FIRST_IMPALA_WITH_PADDING = 2;
  private static final SemanticVersion FIRST_WITH_WHOLE_SIZES = new SemanticVersion(1, 2, 9);

  private OldWriters() {}

  /**
   * Whether the last group of a page's dictionary indices may have fewer bytes than its header
   * says, which Spark takes for a cut where it reads many values at a time. Impala 1 leaves out the
   * padding.
   *
   * @param createdBy what the footer says; null if nothing
   */
  static boolean leavesOutPadding(String createdBy) {
    return parsed(createdBy)
        .filter(writer -> writer.application.equals("impala"))
        .map(
            writer ->
                version(writer)
                    .map(version -> version.major < FIRST_IMPALA_WITH_PADDING)
                    .orElse(true))
        .orElse(false);
  }

  /**
   * Whether the size of a column may not count the header of its dictionary, so that its last bytes
   * are behind its end. parquet-mr before 1.2.9 writes so, and may name no version.
   *
   * @param createdBy what the footer says; null if nothing
   */
  static boolean leavesOutHeaders(String createdBy) {
    return PARQUET_MR.equals(createdBy)
        || parsed(createdBy)
            .filter(writer -> writer.application.equals(PARQUET_MR))
            .map(
                writer ->
                    version(writer)
                        .map(version -> version.compareTo(FIRST_WITH_WHOLE_SIZES) < 0)
                        .orElse(true))
            .orElse(false);
  }

  private static Optional<ParsedVersion> parsed(String createdBy) {
    if (createdBy == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(VersionParser.parse(createdBy));
    } catch (VersionParseException | IllegalArgumentException e) {
      // Those that are known here name themselves in this form, or are named above.
      return Optional.empty();
    }
  }

  private static Optional<SemanticVersion> version(ParsedVersion writer) {
    return writer.hasSemanticVersion()
        ? Optional.of(writer.getSemanticVersion())
        : Optional.empty();
  }
}
