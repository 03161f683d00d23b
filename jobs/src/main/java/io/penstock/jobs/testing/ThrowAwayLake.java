package io.penstock.jobs.testing;

import io.penstock.dsl.Penstock;
import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.Engine;
import io.penstock.engine.EngineSettings;
import io.penstock.engine.Preview;
import io.penstock.engine.ProgressListener;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.RunRequest;
import io.penstock.jobs.cli.EngineFinder;
import io.penstock.jobs.lake.TemporaryLake;
import io.penstock.jobs.result.RunIds;
import io.penstock.spec.Interval;
import io.penstock.spec.TypedValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A lake in a temporary directory, with an engine on it. The engines of a JVM share what is costly
 * to start; the directories go when the JVM ends.
 */
final class ThrowAwayLake {
  /** Enough for any test, and an end to a runaway one. */
  private static final int MOST_ROWS = 100_000;

  private static final Map<String, String> SMALL_SETTINGS =
      Map.of(
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "2",
          "spark.databricks.delta.snapshotPartitions", "1");

  private final RunIds runIds = new RunIds(new SecureRandom());
  private final Path root;
  private final Engine engine;
  private int files;

  private ThrowAwayLake(Path root, Engine engine) {
    this.root = root;
    this.engine = engine;
  }

  static ThrowAwayLake open() {
    try {
      Path root = TemporaryLake.make("penstock-test-");
      return new ThrowAwayLake(
          root,
          EngineFinder.find()
              .open(
                  new EngineSettings(
                      root.toString(),
                      Optional.of("local[2]"),
                      SMALL_SETTINGS,
                      EngineSettings.Logs.QUIET)));
    } catch (IOException e) {
      throw TestingErrors.notWritten("a lake", e);
    }
  }

  Path root() {
    return root;
  }

  void write(String path, String content) {
    Path file = root.resolve(path);
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, content);
    } catch (IOException e) {
      throw TestingErrors.notWritten("the file '" + path + "'", e);
    }
  }

  /** Rows as files in the lake, in a place of their own; what they are read from. */
  Rows stored(GivenRows rows) {
    files++;
    String folder = "given/" + files;
    write(folder + "/rows.json", rows.json());
    // No rows make a file without lines, which a source has to accept.
    return Penstock.read(Penstock.json(folder).schema(rows.schema()).orEmpty());
  }

  RunReport run(Pipeline pipeline, Optional<Interval> unit, Map<String, TypedValue> arguments) {
    Instant now = Instant.now();
    return engine
        .compile(new RunRequest(pipeline, unit, arguments, runIds.next(now), now))
        .execute(new PublishGate(), ProgressListener.SILENT);
  }

  Preview view(Rows rows) {
    return engine.view(rows, Optional.empty()).first(MOST_ROWS);
  }
}
