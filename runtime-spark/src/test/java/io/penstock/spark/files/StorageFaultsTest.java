package io.penstock.spark.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.FailureKind;
import java.io.EOFException;
import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.apache.hadoop.hdfs.BlockMissingException;
import org.apache.hadoop.ipc.RemoteException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Only failures of file systems that are known to be transient are worth a retry. */
final class StorageFaultsTest {
  @Test
  void everyNamedClassExists() {
    assertThat(StorageFaults.classes())
        .allSatisfy(
            name ->
                assertThat(Class.forName(name, false, getClass().getClassLoader())).isNotNull());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Input/output error",
        "/lake/x (Too many open files)",
        "Stale file handle",
        "Could not obtain block: BP-1 file=/lake/x",
        "File /lake/x could only be written to 0 of the 1 minReplication nodes.",
        "All datanodes [DatanodeInfoWithStorage] are bad. Aborting...",
      })
  void errorsOfTheOperatingSystemAreFaultsOfTheStorage(String message) {
    assertThat(StorageFaults.kind(new IOException(message))).contains(FailureKind.STORAGE);
  }

  @Test
  void anUnexpectedFileOrFolderIsNotTransient() {
    assertThat(StorageFaults.kind(new FileAlreadyExistsException("/lake/x")))
        .contains(FailureKind.INVALID);
    assertThat(StorageFaults.kind(new NotDirectoryException("/lake/x")))
        .contains(FailureKind.INVALID);
    assertThat(StorageFaults.kind(new FileSystemException("/lake/x", null, "File name too long")))
        .contains(FailureKind.INVALID);
    assertThat(StorageFaults.kind(new FileSystemException("/lake/x", null, "Input/output error")))
        .contains(FailureKind.STORAGE);
  }

  @Test
  void remoteExceptionsAreKnownByName() {
    assertThat(
            StorageFaults.kind(
                new RemoteException("org.apache.hadoop.ipc.StandbyException", "not active")))
        .contains(FailureKind.UNAVAILABLE);
    assertThat(StorageFaults.kind(new RemoteException("com.example.New", "what?"))).isEmpty();
    assertThat(StorageFaults.kind(new BlockMissingException("/lake/x", "gone", 0)))
        .contains(FailureKind.STORAGE);
  }

  @Test
  void otherExceptionsAreNotClassified() {
    assertThat(StorageFaults.kind(new IOException("a surprise"))).isEmpty();
    assertThat(StorageFaults.kind(new IOException())).isEmpty();
    assertThat(StorageFaults.kind(new FileSystemException("/lake/x", null, "a surprise")))
        .isEmpty();
    assertThat(StorageFaults.kind(new FileSystemException("/lake/x"))).isEmpty();
    assertThat(StorageFaults.kind(new UnknownHostException("name"))).isEmpty();
    assertThat(StorageFaults.kind(new IllegalStateException("Input/output error"))).isEmpty();
  }

  @Test
  void brokenConnectionsAreUnavailableServices() {
    for (IOException broken :
        List.of(
            new SSLHandshakeException("Remote host terminated the handshake"),
            new EOFException("End of File Exception between local host is: a; destination is: b"),
            new EOFException("Premature EOF: no length prefix available"),
            new ClosedChannelException())) {
      assertThat(StorageFaults.kind(broken)).as("%s", broken).contains(FailureKind.UNAVAILABLE);
    }
    assertThat(StorageFaults.kind(new SSLHandshakeException("certificate_unknown")))
        .contains(FailureKind.INVALID);
  }
}
