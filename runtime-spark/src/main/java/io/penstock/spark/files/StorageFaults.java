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
 * Classifies failures of file systems. Only a failure that is known to be transient is worth a
 * retry: errors of the operating system are recognised by their text, since Java has no classes for
 * them, and those of Hadoop's file systems by class name, since their jars may be absent.
 */
public final class StorageFaults {
  /** Texts of strerror(3) for faults that pass or that an administrator can repair. */
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

  /** Texts of plain exceptions that the streams of HDFS throw. */
  private static final Pattern HDFS =
      Pattern.compile(
          "Could not obtain block|could only be written to \\d+ of the|All datanodes .* are bad"
              + "|does not have enough number of replicas|Failed to replace a bad datanode"
              + "|Unable to close file|Got error, status|Cannot obtain block length");

  /** Any failure on the client's side of S3. */
  private static final String S3_CLIENT = "org.apache.hadoop.fs.s3a.AWSClientIOException";

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
        S3_CLIENT,
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

  /** The names of the known classes. */
  static Set<String> classes() {
    return Set.copyOf(BY_CLASS.keySet());
  }

  /** The kind of an exception, its causes left aside; empty if it isn't classified here. */
  public static Optional<FailureKind> kind(Throwable cause) {
    if (cause instanceof SSLException
        && NETWORK.matcher(String.valueOf(cause.getMessage())).find()) {
      return Optional.of(FailureKind.UNAVAILABLE);
    }
    if (cause.getClass().getName().equals(S3_CLIENT) && cause.getCause() != null) {
      // The cause is more specific.
      Optional<FailureKind> beneath = kind(cause.getCause());
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
    // An exception of the server, of which only the name arrived.
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

  /** A file where a directory is expected, or the like, doesn't go away by itself. */
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
