package io.penstock.spark.files;

import io.penstock.engine.FailureKind;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NotDirectoryException;
import java.nio.file.NotLinkException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.apache.hadoop.ipc.RemoteException;

/**
 * What faults of file systems mean. Worth another try is only what is known to pass: an error of
 * the machine by its words, since Java has no classes for them, and those of Hadoop's file systems
 * by the names of their classes, whose jars need not be there.
 */
public final class StorageFaults {
  /** What strerror(3) says of faults that pass or are mended from outside. */
  private static final Pattern MACHINE =
      Pattern.compile(
          "Input/output error|No space left on device|[Dd]isk quota exceeded|File too large"
              + "|Stale file handle|Read-only file system|Too many open files|No such device"
              + "|Resource temporarily unavailable|Device or resource busy|Interrupted system call"
              + "|Cannot allocate memory|Transport endpoint is not connected|Remote I/O error"
              + "|Broken pipe|Communication error on send|Host is down|Structure needs cleaning"
              + "|No locks available|No medium found");

  private static final Pattern NETWORK =
      Pattern.compile(
          "Connection (?:reset|refused|timed out|closed)|No route to host|Network is unreachable"
              + "|[Rr]ead timed out|Premature EOF|Remote host terminated the handshake"
              + "|Filesystem closed|is in safe mode|End of File Exception between local host");

  /** What the streams of HDFS say by a plain exception. */
  private static final Pattern HDFS =
      Pattern.compile(
          "Could not obtain block|could only be written to \\d+ of the|All datanodes .* are bad"
              + "|does not have enough number of replicas|Failed to replace a bad datanode"
              + "|Unable to close file|Got error, status|Cannot obtain block length");

  /** Whatever went wrong on this side of S3. */
  private static final String ANY_OF_S3 = "org.apache.hadoop.fs.s3a.AWSClientIOException";

  private static final Set<Class<? extends FileSystemException>> LASTING =
      Set.of(
          NotDirectoryException.class,
          DirectoryNotEmptyException.class,
          FileAlreadyExistsException.class,
          FileSystemLoopException.class,
          NotLinkException.class);

  private static final Set<String> LASTING_REASONS =
      Set.of(
          "Not a directory",
          "Is a directory",
          "File name too long",
          "Too many levels of symbolic links",
          "Invalid argument");

  private static final Map<String, FailureKind> BY_CLASS = new LinkedHashMap<>();

