package io.penstock.spark.run;

import io.penstock.spark.testing.MachineFault;
import io.penstock.spark.testing.Proofs;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk is full, for a user without any rights: every write of this process is refused, also
 * those that are not the test's own, so that it stays out of the everyday build.
 */
@Tag("spark")
@Tag(Proofs.FULL)
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
