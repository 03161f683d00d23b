package io.penstock.spark.failures;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.spark.files.AccessDenied;
import io.penstock.spark.files.StorageFaults;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.util.VersionInfo;

/** Classifies exceptions of file systems as failures of a task. */
final class FileFailures {
  /** The messages of ENOSPC, EDQUOT and EFBIG. */
  private static final Pattern FULL =
      Pattern.compile("No space left on device|[Dd]isk quota exceeded|File too large");

  private FileFailures() {}

  /** An access that was refused. */
  static Optional<Failure> ofRefusal(Throwable cause) {
    return AccessDenied.isIn(cause)
        ? Failures.failure(
            FailureKind.NOT_PERMITTED,
            "NOT_PERMITTED",
            cause,
            "let this user read the inputs and write below the lake's root.")
        : Optional.empty();
  }

  /** A disk without space, whatever was being written. */
  static Optional<Failure> ofFullDisk(Throwable cause) {
    return cause instanceof IOException && FULL.matcher(String.valueOf(cause.getMessage())).find()
        ? Failures.failure(
            FailureKind.STORAGE, "DISK_FULL", cause, "free space on the disk, then run it again.")
        : Optional.empty();
  }

  /** A file that is not there. */
  static Optional<Failure> ofMissing(Throwable cause) {
    return isMissingFile(cause)
        ? Failures.failure(
            FailureKind.STORAGE,
            "FILE_GONE",
            cause,
            "something removed files while the run was reading or writing; run it again.")
        : Optional.empty();
  }

  /** Everything else about files. */
  static Optional<Failure> ofOthers(Throwable cause) {
    if (cause instanceof UnsupportedFileSystemException || isFileSystemWithoutJar(cause)) {
      return Failures.failure(FailureKind.INVALID, "FILE_SYSTEM_MISSING", cause, missingJars());
    }
    if (isLibraryOfS3Missing(cause)) {
      return Optional.of(
          new Failure(
              FailureKind.INVALID,
              "FILE_SYSTEM_MISSING",
              "The file system s3a is there without the libraries of AWS that it needs: %s is missing."
                  .formatted(cause.getMessage()),
              missingJars()));
    }
    return StorageFaults.kind(cause)
        .flatMap(
            kind ->
                Failures.failure(
                    kind, kind == FailureKind.STORAGE ? "STORAGE" : kind.name(), cause, fix(kind)));
  }

  static boolean isMissingFile(Throwable cause) {
    return cause instanceof FileNotFoundException || cause instanceof NoSuchFileException;
  }

  static boolean isUnreachable(Throwable cause) {
    return cause instanceof SocketException
        || cause instanceof SocketTimeoutException
        || cause instanceof UnknownHostException;
  }

  private static String fix(FailureKind kind) {
    return switch (kind) {
      case STORAGE -> "free or mend the disk, then run it again.";
      case UNAVAILABLE -> "run it again when the service answers.";
      case TRY_AGAIN -> "run it again.";
      default -> "mend the configuration of the file system, or the path.";
    };
  }

  private static String missingJars() {
    return "give a lake on a file system that is there, or put its jars on the class path: for s3a:// hadoop-aws %1$s and software.amazon.awssdk:s3-transfer-manager with what they depend on (or software.amazon.awssdk:bundle, which is all in one), in the version that hadoop-aws names; for hdfs:// hadoop-client-api and hadoop-client-runtime %1$s."
        .formatted(VersionInfo.getVersion());
  }

  private static boolean isLibraryOfS3Missing(Throwable cause) {
    return cause instanceof NoClassDefFoundError
        && String.valueOf(cause.getMessage()).matches(".*software[./]amazon[./].*");
  }

  /** Hadoop knows the class names of its file systems, also where their jars are missing. */
  private static boolean isFileSystemWithoutJar(Throwable cause) {
    return cause instanceof ClassNotFoundException
        && String.valueOf(cause.getMessage()).contains("org.apache.hadoop.fs.");
  }
}
