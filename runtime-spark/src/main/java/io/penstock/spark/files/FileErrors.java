package io.penstock.spark.files;

import io.penstock.engine.RunFailedException;
import io.penstock.spark.text.ExceptionText;
import io.penstock.spark.text.Printable;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** Every exception of this package: the problem, the place, why, and the fix. */
final class FileErrors {
  private static final String UNUSABLE = "UNUSABLE_LAKE";
  private static final String ROOTS =
      "give a directory like '/data/lake' or 'hdfs://cluster/lake'.";

  private FileErrors() {}

  static RunFailedException unsafePath(String path, String reason) {
    return unusable(
        "Cannot use lake path '" + Printable.of(path) + "': " + reason + ".",
        "name something below the lake root, like 'raw/orders': segments separated by '/', no"
            + " scheme, no '..', no wildcard.");
  }

  static RunFailedException escapesRoot(String path, Path root) {
    return unusable(
        "Cannot use lake path '"
            + Printable.of(path)
            + "': a symbolic link on it leads out of the lake root "
            + root
            + ".",
        "copy the data into the lake, or declare the link's target as the root.");
  }

  static RunFailedException rootWithoutScheme(Path root) {
    return unusable(
        "Cannot use lake root '"
            + root
            + "': it is not absolute, even when qualified by its file system.",
        ROOTS);
  }

  static RunFailedException unreadableRoot(String root, IllegalArgumentException cause) {
    return unusable(
        "Cannot use lake root '"
            + Printable.of(root)
            + "': it is neither a directory nor a URI ("
            + Printable.of(ExceptionText.phrase(cause))
            + ").",
        ROOTS,
        cause);
  }

  static RunFailedException unsupportedScheme(Path path, String scheme) {
    return unusable(
        "Cannot publish to "
            + path
            + ": it is unknown whether the file system '"
            + scheme
            + "' keeps two writers apart, and a publication could be lost silently.",
        "use a lake on file, hdfs or s3a (s3a:// also where others write s3://).");
  }

  static RunFailedException noHardLinks(Path path, Exception cause) {
    return unusable(
        "Cannot publish to "
            + path
            + ": the local file system refused a hard link ("
            + ExceptionText.phrase(cause)
            + "), without which two writers cannot be kept apart.",
        "put the lake on a file system with hard links (ext4, xfs, apfs).",
        cause);
  }

  static RunFailedException conditionIgnored(Path root) {
    return unusable(
        "Cannot publish to the lake "
            + root
            + ": its store ignores the condition of a conditional write (If-None-Match), so that"
            + " two writers of one version both succeed and one version is silently lost.",
        "put the lake on a store that honours it, as Amazon S3 does; or set --conf "
            + LogStores.ONLY_WRITER
            + "=true if nobody else writes to this lake.");
  }

  static RunFailedException conditionRefused(Path path, IOException cause) {
    return unusable(
        "Cannot publish to "
            + path
            + ": its store doesn't support conditional writes (If-None-Match), without which"
            + " two writers cannot be kept apart ("
            + ExceptionText.phrase(cause)
            + ").",
        "put the lake on a store that supports them, as Amazon S3 does. --conf "
            + LogStores.ONLY_WRITER
            + "=true doesn't help: attempt numbers and versions are always written conditionally.",
        cause);
  }

  private static RunFailedException unusable(String problem, String fix) {
    return RunFailedException.invalid(UNUSABLE, problem, fix);
  }

  private static RunFailedException unusable(String problem, String fix, Throwable cause) {
    return RunFailedException.invalid(UNUSABLE, problem, fix).causedBy(cause);
  }
}
