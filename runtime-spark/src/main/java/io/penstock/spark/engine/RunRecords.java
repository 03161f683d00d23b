package io.penstock.spark.engine;

import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.text.ExceptionText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The records of runs, {@code _penstock/runs/<pipeline>/<run id>.json}. */
final class RunRecords {
  private final LakeRoot root;
  private final LakeFiles files;

  RunRecords(LakeRoot root, Configuration configuration) {
    this.root = root;
    this.files = LakeFiles.of(root.path(), configuration);
  }

  /** As {@link io.penstock.engine.Lake#record}; returns where the record lies. */
  Path keep(String pipeline, String runId, String json) {
    Path file = file(pipeline, runId);
    files.replace(file, json.getBytes(StandardCharsets.UTF_8));
    return file;
  }

  /** As {@link io.penstock.engine.Lake#recordOf}. */
  Optional<String> find(String pipeline, String runId) {
    Path file = file(pipeline, runId);
    return files.exists(file) ? Optional.of(text(file)) : Optional.empty();
  }

  private Path file(String pipeline, String runId) {
    return LakeLayout.record(root, pipeline, runId);
  }

  private String text(Path file) {
    try (InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read '" + file + "': " + ExceptionText.sentence(e), e);
    }
  }
}
