package io.penstock.jobs.load;

import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.Column;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.result.Amounts;
import io.penstock.plan.Problem;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.LakePath;
import java.nio.charset.Charset;
import java.util.List;

/** Makes the errors about exports that can't be loaded. */
public final class LoadErrors {
  private LoadErrors() {}

  static Problem excel(Load load) {
    return Problem.ofPipeline(
        "PROFILE",
        "Cannot load '%s': it is written for Excel, which alters texts and times."
            .formatted(load.export()),
        "load an export of the same rows without .profile(CsvProfile.EXCEL).");
  }

  static Problem types(Load load, Column one, Column other) {
    return Problem.ofPipeline(
        "COLUMN_TYPES",
        "Cannot load the partitions of '%s' into one table: column '%s' is %s in one and %s in another."
            .formatted(load.export(), one.name(), one.type(), other.type()),
        "run the older ones again, or load those of one type with --date.");
  }

  static Problem unprintable(String shown) {
    return Problem.ofPipeline(
        "UNPRINTABLE",
        "Cannot print '%s' in a script: it holds a line end or another control character."
            .formatted(shown),
        "rename what it names.");
  }

  static Problem badTable(String table, String why, String example) {
    return Problem.ofPipeline(
        "TABLE",
        "Cannot use --table %s: %s.".formatted(table, why),
        "write a name such as %s.".formatted(example));
  }

  static Problem compression(Load load, String database, CsvCompression compression) {
    return Problem.ofPipeline(
        "COMPRESSION",
        "Cannot load '%s' into %s: its files are compressed with %s, which %s doesn't read."
            .formatted(load.export(), database, compression, database),
        "write it with .compressed(CsvCompression.GZIP), or without, and run the job again.");
  }

  static Problem delimiter(Load load, String database, String delimiter) {
    return Problem.ofPipeline(
        "DELIMITER",
        "Cannot load '%s' into %s: its fields are divided by '%s', and %s divides them by one ASCII character that can be printed, or by a tab."
            .formatted(load.export(), database, delimiter.replaceAll("\\p{Cntrl}", "?"), database),
        "write it with another .delimiter(…), or without, and run the job again.");
  }

  static Problem encoding(Load load, String database, Charset encoding) {
    return Problem.ofPipeline(
        "ENCODING",
        "Cannot load '%s' into %s: its files are in %s, which %s doesn't read."
            .formatted(load.export(), database, encoding.name(), database),
        "write it without .encoding(…), which is UTF-8, and run the job again.");
  }

  /**
   * @param reason what keeps PostgreSQL from reading the files
   */
  static Problem form(Load load, String reason) {
    return Problem.ofPipeline(
        "FORM",
        "Cannot load '%s' into PostgreSQL: %s.".formatted(load.export(), reason),
        "write it with another .delimiter(…) or .encoding(…), and run the job again.");
  }

  static Problem location(Load load, String database, String scheme, String fix) {
    return Problem.ofPipeline(
        "LOCATION",
        "Cannot load '%s' into %s from where it lies: nothing there reads '%s:'."
            .formatted(load.export(), database, scheme),
        fix);
  }

  static Problem oneColumn(Load load, String database) {
    return Problem.ofPipeline(
        "ONE_COLUMN",
        "Cannot load '%s' into %s: a NULL in its only column is an empty line, which isn't read as a row."
            .formatted(load.export(), database),
        "export a second column that is never NULL.");
  }

  static Problem columnName(Load load, String database, String column) {
    return Problem.ofPipeline(
        "COLUMN_NAME",
        "Cannot load '%s' into %s: '%s' is no name of a column there."
            .formatted(load.export(), database, column),
        "rename it in the job, to a letter followed by letters, digits and '_'.");
  }

  static Problem partition(Load load, String database, CurrentExport version) {
    return Problem.ofPipeline(
        "PARTITION",
        "Cannot replace %s in %s: it replaces the partitions of one DATE column, and nothing smaller."
            .formatted(Load.partition(version), database),
        "divide '%s' by one DATE column, or export it as a whole with overwrite()."
            .formatted(load.export()));
  }

  /** Only the job that writes an export knows its partition, and so what a date means in it. */
  public static RunFailedException noWriter(LakePath export) {
    return RunFailedException.usage(
        "UNKNOWN_UNIT",
        "Cannot tell which partition of '%s' the --date means: no job here writes it."
            .formatted(export),
        "put the jar of the job on the class path, or load all partitions without --date.");
  }

  /** A job here writes it: it is an input that a scheduler waits for, and no misspelling. */
  static RunFailedException nothingPublished(LakePath export, String command) {
    return RunFailedException.of(
        FailureKind.INPUT_MISSING,
        "NOT_PUBLISHED",
        "There is nothing in '%s' yet.".formatted(export),
        "write it first: " + command);
  }

  /** As of an input that a scheduler waits for. */
  static RunFailedException notPublished(
      LakePath export, String wanted, List<CurrentExport> published, String command) {
    return RunFailedException.of(
        FailureKind.INPUT_MISSING,
        "NOT_PUBLISHED",
        "There is no %s in '%s' yet. Published: %s, the last of them %s."
            .formatted(
                wanted,
                export,
                Amounts.of(published.size(), "partition"),
                Load.partition(published.get(published.size() - 1))),
        "write it first: " + command);
  }
}
