package io.penstock.spark.compile;

import io.penstock.plan.Problem;
import io.penstock.plan.Suggestions;
import io.penstock.plan.Write;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.outputs.NestedOutputs;
import io.penstock.spark.problems.ProblemCollector;
import io.penstock.spark.sink.PlannedSink;
import io.penstock.spark.sink.SinkHandler;
import io.penstock.spark.sink.SinkHandlers;
import io.penstock.spark.sql.CatalystLiterals;
import io.penstock.spec.Partition;
import io.penstock.spec.PartitionColumn;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Checks the rows of a sink: first what holds for every kind of sink, then by its handler. */
final class SinkCheck {
  private final SinkHandlers handlers;
  private final LakeRoot root;
  private final LakeFiles files;
  private final NestedOutputs places;
  private final ProblemCollector problems;

  /**
   * @param configuration Hadoop's, with the session's settings
   */
  SinkCheck(
      SinkHandlers handlers,
      LakeRoot root,
      Configuration configuration,
      ProblemCollector problems) {
    this.handlers = handlers;
    this.root = root;
    this.files = LakeFiles.of(root.path(), configuration);
    this.places = new NestedOutputs(root, configuration);
    this.problems = problems;
  }

  /** The sink as it will be written, unless a problem keeps its handler from planning it. */
  Optional<PlannedSink> plan(Write write, StructType schema) {
    SinkHandler handler = handlers.of(write.sink());
    Path target = root.resolve(write.sink().path().text());
    Optional<Problem> misplaced = places.ofSink(write, target);
    misplaced.ifPresentOrElse(problems::add, () -> isFree(write, target, handler));
    if (!namesAreUnique(write, schema)) {
      return Optional.empty();
    }
    typesAreKnown(write, schema);
    write.sink().partition().ifPresent(partition -> hasPartition(write, schema, partition));
    return Optional.of(handler.plan(write, target, schema));
  }

  /**
   * Reports a target where something else lies than an earlier output of the same kind, complete or
   * not.
   */
  private void isFree(Write write, Path target, SinkHandler handler) {
    Optional<String> inTheWay =
        files.length(target).isPresent()
            ? Optional.of("there is a file of that name")
            : handler.conflictingOutput(target);
    inTheWay.ifPresent(
        what ->
            problems.add(
                Problem.at(
                    write,
                    "TARGET_IN_USE",
                    "Cannot write to '%s': %s.".formatted(write.sink().path(), what),
                    "write to another path, or move away what is there.")));
  }

  private boolean namesAreUnique(Write write, StructType schema) {
    Map<String, Integer> counts = new HashMap<>();
    for (String name : schema.fieldNames()) {
      counts.merge(name.toLowerCase(Locale.ROOT), 1, Integer::sum);
    }
    List<String> repeated =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() > 1)
            .map(Map.Entry::getKey)
            .sorted()
            .toList();
    for (String name : repeated) {
      problems.add(
          Problem.at(
              write,
              "DUPLICATE_COLUMN",
              "Cannot write column '%s' %s times: names of columns are compared without regard to case."
                  .formatted(name, counts.get(name)),
              "select one of them, or rename one. Columns: "
                  + String.join(", ", schema.fieldNames())
                  + "."));
    }
    return repeated.isEmpty();
  }

  private void typesAreKnown(Write write, StructType schema) {
    for (StructField field : schema.fields()) {
      if (field.dataType().existsRecursively(NullType.class::isInstance)) {
        problems.add(
            Problem.at(
                write,
                "UNTYPED_COLUMN",
                "Cannot write column '%s': it is, or contains, a NULL without a type."
                    .formatted(field.name()),
                "cast it, such as CAST(NULL AS STRING) AS " + field.name() + "."));
      }
    }
  }

  private void hasPartition(Write write, StructType schema, Partition partition) {
    for (PartitionColumn column : partition.columns()) {
      Optional<StructField> field =
          List.of(schema.fields()).stream()
              .filter(candidate -> candidate.name().equals(column.name()))
              .findFirst();
      if (field.isEmpty()) {
        problems.add(
            Problem.at(
                write,
                "PARTITION_COLUMN_MISSING",
                "Cannot replace '%s' by %s: the rows have no column '%s'."
                    .formatted(write.sink().path(), partition, column.name()),
                Suggestions.sentence(column.name(), "Columns", List.of(schema.fieldNames()))));
      } else if (!field.get().dataType().equals(CatalystLiterals.dataType(column.type()))) {
        problems.add(
            Problem.at(
                write,
                "PARTITION_COLUMN_TYPE",
                "Cannot replace '%s' by %s: column '%s' is %s, and the partition's is %s."
                    .formatted(
                        write.sink().path(),
                        partition,
                        column.name(),
                        field.get().dataType().sql(),
                        column.type()),
                "cast it, such as CAST(%1$s AS %2$s) AS %1$s."
                    .formatted(column.name(), column.type())));
      }
    }
  }
}
