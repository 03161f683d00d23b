package io.penstock.spark.export;

import io.penstock.spark.contract.Disagreement;
import io.penstock.spark.files.FailedAccessException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.OptionalLong;
import org.apache.hadoop.fs.Path;

/** Every exception of this package: the problem, the place, why, and the fix. */
final class ExportErrors {
  private ExportErrors() {}

  static IllegalArgumentException unsafeColumn(String column) {
    return new IllegalArgumentException(
        "Cannot partition an export by column '"
            + column.replaceAll("\\p{Cntrl}", "?")
            + "': its name becomes a directory name, which holds letters, digits and underscores."
            + " Rename the column.");
  }

  static IllegalArgumentException emptyPartitionValue(String column) {
    return new IllegalArgumentException(
        "Cannot export a partition whose value of '"
            + column
            + "' is empty: there is no directory name for it. Give the value a text.");
  }

  static IllegalArgumentException unstorablePartitionValue(String column) {
    return new IllegalArgumentException(
        "Cannot export a partition whose value of '"
            + column
            + "' holds half a surrogate pair: no file system can store it in a directory's name."
            + " Mend the value.");
  }

  static IllegalArgumentException notAPartition(String directory) {
    return new IllegalArgumentException(
        "Cannot read '"
            + directory
            + "' as a partition of an export: it isn't of the form column=value. Remove what"
            + " doesn't belong to the export from its directory.");
  }

  static IllegalArgumentException unsafeRunId(String runId) {
    return new IllegalArgumentException(
        "Cannot use run id '"
            + runId.replaceAll("\\p{Cntrl}", "?")
            + "' for an export: it becomes a directory name. Use up to 200 letters, digits, '.',"
            + " '_' and '-', the first a letter or digit.");
  }

  static IllegalArgumentException invalidEpoch(long epoch) {
    return new IllegalArgumentException(
        "Cannot export with epoch " + epoch + ": epochs count from 1. Take one from Epochs.");
  }

  static IllegalArgumentException invalidManifestVersion(int found) {
    return new IllegalArgumentException(
        "Cannot use version "
            + found
            + " of a manifest: versions count from 1. Take what ExportManifest.of makes.");
  }

  static IllegalArgumentException invalidEntry(int version, String runId) {
    return new IllegalArgumentException(
        "Cannot use an entry of version "
            + version
            + " and run '"
            + runId
            + "': versions count from 1, and the run names a directory. Take what"
            + " PublicationEntry.of makes.");
  }

  static IllegalArgumentException incompleteContract() {
    return new IllegalArgumentException(
        "Cannot use a contract without grain, columns, zone or writers. Take what"
            + " ContractDocument.of makes.");
  }

  static UnreadableExportException dividedTwice(ExportTarget one, ExportTarget other) {
    return new UnreadableExportException(
        "Cannot read the export "
            + one.directory()
            + ": it is published as "
            + one.division()
            + " and as "
            + other.division()
            + ", and a row may be in both. Move the export's directory away, and run its job again"
            + " for every unit that it held.");
  }

  static ExportContractException contract(Path export, Disagreement disagreement) {
    return new ExportContractException(
        disagreement.code(),
        "Cannot publish " + export + ": " + disagreement.why() + ".",
        disagreement.fix() + ".");
  }

  static ExportContractException contractUnknownToAttempt(Path export) {
    return new ExportContractException(
        Disagreement.CONTRACT_CHANGED,
        "Cannot publish "
            + export
            + ": an earlier release wrote what is to be published, and since then the export has"
            + " stated how it is divided.",
        "Run the task again.");
  }

  static IllegalStateException versionExists(Path version) {
    return new IllegalStateException(
        "Cannot stage an export in "
            + version
            + ": it exists, and versions are immutable. Each attempt needs a run id of its own.");
  }

  static StagedExportException versionGone(Path manifest) {
    return new StagedExportException(
        "Cannot find the version of "
            + manifest
            + ": it was removed, or never completed. Run again.");
  }

  static StagedExportException fileChanged(Path file, long expected, OptionalLong found) {
    return new StagedExportException(
        "Cannot publish "
            + file
            + ": it was written with "
            + expected
            + " bytes and "
            + (found.isPresent() ? "now has " + found.getAsLong() : "is gone")
            + ". Something removes or changes files of unpublished versions; run again.");
  }

  static StagedExportException bytesChanged(Path file, DamagedExportException cause) {
    StagedExportException changed =
        new StagedExportException(
            "Cannot publish "
                + file
                + ": it holds other bytes than were written. Something changes files of unpublished"
                + " versions; run again.");
    changed.initCause(cause);
    return changed;
  }

  static DamagedExportException wrongLength(Path file, long expected, long found) {
    return damaged(file, expected + " bytes", found + " bytes");
  }

  static DamagedExportException wrongChecksum(Path file, String expected, String found) {
    return damaged(file, "bytes of SHA-256 " + expected, "SHA-256 " + found);
  }

  private static DamagedExportException damaged(Path file, String expected, String found) {
    return new DamagedExportException(
        "Cannot use "
            + file
            + ": its manifest names "
            + expected
            + " and reading it gave "
            + found
            + ". Discard what was read of it. Read it again; if that gives the same, run the job"
            + " that writes the export again.");
  }

  static FencedExportException fenced(ExportTarget target, ExportAttempt attempt, long current) {
    return new FencedExportException(
        "Cannot publish run "
            + attempt.runId()
            + " to "
            + target.place()
            + ": its epoch is "
            + attempt.epoch()
            + " and epoch "
            + current
            + " is published already. A later attempt has replaced this one; nothing is to be"
            + " done.");
  }

  static FencedExportException epochTaken(
      ExportTarget target, ExportAttempt attempt, String runId) {
    return new FencedExportException(
        "Cannot publish run "
            + attempt.runId()
            + " to "
            + target.place()
            + ": run "
            + runId
            + " has published with the same epoch "
            + attempt.epoch()
            + ". Each attempt needs an epoch of its own, from Epochs.");
  }

  static UnreadableExportException damagedDocument(Path path, IOException cause) {
    return new UnreadableExportException(
        "Cannot read "
            + path
            + ": it is damaged. Put it back from a copy of the lake, or run the job that writes the"
            + " export again.",
        cause);
  }

  static UnreadableExportException laterDocument(Path path, int found, int known) {
    return new UnreadableExportException(
        "Cannot read "
            + path
            + ": it is of version "
            + found
            + ", and this release knows versions up to "
            + known
            + ". Use the release that wrote it, or a later one.");
  }

  static UnreadableExportException incompleteVersion(
      ExportTarget target, UncheckedIOException cause) {
    return new UnreadableExportException(
        "Cannot read what is published in "
            + target.place()
            + ": a document of its current version is gone ("
            + cause.getMessage()
            + "). Put it back from a copy of the lake, or run the job that writes the export"
            + " again.",
        cause);
  }

  static UncheckedIOException failed(String action, Path path, IOException cause) {
    return new FailedAccessException(
        action, path, cause, "Check that the file system is reachable; then run again.");
  }
}
