package io.penstock.spark.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The one PostgreSQL server of a test JVM: a real one, from the binaries on the class path, in a
 * temporary directory, on the loopback interface. It starts when it is asked for first, in UTC, and
 * ends with the JVM.
 *
 * <p>PostgreSQL refuses to run as root. Where the tests do, as in containers, it runs as {@code
 * nobody}.
 */
public final class PostgresServer {
  private static final String USER = "postgres";

  /** The user and group {@code nobody}, whom every Linux has by this number. */
  private static final String NOBODY = "65534";

  private final Path home;
  private final int port;
  private final Process process;

  private PostgresServer(Path home, int port, Process process) {
    this.home = home;
    this.port = port;
    this.process = process;
  }

  /** The server, running. */
  public static PostgresServer running() {
    return Holder.SERVER;
  }

  /** A new connection as the superuser. */
  public Connection connect() {
    try {
      return DriverManager.getConnection(
          "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=" + USER);
    } catch (SQLException e) {
      throw new IllegalStateException("Cannot connect to the PostgreSQL server of the tests", e);
    }
  }

  private static final class Holder {
    static final PostgresServer SERVER = start();
  }

  private static PostgresServer start() {
    try {
      Path home = Files.createTempDirectory("penstock-postgres-");
      extract(home);
      // Both directories have to be the server's own, whoever that is.
      Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
      Path data = Files.createDirectory(home.resolve("data"));
      if (root()) {
        Files.setOwner(
            data,
            home.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(NOBODY));
      }
      Path log = home.resolve("log");
      Process created =
          command(
                  home,
                  "initdb",
                  "-D",
                  data.toString(),
                  "-A",
                  "trust",
                  "-U",
                  USER,
                  "-E",
                  "UTF8",
                  "--no-locale",
                  "--no-sync")
              .redirectOutput(log.toFile())
              .start();
      if (created.waitFor() != 0) {
        throw new IllegalStateException(
            "Cannot create a PostgreSQL database for the tests: " + Files.readString(log));
      }
      int port = freePort();
      Process process =
          command(
                  home,
                  "postgres",
                  "-D",
                  data.toString(),
                  "-p",
                  String.valueOf(port),
                  "-k",
                  "",
                  "-h",
                  "127.0.0.1",
                  "-F",
                  "-c",
                  "timezone=UTC")
              .redirectOutput(log.toFile())
              .start();
      PostgresServer server = new PostgresServer(home, port, process);
      Runtime.getRuntime().addShutdownHook(new Thread(server::end));
      server.awaitStart(log);
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start PostgreSQL for the tests", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while PostgreSQL starts", e);
    }
  }

  private static ProcessBuilder command(Path home, String program, String... arguments) {
    List<String> command = new ArrayList<>();
    if (root()) {
      command.addAll(List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups"));
    }
    command.add(home.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).directory(home.toFile()).redirectErrorStream(true);
  }

  private static boolean root() {
    try {
      return (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot find out who runs the tests", e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitStart(Path log) throws IOException, InterruptedException {
    Instant deadline = Instant.now().plusSeconds(60);
    while (true) {
      try {
        connect().close();
        return;
      } catch (SQLException | IllegalStateException e) {
        if (!process.isAlive() || Instant.now().isAfter(deadline)) {
          throw new IllegalStateException(
              "PostgreSQL for the tests does not start: " + Files.readString(log), e);
        }
        Thread.sleep(50);
      }
    }
  }

  private void end() {
    try {
      // It waits for the connections that are open, which is not worth more than a moment.
      process.destroy();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      try (Stream<Path> tree = Files.walk(home)) {
        for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot remove the PostgreSQL server of the tests", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void extract(Path home) throws IOException {
    String machine =
        System.getProperty("os.arch").toLowerCase(Locale.ROOT).matches("aarch64|arm64")
            ? "arm_64"
            : "x86_64";
    String archive = "/postgres-linux-" + machine + ".txz";
    try (InputStream in = PostgresServer.class.getResourceAsStream(archive);
        TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(in))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        Path path = home.resolve(entry.getName()).normalize();
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
          } else {
            Files.copy(tar, path);
            Files.setPosixFilePermissions(
                path,
                PosixFilePermissions.fromString(
                    (entry.getMode() & 0100) == 0 ? "rw-r--r--" : "rwxr-xr-x"));
          }
        }
      }
    }
  }
}
