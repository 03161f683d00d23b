package io.penstock.spark.delta;

import io.penstock.engine.MissingInput;
import io.penstock.engine.RunPlan;
import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import io.penstock.spark.failures.DamagedTables;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.outputs.OutputSuggestions;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.problems.ProblemCollector;
import io.penstock.spark.source.ColumnCollisions;
import io.penstock.spark.source.DeclaredColumns;
import io.penstock.spark.source.OpenedInput;
import io.penstock.spark.sql.CatalystLiterals;
import io.penstock.spark.sql.PartitionPredicate;
import io.penstock.spark.sql.Partitions;
import io.penstock.spec.DeltaSource;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.PartitionColumn;
import io.penstock.spec.Source;
import io.penstock.spec.Window;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Opens Delta tables as sources. */
public record DeltaSourceHandler(
    SparkSession session,
    PinnedTables tables,
    LakeRoot root,
    Optional<Interval> unit,
    ProblemCollector problems) {
  /** The source's rows; empty when its columns can't be known, for which a problem is noted. */
  public Optional<OpenedInput> open(Node.Read node, DeltaSource source) {
    return DamagedTables.opening(source.path(), () -> opened(node, source));
  }

  private Optional<OpenedInput> opened(Node.Read node, DeltaSource source) {
    Optional<PinnedTable> found = tables.at(source.path());
    if (found.isEmpty()) {
      if (source.whenMissing() == Source.WhenMissing.TREAT_AS_EMPTY
          && source.schema().isPresent()) {
        return Optional.of(withoutRows(source, source.schema().get()));
      }
      missingTable(node, source);
      return Optional.empty();
    }
    PinnedTable table = found.get();
    source.schema().ifPresent(ddl -> requireDeclared(source, ddl, table.schema()));
    Optional<Problem> contract = TableContractCheck.ofSource(node, table);
    if (source.window().isEmpty() || contract.isPresent()) {
      contract.ifPresentOrElse(problems::add, () -> missingRows(node, source, table));
      return Optional.of(whole(source, table, table.present()));
    }
    Window window = source.window().orElseThrow();
    if (!isPartitionedBy(table, window.partition())) {
      problems.add(
          Problem.at(
              node,
              "PARTITION_MISMATCH",
              "Cannot read '%s' by %s: the table is partitioned by %s."
                  .formatted(source.path(), window.partition(), table.partitionColumns()),
              "read the whole table and filter it, or name its own partition columns with their"
                  + " types."));
      return Optional.of(whole(source, table, true));
    }
    List<Interval> units = unit.map(window::unitsFor).orElse(List.of());
    List<Interval> absent = table.missing(window.partition(), units);
    missingUnits(node, source, table, window.partition(), absent);
    PartitionPredicate predicate = Partitions.predicate(window.partition(), units);
    Dataset<Row> rows = table.rows(predicate);
    return Optional.of(
        opened(
            source,
            table,
            withUnit(source, window, rows),
            labels(window, units),
            labels(window, absent),
            table.summary(predicate)));
  }

  private OpenedInput whole(DeltaSource source, PinnedTable table, boolean present) {
    List<String> absent = present ? List.of() : List.of(RunPlan.Input.WHOLE);
    return opened(source, table, table.rows(), List.of(), absent, table.summary());
  }

  /** The empty rows of a table that no run has created yet. */
  private OpenedInput withoutRows(DeltaSource source, String ddl) {
    StructType declared = DeclaredColumns.of(source.path(), ddl);
    Dataset<Row> rows = session.createDataFrame(List.of(), declared.asNullable());
    List<String> units = List.of();
    if (source.window().isPresent()) {
      Window window = source.window().get();
      for (PartitionColumn column : window.partition().columns()) {
        requireColumn(
            source,
            "the declared schema",
            column.name(),
            CatalystLiterals.dataType(column.type()),
            declared);
      }
      rows = withUnit(source, window, rows);
      units = labels(window, unit.map(window::unitsFor).orElse(List.of()));
    }
    return new OpenedTable(
        source,
        unit,
        rows,
        new RunPlan.Input(
            source.path().text(),
            source.format(),
            OptionalLong.empty(),
            units,
            0,
            0,
            List.of(),
            source.window().isPresent() ? units : List.of(RunPlan.Input.WHOLE)),
        () -> OptionalLong.of(0),
        List.of(),
        tables.latest());
  }

  private Dataset<Row> withUnit(DeltaSource source, Window window, Dataset<Row> rows) {
    return window
        .column()
        .map(
            name -> {
              ColumnCollisions.refuse(source.path(), "its rows have", List.of(name), rows.schema());
              return rows.withColumn(
                  name,
                  ExpressionUtils.column(
                      CatalystLiterals.literal(
                          window.partition().valuesOf(unit.orElseThrow()).get(0))));
            })
        .orElse(rows);
  }

  private static List<String> labels(Window window, List<Interval> units) {
    return units.stream().map(window.partition()::label).toList();
  }

  private static void requireDeclared(DeltaSource source, String ddl, StructType table) {
    for (StructField column : DeclaredColumns.of(source.path(), ddl).fields()) {
      requireColumn(source, "the table", column.name(), column.dataType(), table);
    }
  }

  private static void requireColumn(
      DeltaSource source, String holder, String name, DataType type, StructType columns) {
    boolean fits =
        Stream.of(columns.fields())
            .anyMatch(
                column ->
                    column.name().equalsIgnoreCase(name)
                        && column.dataType().asNullable().equals(type.asNullable()));
    if (!fits) {
      throw new PlanProblemException(
          "SCHEMA_MISMATCH",
          "Cannot read '%s' with the column '%s %s': %s has %s."
              .formatted(source.path(), name, type.sql(), holder, columns.toDDL()),
          "declare the columns that the table has, with their types.");
    }
  }

  private OpenedInput opened(
      DeltaSource source,
      PinnedTable table,
      Dataset<Row> rows,
      List<String> units,
      List<String> absent,
      PartitionFiles files) {
    return new OpenedTable(
        source,
        unit,
        rows,
        new RunPlan.Input(
            source.path().text(),
            source.format(),
            OptionalLong.of(table.version()),
            units,
            files.files(),
            files.bytes(),
            List.of(),
            absent),
        files::rows,
        table.readerLimits(),
        tables.latest());
  }

  static boolean isPartitionedBy(PinnedTable table, Partition partition) {
    return table.partitionColumns().equals(partition.columnNames())
        && partition.columns().stream()
            .allMatch(
                column ->
                    table
                        .schema()
                        .apply(column.name())
                        .dataType()
                        .equals(CatalystLiterals.dataType(column.type())));
  }

  private void missingUnits(
      Node.Read node,
      DeltaSource source,
      PinnedTable table,
      Partition partition,
      List<Interval> absent) {
    if (source.whenMissing() == Source.WhenMissing.FAIL && !absent.isEmpty()) {
      Set<String> publishers =
          table.publishersOf(
              absent.stream().map(interval -> Partitions.values(partition, interval)).toList());
      missing(
          node,
          source,
          absent,
          String.join(", ", absent.stream().map(partition::label).toList()) + " of ",
          publishers);
    }
  }

  private void missingRows(Node.Read node, DeltaSource source, PinnedTable table) {
    if (source.whenMissing() == Source.WhenMissing.FAIL && !table.present()) {
      missing(node, source, List.of(), "", table.publishers());
    }
  }

  /**
   * Adds the problem of what is missing.
   *
   * @param publishers the pipelines that ever published it
   */
  private void missing(
      Node.Read node,
      DeltaSource source,
      List<Interval> units,
      String which,
      Set<String> publishers) {
    String names = String.join(", ", publishers.stream().map(name -> "'" + name + "'").toList());
    String why =
        publishers.isEmpty()
            ? "no run has written it yet"
            : "%s wrote it, and it is gone: deleted, replaced by something else, restored to a time before. Or an earlier release replaced it by no rows, of which no file was left"
                .formatted(names);
    problems.add(
        Problem.at(
            node,
            "INPUT_MISSING",
            "Cannot read %s'%s': %s.".formatted(which, source.path(), why),
            publishers.isEmpty()
                ? "run the job that writes it first, or accept its absence with orEmpty()."
                : "run %s again, or accept its absence with orEmpty().".formatted(names)),
        new MissingInput(source.path(), units));
  }

  private void missingTable(Node.Read node, DeltaSource source) {
    String declare =
        source.whenMissing() == Source.WhenMissing.TREAT_AS_EMPTY
            ? "declare the columns it will have, schema(\"day DATE, total BIGINT\"), or "
            : "";
    problems.add(
        Problem.at(
            node,
            "UNKNOWN_TABLE",
            "Cannot find a Delta table at '%s' below the lake's root.".formatted(source.path()),
            declare
                + "run the job that writes it first; "
                + OutputSuggestions.in(root, session.sessionState().newHadoopConf())
                    .forTable(source.path().text())),
        MissingInput.unknownTable(source.path()));
  }
}
