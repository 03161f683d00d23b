package io.penstock.spark.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.penstock.engine.RunNames;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.sink.RejectedOutput;
import io.penstock.spec.LakePath;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Stores what checks refused, {@code _penstock/rejected/<run>.json}, so that it can be looked at:
 * the files themselves stay where they were written, and nothing else refers to them.
 */
public final class Rejections {
  private final LakeRoot root;
  private final Configuration configuration;
  private final ObjectMapper mapper = new ObjectMapper();

  /**
   * @param kinds what is kept of an output, by the name of its kind
   */
  public Rejections(
      LakeRoot root,
      Configuration configuration,
      Map<String, Class<? extends RejectedOutput>> kinds) {
    this.root = root;
    this.configuration = configuration;
    kinds.forEach((name, type) -> mapper.registerSubtypes(new NamedType(type, name)));
  }

  /** Keeps the outputs of a run. */
  void keep(String runId, List<RejectedOutput> outputs) {
    Path file = file(runId);
    try (OutputStream out = LakeFiles.of(file, configuration).create(file)) {
      mapper.writeValue(out, new RejectedDocument(outputs));
    } catch (IOException e) {
      throw RunFailures.rejectionNotKept(file, e);
    }
  }

  /** The outputs of a run; empty when no check of that run refused anything. */
  Optional<List<RejectedOutput>> of(String runId) {
    // It is what a user typed, and becomes part of a path.
    if (!RunNames.isRunId(runId)) {
      return Optional.empty();
    }
    Path file = file(runId);
    LakeFiles files = LakeFiles.of(file, configuration);
    if (!files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = files.open(file)) {
      return Optional.of(outputs(mapper.readTree(in)));
    } catch (IOException e) {
      throw RunFailures.rejectionUnreadable(file, e);
    }
  }

  /** What a run wrote for a path and what was refused. */
  public Optional<RejectedOutput> of(LakePath path, String runId) {
    return of(runId).stream()
        .flatMap(List::stream)
        .filter(output -> output.path().equals(path.text()))
        .findFirst();
  }

  private List<RejectedOutput> outputs(JsonNode json) throws IOException {
    if (json.isArray()) {
      return outputs(RejectedDocument.upgraded(json));
    }
    if (json.isObject()) {
      return mapper.treeToValue(json, RejectedDocument.class).outputs();
    }
    throw new EOFException("there is no document in it");
  }

  private Path file(String runId) {
    return LakeLayout.rejected(root, runId);
  }
}