  static {
    all(
        FailureKind.STORAGE,
        "org.apache.hadoop.hdfs.BlockMissingException",
        "org.apache.hadoop.hdfs.CannotObtainBlockLengthException",
        "org.apache.hadoop.hdfs.protocol.DSQuotaExceededException",
        "org.apache.hadoop.hdfs.protocol.NSQuotaExceededException",
        "org.apache.hadoop.hdfs.protocol.QuotaExceededException",
        "org.apache.hadoop.fs.FSError",
        "org.apache.hadoop.util.DiskChecker$DiskErrorException",
        "org.apache.hadoop.util.DiskChecker$DiskOutOfSpaceException");
    all(
        FailureKind.UNAVAILABLE,
        "org.apache.hadoop.ipc.StandbyException",
        "org.apache.hadoop.ipc.RetriableException",
        "org.apache.hadoop.ipc.ObserverRetryOnActiveException",
        "org.apache.hadoop.hdfs.server.namenode.SafeModeException",
        "org.apache.hadoop.net.ConnectTimeoutException",
        "org.apache.hadoop.fs.s3a.AWSNoResponseException",
        "org.apache.hadoop.fs.s3a.AWSApiCallTimeoutException",
        "org.apache.hadoop.fs.s3a.AWSServiceThrottledException",
        "org.apache.hadoop.fs.s3a.AWSStatus500Exception",
        ANY_OF_S3,
        "org.apache.hadoop.fs.s3a.HttpChannelEOFException",
        "java.nio.channels.ClosedChannelException",
        "javax.net.ssl.SSLException",
        "java.net.http.HttpTimeoutException");
    all(
        FailureKind.TRY_AGAIN,
        "org.apache.hadoop.fs.s3a.RemoteFileChangedException",
        "org.apache.hadoop.hdfs.protocol.AlreadyBeingCreatedException",
        "org.apache.hadoop.hdfs.protocol.RecoveryInProgressException",
        "org.apache.hadoop.hdfs.server.namenode.LeaseExpiredException",
        "org.apache.hadoop.hdfs.server.namenode.NotReplicatedYetException",
        "org.apache.spark.shuffle.FetchFailedException",
        "org.apache.spark.shuffle.MetadataFetchFailedException");
    all(
        FailureKind.NOT_PERMITTED,
        "org.apache.hadoop.security.AccessControlException",
        "org.apache.hadoop.fs.s3a.CredentialInitializationException",
        "org.apache.hadoop.fs.s3a.auth.NoAuthWithAWSException",
        "org.apache.hadoop.fs.s3a.auth.NoAwsCredentialsException",
        "javax.security.sasl.SaslException",
        "org.apache.hadoop.security.KerberosAuthException");
    all(
        FailureKind.INVALID,
        "org.apache.hadoop.fs.s3a.AWSBadRequestException",
        "org.apache.hadoop.fs.s3a.AWSRedirectException",
        "org.apache.hadoop.fs.s3a.AWSUnsupportedFeatureException",
        "org.apache.hadoop.fs.s3a.UnknownStoreException",
        "org.apache.hadoop.fs.InvalidPathException",
        "org.apache.hadoop.fs.ParentNotDirectoryException",
        "org.apache.hadoop.fs.PathIsDirectoryException",
        "org.apache.hadoop.fs.PathIsNotDirectoryException",
        "org.apache.hadoop.fs.UnresolvedLinkException",
        "javax.net.ssl.SSLHandshakeException",
        "javax.net.ssl.SSLPeerUnverifiedException");
  }

  private StorageFaults() {}

  /** The names of the classes that are known. */
  static Set<String> classes() {
    return Set.copyOf(BY_CLASS.keySet());
  }

  /** What an exception means, its causes left aside; empty when nobody has decided. */
  public static Optional<FailureKind> meaning(Throwable cause) {
    if (cause instanceof SSLException
        && NETWORK.matcher(String.valueOf(cause.getMessage())).find()) {
      return Optional.of(FailureKind.UNAVAILABLE);
    }
    if (cause.getClass().getName().equals(ANY_OF_S3) && cause.getCause() != null) {
      // What it was wrapped around says more.
      Optional<FailureKind> beneath = meaning(cause.getCause());
      if (beneath.isPresent()) {
        return beneath;
      }
    }
    for (Class<?> type = cause.getClass(); type != null; type = type.getSuperclass()) {
      FailureKind kind = BY_CLASS.get(type.getName());
      if (kind != null) {
        return Optional.of(kind);
      }
    }
    if (cause instanceof FileSystemException file && isLasting(file)) {
      return Optional.of(FailureKind.INVALID);
    }
    if (!(cause instanceof IOException) || cause.getClass().getName().startsWith("java.util.zip")) {
      return Optional.empty();
    }
    if (cause instanceof RemoteException remote && BY_CLASS.containsKey(remote.getClassName())) {
      return Optional.of(BY_CLASS.get(remote.getClassName()));
    }
    String message = String.valueOf(cause.getMessage());
    // The server's exception, which came here as its name.
    Optional<FailureKind> remote =
        BY_CLASS.entrySet().stream()
            .filter(known -> message.startsWith(known.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    if (remote.isPresent()) {
      return remote;
    }
    if (MACHINE.matcher(message).find() || HDFS.matcher(message).find()) {
      return Optional.of(FailureKind.STORAGE);
    }
    return NETWORK.matcher(message).find()
        ? Optional.of(FailureKind.UNAVAILABLE)
        : Optional.empty();
  }

  /** What lies where something else should lie stays there. */
  private static boolean isLasting(FileSystemException file) {
    return LASTING.contains(file.getClass())
        || LASTING_REASONS.contains(String.valueOf(file.getReason()));
  }

  private static void all(FailureKind kind, String... classes) {
    for (String name : classes) {
      BY_CLASS.put(name, kind);
    }
  }
}
