package io.penstock.spark.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.engine.RunNames;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.sink.PreparedSink;
import io.penstock.spark.sink.RejectedOutput;
import io.penstock.spec.LakePath;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Remembers what checks refused, {@code _penstock/rejected/<run>.json}, so that somebody can look
 * at it: the files themselves lie where they were written, and nothing else refers to them.
 */
public final class Rejections {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final LakeRoot root;
  private final Configuration configuration;

  public Rejections(LakeRoot root, Configuration configuration) {
    this.root = root;
    this.configuration = configuration;
  }

  /** Keeps the outputs of a run. */
  void keep(String runId, List<PreparedSink> prepared) {
    List<RejectedOutput> outputs = prepared.stream().map(PreparedSink::rejected).toList();
    Path file = file(runId);
    try (OutputStream out = LakeFiles.of(file, configuration).create(file)) {
      JSON.writeValue(out, outputs.stream().map(RejectedOutput::json).toList());
    } catch (IOException e) {
      throw RunFailures.rejectionNotKept(file, e);
    }
  }

  /** The outputs of a run; empty when no check of that run refused anything. */
  Optional<List<RejectedOutput>> of(String runId) {
    // Somebody who looks for a run may type anything.
    if (!RunNames.isRunId(runId)) {
      return Optional.empty();
    }
    Path file = file(runId);
    LakeFiles files = LakeFiles.of(file, configuration);
    if (!files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = files.open(file)) {
      return Optional.of(
          Stream.of(JSON.readValue(in, JsonNode[].class)).map(RejectedOutput::new).toList());
    } catch (IOException e) {
      throw RunFailures.rejectionUnreadable(file, e);
    } catch (IllegalArgumentException e) {
      throw RunFailures.rejectionUnreadable(file, new IOException("a part of it is missing", e));
    }
  }

  /** What a run wrote for a path and what was refused. */
  public Optional<RejectedOutput> of(LakePath path, String runId) {
    return of(runId).stream()
        .flatMap(List::stream)
        .filter(output -> output.path().equals(path.text()))
        .findFirst();
  }

  private Path file(String runId) {
    return LakeLayout.rejected(root, runId);
  }
}
