package io.penstock.spark.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fault of the machine: a real one, which the kernel tells every writer of, whatever library it
 * writes by. It begins and ends as often as it is asked to.
 */
public interface MachineFault extends AutoCloseable {
  /** From here on the machine fails. */
  void begin();

  /** From here on it works again. */
  void end();

  @Override
  default void close() {
    end();
  }

  /**
   * Nothing can be written any more, although new names can still be made, as on a disk that is
   * full: no file of this process may grow beyond no bytes at all. Any user may do that to a
   * process of his own; it needs {@code prlimit}, of util-linux.
   */
  static MachineFault fullDisk() {
    String process = String.valueOf(ProcessHandle.current().pid());
    return new MachineFault() {
      @Override
      public void begin() {
        // The soft limit alone: who lowers the hard one can't raise it again.
        command("prlimit", "--pid", process, "--fsize=0:");
      }

      @Override
      public void end() {
        String hard = command("prlimit", "--pid", process, "--fsize", "--noheadings", "-o", "HARD");
        command("prlimit", "--pid", process, "--fsize=" + hard.strip() + ":");
      }
    };
  }

  /**
   * A directory in which nobody may create, replace or remove anything, at any depth. Permissions
   * don't bind root, under whom the tests run in containers: there the directories are made
   * immutable ({@code chattr}, of e2fsprogs, on ext4, xfs and btrfs).
   */
  static MachineFault readOnly(Path directory) {
    return new MachineFault() {
      @Override
      public void begin() {
        if (isRoot()) {
          command("chattr", "-R", "+i", directory.toString());
        } else {
          permit("r-xr-xr-x");
        }
      }

      @Override
      public void end() {
        if (isRoot()) {
          command("chattr", "-R", "-i", directory.toString());
        } else {
          permit("rwxr-xr-x");
        }
      }

      private void permit(String permissions) {
        try (Stream<Path> tree = Files.walk(directory)) {
          for (Path folder : tree.filter(Files::isDirectory).toList()) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(permissions));
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  /** Whether the tests run as root. */
  static boolean isRoot() {
    return command("id", "-u").strip().equals("0");
  }

  /** Runs a command of the system, which has to succeed, and returns what it says. */
  static String command(String... words) {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException("Cannot " + List.of(words) + ": " + said);
      }
      return said;
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot start " + words[0], e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while " + words[0] + " runs", e);
    }
  }
}
