package io.penstock.spark.failures;

import io.penstock.engine.DamagedInputException;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.MissingInput;
import io.penstock.spark.files.AccessDenied;
import io.penstock.spark.text.ExceptionText;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Recognises tables that something other than Delta has damaged: data files deleted by hand, log
 * entries cut off. That is neither bad data nor a storage fault that may go away.
 */
public final class DamagedTables {
  private static final String LOG = "/_delta_log/";

  /** Delta's error conditions for a log that lacks entries. */
  private static final Set<String> INCOMPLETE_LOG =
      Set.of(
          "DELTA_VERSIONS_NOT_CONTIGUOUS",
          "DELTA_TRUNCATED_TRANSACTION_LOG",
          "DELTA_LOG_FILE_NOT_FOUND",
          "DELTA_STATE_RECOVER_ERROR");

  /** The code of a failure by which a table's own files are damaged. */
  public static final String CODE = "TABLE_DAMAGED";

  private DamagedTables() {}

  /** A file that can't be read, and why. */
  public record File(String path, String why) {}

  /**
   * Opens a table, and finds its files.
   *
   * @throws DamagedInputException when its log is damaged
   */
  public static <T> T opening(LakePath table, Supplier<T> open) {
    try {
      return open.get();
    } catch (Exception e) {
      // Scala throws checked exceptions without declaring them.
      Optional<String> problem = problemOfLog(e);
      if (problem.isPresent()) {
        throw new DamagedInputException(
            damagedLog(table.text(), problem.get()).causedBy(e),
            new MissingInput(table, List.of()));
      }
      throw e;
    }
  }

  /** The file that is gone or damaged, when that is what an exception means. */
  public static Optional<File> file(Throwable thrown) {
    return FileDamage.path(thrown)
        .flatMap(path -> why(thrown).map(reason -> new File(path, reason)));
  }

  /**
   * The error about a data file of a table.
   *
   * @param file its path below the table
   * @param units that it belongs to, as far as that is known
   */
  public static DamagedInputException damagedData(
      LakePath table, long version, File file, List<Interval> units, Throwable cause) {
    return new DamagedInputException(
        new Failure(
                FailureKind.INVALID,
                CODE,
                "Cannot read table '%s', version %s: its data file '%s' %s, although the table's log"
                        .formatted(table, version, file.path(), file.why())
                    + " refers to it.",
                "put the file back from a copy of the lake, or produce what it held again.")
            .causedBy(cause),
        new MissingInput(table, units));
  }

  /** The failure behind an exception that a table's log was damaged, whichever table it is. */
  public static Optional<Failure> log(Throwable thrown) {
    return file(thrown)
        .map(File::path)
        .filter(path -> path.contains(LOG))
        .map(path -> path.substring(0, path.indexOf(LOG)))
        .flatMap(table -> problemOfLog(thrown).map(problem -> damagedLog(table, problem)));
  }

  private static Failure damagedLog(String table, String problem) {
    return new Failure(
        FailureKind.INVALID,
        CODE,
        "Cannot open table '%s': %s.".formatted(table, problem),
        "put the log's entry back from a copy of the lake; or move the table's directory away and"
            + " produce the table again, with every unit that it held.");
  }

  private static Optional<String> problemOfLog(Throwable thrown) {
    return file(thrown)
        .filter(file -> file.path().contains(LOG))
        .map(file -> "the entry '%s' of its log %s".formatted(name(file), file.why()))
        .or(
            () ->
                FileDamage.causes(thrown).stream()
                    .filter(DamagedTables::isIncompleteLog)
                    .map(cause -> ExceptionText.phrase(cause).split("\\. ", 2)[0])
                    .map("its log lacks entries (%s)"::formatted)
                    .findFirst());
  }

  private static boolean isIncompleteLog(Throwable cause) {
    return INCOMPLETE_LOG.contains(FileDamage.condition(cause).split("\\.", 2)[0]);
  }

  /**
   * Programs write the records of a log and the rows of a data file: a malformed one means that the
   * file is cut off.
   */
  private static Optional<String> why(Throwable thrown) {
    List<Throwable> causes = FileDamage.causes(thrown);
    if (causes.stream().anyMatch(AccessDenied::isIn)) {
      return Optional.empty();
    }
    if (causes.stream().anyMatch(FileFailures::isMissingFile)) {
      return Optional.of("is gone");
    }
    return FileDamage.isMalformedRecord(thrown)
        ? Optional.of("is not whole")
        : FileDamage.of(thrown).map(why -> why.endsWith("that is whole") ? "is not whole" : why);
  }

  private static String name(File file) {
    return file.path().substring(file.path().lastIndexOf('/') + 1);
  }
}
