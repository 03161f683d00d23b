package io.penstock.spark.export;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.contract.ContractProblem;
import io.penstock.spark.failures.OvertakenException;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.text.ExceptionText;
import io.penstock.spec.LakePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
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
            + "' is empty: an empty value can't be a directory name. Give it a text.");
  }

  static IllegalArgumentException unstorablePartitionValue(String column) {
    return new IllegalArgumentException(
        "Cannot export a partition whose value of '"
            + column
            + "' holds half a surrogate pair, which no file system can store in a directory name."
            + " Correct the value.");
  }

  static IllegalArgumentException notAPartition(String directory) {
    return new IllegalArgumentException(
        "Cannot read '"
            + directory
            + "' as a partition of an export: it isn't of the form column=value. Remove foreign"
            + " files and folders from the export's directory.");
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
            + " of a manifest: versions count from 1. Use ExportManifest.of.");
  }

  static IllegalArgumentException invalidEntry(int version, String runId) {
    return new IllegalArgumentException(
        "Cannot use an entry of version "
            + version
            + " and run '"
            + runId
            + "': versions count from 1, and the run id is a directory name. Use"
            + " PublicationEntry.of.");
  }

  static IllegalArgumentException incompleteContract() {
    return new IllegalArgumentException(
        "Cannot use a contract without grain, columns, zone or writers. Use"
            + " ContractDocument.of.");
  }

  static UnreadableExportException partitionedTwice(ExportTarget one, ExportTarget other) {
    return unreadable(
        "Cannot read the export "
            + one.directory()
            + ": it is published as "
            + one.partitioning()
            + " and as "
            + other.partitioning()
            + ", so a row may be in both.",
        "move the export's directory away, and run its job again for every unit of the export.",
        Optional.empty());
  }

  static RunFailedException noExport(LakePath path, String fix) {
    return RunFailedException.usage("NO_EXPORT", "There is no export at '" + path + "'.", fix);
  }

  private static UnreadableExportException unreadable(
      String problem, String fix, Optional<Throwable> cause) {
    return new UnreadableExportException(
        new Failure(FailureKind.INVALID, "EXPORT_UNREADABLE", problem, fix, cause));
  }

  private static UnpublishableException unpublishable(
      FailureKind kind, String code, String problem, String fix) {
    return new UnpublishableException(new Failure(kind, code, problem, fix));
  }

  static UnpublishableException contract(Path export, ContractProblem disagreement) {
    return unpublishable(
        FailureKind.INVALID,
        disagreement.code(),
        "Cannot publish " + export + ": " + disagreement.why() + ".",
        disagreement.fix() + ".");
  }

  static UnpublishableException contractStatedSince(Path export) {
    return unpublishable(
        FailureKind.INVALID,
        ContractProblem.CONTRACT_CHANGED,
        "Cannot publish "
            + export
            + ": an earlier release wrote this version, and since then the export states how it is"
            + " partitioned.",
        "run the task again.");
  }

  static IllegalStateException versionExists(Path version) {
    return new IllegalStateException(
        "Cannot stage an export in "
            + version
            + ": the directory exists, and versions are immutable. Use a new run id for each"
            + " attempt.");
  }

  static UnpublishableException versionGone(Path manifest) {
    return changed(
        "Cannot find the version of " + manifest + ": it was removed, or never completed.");
  }

  static UnpublishableException fileChanged(Path file, long expected, OptionalLong found) {
    return changed(
        "Cannot publish "
            + file
            + ": it was written with "
            + expected
            + " bytes and "
            + (found.isPresent() ? "now has " + found.getAsLong() : "is gone")
            + ".");
  }

  static UnpublishableException bytesChanged(Path file, DamagedExportException cause) {
    return new UnpublishableException(
        changed("Cannot publish " + file + ": its content differs from what was written.")
            .failure()
            .causedBy(cause));
  }

  private static UnpublishableException changed(String problem) {
    return unpublishable(
        FailureKind.TRY_AGAIN,
        "FILE_GONE",
        problem,
        "run it again, and find the process that changes files below the export's directory.");
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
            + ". Discard what was read, and read it again; if that fails too, run the job that"
            + " writes the export again.");
  }

  static OvertakenException fenced(ExportTarget target, ExportProvenance attempt, long current) {
    return new OvertakenException(
        "Cannot publish run "
            + attempt.runId()
            + " to "
            + target.place()
            + ": its epoch is "
            + attempt.epoch()
            + " and epoch "
            + current
            + " is published already.");
  }

  static OvertakenException epochTaken(
      ExportTarget target, ExportProvenance attempt, String runId) {
    return new OvertakenException(
        "Cannot publish run "
            + attempt.runId()
            + " to "
            + target.place()
            + ": run "
            + runId
            + " has published with the same epoch "
            + attempt.epoch()
            + ".");
  }

  static UnreadableExportException damagedDocument(Path path, IOException cause) {
    return unreadable(
        "Cannot read " + path + ": it is damaged.",
        "restore it from a backup of the lake, or run the job that writes the export again.",
        Optional.of(cause));
  }

  static UnreadableExportException unknownEncoding(
      String export, String encoding, IllegalArgumentException cause) {
    return unreadable(
        "Cannot read the export '"
            + export
            + "': it is in "
            + encoding
            + ", which this Java doesn't know.",
        "read it with a Java of all modules, as the one that wrote it.",
        Optional.of(cause));
  }

  static UnreadableExportException laterDocument(Path path, int found, int known) {
    return unreadable(
        "Cannot read "
            + path
            + ": it is of version "
            + found
            + ", and this release knows versions up to "
            + known
            + ".",
        "use the release that wrote it, or a later one.",
        Optional.empty());
  }

  static UnreadableExportException incompleteVersion(
      ExportTarget target, UncheckedIOException cause) {
    return unreadable(
        "Cannot read what is published in "
            + target.place()
            + ": a document of its current version is missing ("
            + ExceptionText.phrase(cause)
            + ").",
        "restore it from a backup of the lake, or run the job that writes the export again.",
        Optional.of(cause));
  }
}
