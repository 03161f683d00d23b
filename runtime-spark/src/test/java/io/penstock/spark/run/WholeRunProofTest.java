package io.penstock.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.testing.Proofs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random histories of whole runs on Spark and Delta: first and repeated runs, refused ones, ones
 * that die at a step, recoveries and clean-ups, and what others do to the table meanwhile. After
 * each step table and export hold what the model says, and who reads a day copies all of it, or
 * says that it is missing.
 */
@Tag("proof")
final class WholeRunProofTest {
  private static final int STEPS_IN_ONE_LAKE = 12;

  private static Path template;

  @BeforeAll
  static void makeALake(@TempDir Path made) {
    template = made;
    WholeRuns.fill(made);
  }

  @Test
  void everyHistoryLeavesWhatTheModelSays(@TempDir Path directory) throws IOException {
    int crashes = Proofs.full() ? 300 : 4;
    int steps = Proofs.full() ? 500 : 12;
    Random random = Proofs.random("histories of whole runs");
    WholeRunsDeck deck = new WholeRunsDeck(random);
    WholeRunsTally tally = new WholeRunsTally();
    for (int lake = 0; !tally.reaches(crashes, steps); lake++) {
      Path root = Files.createDirectory(directory.resolve("lake-" + lake));
      try (WholeRuns runs = new WholeRuns(template, root, random, deck, tally)) {
        for (int step = 0; step < STEPS_IN_ONE_LAKE && !tally.reaches(crashes, steps); step++) {
          runs.step();
        }
        runs.finish();
      }
    }
    // Each step compares the lake with the model; this tells that there were as many as were asked
    // for.
    assertThat(tally.crashes).as("crashes").isGreaterThanOrEqualTo(crashes);
    assertThat(tally.steps).as("steps").isGreaterThanOrEqualTo(steps);
    Proofs.tell("whole runs: " + tally + "; 0 lost, 0 doubled, 0 mixed");
  }
}
