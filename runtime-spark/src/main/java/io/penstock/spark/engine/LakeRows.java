package io.penstock.spark.engine;

import io.penstock.engine.Preview;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.expressions.Predicates;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.kinds.Kinds;
import io.penstock.spark.outputs.OutputSuggestions;
import io.penstock.spark.run.Rejections;
import io.penstock.spark.run.RunFailures;
import io.penstock.spec.LakePath;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/** Shows the rows of a lake's outputs, and those that checks refused. */
record LakeRows(
    SparkSession session,
    LakeRoot root,
    Configuration configuration,
    Kinds kinds,
    Rejections rejections) {
  /** As {@link io.penstock.engine.Lake#show}. */
  Preview show(LakePath path, Optional<String> where, int limit, Optional<String> rejectedRun) {
    // A predicate may choose rows of any partition.
    long least = where.isPresent() ? Long.MAX_VALUE : limit + 1L;
    Dataset<Row> rows =
        rejectedRun.map(runId -> rejected(path, runId)).orElseGet(() -> published(path, least));
    return Previews.first(where.map(predicate -> filtered(rows, predicate)).orElse(rows), limit);
  }

  /** Only analyses the predicate: what computing the rows throws later is not its fault. */
  private Dataset<Row> filtered(Dataset<Row> rows, String predicate) {
    try {
      return Predicates.filter(session, rows, predicate, "--where");
    } catch (Exception e) {
      Optional<String> advice = Predicates.advice(session, e, List.of(rows.columns()));
      if (advice.isPresent()) {
        throw new RunFailedException(RunFailures.predicate(predicate, e, advice.get()));
      }
      throw e;
    }
  }

  private Dataset<Row> rejected(LakePath path, String runId) {
    return rejections
        .of(path, runId)
        .map(output -> kinds.rejected(output, runId))
        .orElseThrow(
            () ->
                EngineErrors.nothingToShow(
                    "No check of run '" + runId + "' refused anything for '" + path + "'.",
                    "look up the run's id in its result line."));
  }

  private Dataset<Row> published(LakePath path, long least) {
    return kinds
        .published(path, least)
        .orElseThrow(
            () ->
                EngineErrors.nothingToShow(
                    "There is no Delta table and no export at '" + path + "'" + instead(path),
                    OutputSuggestions.in(root, configuration).forOutput(path.text())));
  }

  private String instead(LakePath path) {
    Path directory = root.resolve(path.text());
    return LakeFiles.of(directory, configuration).exists(directory)
        ? ": what is there are files as they arrived, or folders, which are not shown."
        : ".";
  }
}
