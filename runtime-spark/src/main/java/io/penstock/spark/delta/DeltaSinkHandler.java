package io.penstock.spark.delta;

import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.files.LogStores;
import io.penstock.spark.problems.ProblemCollector;
import io.penstock.spark.publication.Publications;
import io.penstock.spark.sink.PlannedSink;
import io.penstock.spark.sink.SinkHandler;
import io.penstock.spec.DeltaSink;
import io.penstock.spec.Partition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.StructType;

/**
 * Checks the rows that a pipeline writes against their Delta table.
 *
 * @param configuration with the session's settings in it
 */
public record DeltaSinkHandler(
    DeltaSink sink,
    String pipeline,
    PinnedTables tables,
    Configuration configuration,
    ProblemCollector problems)
    implements SinkHandler {
  /** Longer than an attempt may take to publish. */
  private static final Duration LEAST_MEMORY = Publications.LONGEST_ATTEMPT.plusDays(1);

  @Override
  public Optional<String> conflictingOutput(Path target) {
    LakeFiles files = LakeFiles.of(target, configuration);
    boolean isTable =
        files.list(target).stream()
            .map(LakeFiles.Entry::name)
            .anyMatch(LakeLayout.TABLE_LOG::equals);
    return isTable
        ? Optional.empty()
        : UnbornTable.foreign(target, files)
            .map(name -> "the folder holds other things, such as '" + name + "'");
  }

  @Override
  public PlannedSink plan(Write write, Path target, StructType schema) {
    Optional<PinnedTable> table = tables.at(sink.path());
    requireSafeLogStore(write, target);
    requireColumns(write, schema);
    requireStorable(write, schema, table);
    table.ifPresent(existing -> requireAttemptMemory(write, existing));
    table.ifPresent(existing -> requireWritable(write, existing));
    Optional<SchemaChange> change = table.map(existing -> compared(write, schema, existing));
    return new PlannedTable(write, target, schema, table, change, tables.latest());
  }

  @Override
  public boolean preservesValues() {
    return true;
  }

  /** Of two processes that commit the same version of the table, one has to fail. */
  private void requireSafeLogStore(Write write, Path target) {
    if (configuration.getBoolean(LogStores.ONLY_WRITER, false)) {
      return;
    }
    LogStores.check(target, tables.logStore(write.sink().path()))
        .ifPresent(
            unsafe ->
                problems.add(
                    Problem.at(write, "UNSAFE_LOG_STORE", unsafe.problem(), unsafe.fix())));
  }

  /** Finds what Delta would refuse when the rows are written, or committed. */
  private void requireWritable(Write write, PinnedTable table) {
    for (WriteObstacle obstacle : tables.obstacles(table)) {
      problems.add(
          Problem.at(
              write,
              obstacle.code(),
              "Cannot write to '%s': %s.".formatted(write.sink().path(), obstacle.why()),
              obstacle.fix()));
    }
  }

  /** By the table an attempt that was suspended for days finds out that a later one published. */
  private void requireAttemptMemory(Write write, PinnedTable table) {
    table
        .attemptMemory()
        .filter(memory -> memory.compareTo(LEAST_MEMORY) < 0)
        .ifPresent(
            memory ->
                problems.add(
                    Problem.at(
                        write,
                        "ATTEMPTS_FORGOTTEN",
                        "Cannot write to '%s': by its property %s the table forgets after %s which attempt published last, and one that stood still could overwrite a later one."
                            .formatted(
                                write.sink().path(), PinnedTable.ATTEMPT_MEMORY, text(memory)),
                        "ALTER TABLE delta.`%s` UNSET TBLPROPERTIES ('%s'), or set it to %s days or more."
                            .formatted(
                                table.path(), PinnedTable.ATTEMPT_MEMORY, LEAST_MEMORY.toDays()))));
  }

  private static String text(Duration duration) {
    return duration.toHours() > 0
        ? duration.toHours() + " hours"
        : duration.toSeconds() + " seconds";
  }

  /** Data files don't hold the partition columns, and need at least one other. */
  private void requireColumns(Write write, StructType schema) {
    List<String> partition = write.sink().partition().map(Partition::columnNames).orElse(List.of());
    if (partition.containsAll(List.of(schema.fieldNames()))) {
      problems.add(
          Problem.at(
              write,
              "NO_COLUMNS",
              "Cannot write to '%s': the rows have no column%s."
                  .formatted(
                      write.sink().path(), schema.isEmpty() ? "" : " besides the partition's"),
              "select at least one column that is not the partition's."));
    }
  }

  private void requireStorable(Write write, StructType schema, Optional<PinnedTable> table) {
    for (UnstorableColumn column : tables.unstorable(schema, table)) {
      problems.add(
          Problem.at(
              write,
              "UNWRITABLE_COLUMN",
              "Cannot write '%s' to a Delta table: %s.".formatted(column.name(), column.reason()),
              column.fix() + "."));
    }
  }

  private SchemaChange compared(Write write, StructType schema, PinnedTable table) {
    List<String> wanted = sink.partition().map(Partition::columnNames).orElse(List.of());
    Optional<Problem> contract = TableContractCheck.ofTable(write, pipeline, table);
    contract.ifPresent(problems::add);
    boolean divided = sink.partition().isPresent() && contract.isEmpty();
    if (divided && !wanted.equals(table.partitionColumns())) {
      problems.add(
          Problem.at(
              write,
              "PARTITION_MISMATCH",
              "Cannot replace '%s' by %s: the table is partitioned by %s."
                  .formatted(sink.path(), sink.partition().orElseThrow(), table.partitionColumns()),
              "overwrite by the table's own partition, or write to another table."));
    }
    SchemaChange change = table.compareWith(schema);
    boolean mayAdd = sink.whenColumnsAreNew() == DeltaSink.WhenColumnsAreNew.ADD;
    switch (change.kind()) {
      case EQUAL -> {}
      case NEW_COLUMNS -> {
        if (!mayAdd) {
          differs(
              write,
              change,
              "leave the new columns out, or add allowNewColumns() to the sink, or change the"
                  + " table:\n"
                  + change.alterTable(table.path()).orElse(""));
        }
      }
      case INCOMPATIBLE ->
          differs(
              write,
              change,
              "make the rows fit the table, cast where a type differs, or change the table."
                  + change.alterTable(table.path()).map(sql -> "\n" + sql).orElse(""));
    }
    return change;
  }

  private void differs(Write write, SchemaChange change, String fix) {
    String why = change.problems().isEmpty() ? "" : "\n" + String.join("\n", change.problems());
    problems.add(
        Problem.at(
            write,
            "SCHEMA_MISMATCH",
            "Cannot write to '%s': the rows' schema differs from the table's.%s\n%s"
                .formatted(write.sink().path(), why, change.sideBySide()),
            fix));
  }
}
