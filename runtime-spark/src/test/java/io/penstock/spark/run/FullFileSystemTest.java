package io.penstock.spark.run;

import static io.penstock.spark.testing.MachineFault.command;

import io.penstock.spark.testing.MachineFault;
import io.penstock.spark.testing.Proofs;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk is full: a file system of a few megabytes without a free block. Only root may mount one,
 * so the tests have to run as root.
 */
@Tag("spark")
@Tag(Proofs.FULL)
final class FullFileSystemTest extends FullDiskContract {
  private static final String SIZE = "32m";

  @TempDir private static Path directory;

  private Path mounted;

  @Override
  Path makeLake() {
    try {
      mounted = Files.createDirectory(directory.resolve("mounted"));
      command("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "penstock", mounted.toString());
      return Files.createDirectory(mounted.resolve("lake"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  void unmount() {
    command("umount", "--lazy", mounted.toString());
  }

  @Override
  MachineFault fullDisk() {
    Path ballast = mounted.resolve("ballast");
    return new MachineFault() {
      @Override
      public void begin() {
        try (OutputStream out = Files.newOutputStream(ballast)) {
          byte[] page = new byte[4096];
          while (true) {
            out.write(page);
          }
        } catch (IOException e) {
          // It is full.
        }
      }

      @Override
      public void end() {
        try {
          Files.deleteIfExists(ballast);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }
}
