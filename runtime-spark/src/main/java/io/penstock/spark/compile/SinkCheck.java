package io.penstock.spark.compile;

import io.penstock.engine.RunPlan;
import io.penstock.plan.Problem;
import io.penstock.plan.Suggestions;
import io.penstock.plan.Write;
import io.penstock.spark.csv.CsvFileWriter;
import io.penstock.spark.csv.UnwritableColumn;
import io.penstock.spark.delta.PinnedTable;
import io.penstock.spark.delta.SchemaChange;
import io.penstock.spark.delta.UnbornTable;
import io.penstock.spark.delta.UnstorableColumn;
import io.penstock.spark.delta.WriteObstacle;
import io.penstock.spark.export.ExportContracts;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.files.LogStores;
import io.penstock.spark.publication.Publications;
import io.penstock.spark.sql.Literals;
import io.penstock.spec.CsvSink;
import io.penstock.spec.DeltaSink;
import io.penstock.spec.Partition;
import io.penstock.spec.PartitionColumn;
import java.time.Duration;
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

/** Checks the rows that go into a sink against what the sink can hold. */
final class SinkCheck {
  private static final String DELTA_LOG = "_delta_log";

  /** Longer than an attempt may take to publish. */
  private static final Duration LEAST_MEMORY = Publications.LONGEST_ATTEMPT.plusDays(1);

  private final PinnedTables tables;
  private final LakeRoot root;
  private final Configuration configuration;
  private final boolean onlyWriter;
  private final Findings findings;
  private final String pipeline;
  private final ExportContracts exports;
  private final OutputPlaces places;

  /**
   * @param pipeline that writes
   * @param configuration with the session's settings in it
   */
  SinkCheck(
      String pipeline,
      PinnedTables tables,
      LakeRoot root,
      Configuration configuration,
      Findings findings) {
    this.configuration = configuration;
    this.onlyWriter = configuration.getBoolean(LogStores.ONLY_WRITER, false);
    this.tables = tables;
    this.root = root;
    this.findings = findings;
    this.pipeline = pipeline;
    this.exports = new ExportContracts(configuration);
    this.places = new OutputPlaces(root, configuration);
  }

  /** The sink as it will be written; its problems, if any, are noted. */
  PlannedSink plan(Write write, StructType schema) {
    Path target = root.resolve(write.sink().path().text());
    Optional<Problem> misplaced = places.ofSink(write, target);
    misplaced.ifPresentOrElse(findings::add, () -> isFree(write, target));
    if (!namesAreUnique(write, schema)) {
      return planned(write, target, schema, Optional.empty(), Optional.empty());
    }
    typesAreKnown(write, schema);
    write.sink().partition().ifPresent(partition -> hasPartition(write, schema, partition));
    if (write.sink() instanceof CsvSink) {
      isWritableAsCsv(write, schema);
      ContractCheck.ofExport(write, pipeline, target, exports).ifPresent(findings::add);
      return planned(write, target, schema, Optional.empty(), Optional.empty());
    }
    Optional<PinnedTable> table = tables.at(write.sink().path());
    isCommittedByOne(write, target);
    hasColumns(write, schema);
    isStorable(write, schema, table);
    table.ifPresent(existing -> remembersAttempts(write, existing));
    table.ifPresent(existing -> takesWrites(write, existing));
    Optional<SchemaChange> change =
        table.map(existing -> fits(write, (DeltaSink) write.sink(), schema, existing));
    return planned(write, target, schema, table, change);
  }

  private PlannedSink planned(
      Write write,
      Path target,
      StructType schema,
      Optional<PinnedTable> table,
      Optional<SchemaChange> change) {
    boolean present =
        write.sink() instanceof CsvSink
            ? LakeFiles.of(target, configuration).exists(target)
            : tables.at(write.sink().path()).isPresent();
    return new PlannedSink(
        write,
        target,
        schema,
        table,
        change,
        present ? RunPlan.Target.PRESENT : RunPlan.Target.TO_BE_CREATED);
  }

  /**
   * Nothing but an earlier output of the same kind lies at the target, or the beginnings of one.
   */
  private void isFree(Write write, Path target) {
    LakeFiles files = LakeFiles.of(target, configuration);
    List<String> names = files.list(target).stream().map(LakeFiles.Entry::name).toList();
    boolean isTable = names.contains(DELTA_LOG);
    String inTheWay = "";
    if (files.length(target).isPresent()) {
      inTheWay = "there is a file of that name";
    } else if (write.sink() instanceof CsvSink && isTable) {
      inTheWay = "a Delta table lies there";
    } else if (write.sink() instanceof DeltaSink && !isTable) {
      inTheWay =
          UnbornTable.foreign(target, files)
              .map(name -> "the folder holds other things, such as '" + name + "'")
              .orElse("");
    }
    if (!inTheWay.isEmpty()) {
      findings.add(
          Problem.at(
              write,
              "TARGET_IN_USE",
              "Cannot write to '%s': %s.".formatted(write.sink().path(), inTheWay),
              "write to another path, or move away what lies there."));
    }
  }

