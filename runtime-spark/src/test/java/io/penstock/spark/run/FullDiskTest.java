package io.penstock.spark.run;

import io.penstock.spark.testing.MachineFault;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The disk is full, for a user without any rights: every write of this process is refused. */
final class FullDiskTest extends FullDiskContract {
  @TempDir private static Path directory;

  @Override
  Path makeLake() {
    return directory;
  }

  @Override
  MachineFault fullDisk() {
    return MachineFault.fullDisk();
  }
}
