package io.penstock.spark.files;

import io.penstock.spark.text.Printable;
import io.penstock.spark.text.Words;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/** Every exception of this package: the problem, the place, why, and the fix. */
final class FileErrors {
  private FileErrors() {}

  static UnusableLakeException unsafePath(String path, String reason) {
    return new UnusableLakeException(
        "Cannot use lake path '"
            + Printable.of(path)
            + "': "
            + reason
            + ". A lake path names something below the lake root, like 'raw/orders': segments"
            + " separated by '/', no scheme, no '..', no wildcard.");
  }

  static UnusableLakeException escapesRoot(String path, Path root) {
    return new UnusableLakeException(
        "Cannot use lake path '"
            + Printable.of(path)
            + "': a symbolic link on it leads out of the lake root "
            + root
            + ". Copy the data into the lake, or declare the link's target as the root.");
  }

  static UnusableLakeException rootWithoutScheme(Path root) {
    return new UnusableLakeException(
        "Cannot use lake root '"
            + root
            + "': it is not absolute once qualified by its file system. Give a directory like"
            + " '/data/lake' or 'hdfs://cluster/lake'.");
  }

  static UnusableLakeException unreadableRoot(String root, IllegalArgumentException cause) {
    return new UnusableLakeException(
        "Cannot use lake root '"
            + Printable.of(root)
            + "': it is neither a directory nor a URI ("
            + Printable.of(String.valueOf(cause.getMessage()))
            + "). Give a directory like '/data/lake' or 'hdfs://cluster/lake'.",
        cause);
  }

  static UnusableLakeException unsupportedScheme(Path path, String scheme) {
    return new UnusableLakeException(
        "Cannot publish to "
            + path
            + ": nothing is known about how the file system '"
            + scheme
            + "' keeps two writers apart, and a lost publication would go unnoticed. Use a lake on"
            + " file, hdfs or s3a (s3a:// also where others write s3://).");
  }

  static UnusableLakeException noHardLinks(Path path, Exception cause) {
    return new UnusableLakeException(
        "Cannot publish to "
            + path
            + ": the local file system refused a hard link ("
            + Words.inside(cause)
            + "), without which two writers cannot be kept apart. Put the lake on a file system"
            + " with hard links (ext4, xfs, apfs).",
        cause);
  }

  static UnusableLakeException conditionIgnored(Path root) {
    return new UnusableLakeException(
        "Cannot publish to the lake "
            + root
            + ": its store ignores the condition of a conditional write (If-None-Match), so that"
            + " two writers of one version both win and one of them is lost unnoticed. Put the"
            + " lake on a store that heeds it, as Amazon S3 does; or --conf "
            + LogStores.ONLY_WRITER
            + "=true if nobody else writes to this lake.");
  }

  static UnusableLakeException conditionRefused(Path path, IOException cause) {
    return new UnusableLakeException(
        "Cannot publish to "
            + path
            + ": its store doesn't know conditional writes (If-None-Match), without which two"
            + " writers cannot be kept apart ("
            + Words.inside(cause)
            + "). Put the lake on a store that knows them, as Amazon S3 does. --conf "
            + LogStores.ONLY_WRITER
            + "=true doesn't help: every number of an attempt and every version is written by one.",
        cause);
  }

  static FailedAccessException failed(String action, Path path, IOException cause) {
    return new FailedAccessException(
        action,
        path,
        cause,
        "Check that the file system is reachable, has space and allows this user to write there;"
            + " then run again.");
  }
}