  /** Of two processes that commit the same version of the table, one is told that it didn't. */
  private void isCommittedByOne(Write write, Path target) {
    if (onlyWriter) {
      return;
    }
    LogStores.check(target, tables.logStore(write.sink().path()))
        .ifPresent(
            unsafe ->
                findings.add(
                    Problem.at(write, "UNSAFE_LOG_STORE", unsafe.problem(), unsafe.fix())));
  }

  /** What Delta would say of the table itself when the rows are written, or committed. */
  private void takesWrites(Write write, PinnedTable table) {
    for (WriteObstacle obstacle : tables.obstacles(table)) {
      findings.add(
          Problem.at(
              write,
              obstacle.code(),
              "Cannot write to '%s': %s.".formatted(write.sink().path(), obstacle.why()),
              obstacle.fix()));
    }
  }

  /** An attempt that stood still for days is told by the table that another came after it. */
  private void remembersAttempts(Write write, PinnedTable table) {
    table
        .attemptMemory()
        .filter(memory -> memory.compareTo(LEAST_MEMORY) < 0)
        .ifPresent(
            memory ->
                findings.add(
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
      findings.add(
          Problem.at(
              write,
              "DUPLICATE_COLUMN",
              "Cannot write '%s' %s times: columns are told apart without regard to case."
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
        findings.add(
            Problem.at(
                write,
                "UNTYPED_COLUMN",
                "Cannot write '" + field.name() + "': it is or holds a NULL without a type.",
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
        findings.add(
            Problem.at(
                write,
                "PARTITION_COLUMN_MISSING",
                "Cannot replace '%s' by %s: the rows have no column '%s'."
                    .formatted(write.sink().path(), partition, column.name()),
                Suggestions.sentence(column.name(), "Columns", List.of(schema.fieldNames()))));
      } else if (!field.get().dataType().equals(Literals.dataType(column.type()))) {
        findings.add(
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

  /** The files of a table hold its columns, but not those of its partition. */
  private void hasColumns(Write write, StructType schema) {
    List<String> elsewhere = write.sink().partition().map(Partition::columnNames).orElse(List.of());
    if (elsewhere.containsAll(List.of(schema.fieldNames()))) {
      findings.add(
          Problem.at(
              write,
              "NO_COLUMNS",
              "Cannot write to '%s': the rows have no column%s."
                  .formatted(
                      write.sink().path(), schema.isEmpty() ? "" : " besides the partition's"),
              "select at least one column that is not the partition's."));
    }
  }

  private void isStorable(Write write, StructType schema, Optional<PinnedTable> table) {
    for (UnstorableColumn column : UnstorableColumn.in(schema, table)) {
      findings.add(
          Problem.at(
              write,
              "UNWRITABLE_COLUMN",
              "Cannot write '%s' to a Delta table: %s.".formatted(column.name(), column.reason()),
              column.fix() + "."));
    }
  }

  private void isWritableAsCsv(Write write, StructType schema) {
    for (UnwritableColumn column : CsvFileWriter.unwritableColumns(schema)) {
      findings.add(
          Problem.at(
              write,
              "UNWRITABLE_COLUMN",
              "Cannot write '%s' as CSV: %s.".formatted(column.name(), column.reason()),
              "turn it into text, such as to_json(%1$s) AS %1$s, or leave it out."
                  .formatted(column.name())));
    }
  }

  private SchemaChange fits(Write write, DeltaSink sink, StructType schema, PinnedTable table) {
    List<String> wanted = sink.partition().map(Partition::columnNames).orElse(List.of());
    Optional<Problem> contract = ContractCheck.ofTable(write, pipeline, table);
    contract.ifPresent(findings::add);
    boolean divided = sink.partition().isPresent() && contract.isEmpty();
    if (divided && !wanted.equals(table.partitionColumns())) {
      findings.add(
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
    findings.add(
        Problem.at(
            write,
            "SCHEMA_MISMATCH",
            "Cannot write to '%s': the rows' schema differs from the table's.%s\n%s"
                .formatted(write.sink().path(), why, change.sideBySide()),
            fix));
  }
}
