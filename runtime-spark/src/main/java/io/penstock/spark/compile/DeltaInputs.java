package io.penstock.spark.compile;

import io.penstock.engine.MissingInput;
import io.penstock.engine.RunPlan;
import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import io.penstock.plan.Suggestions;
import io.penstock.spark.delta.PartitionFiles;
import io.penstock.spark.delta.PinnedTable;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.sql.Literals;
import io.penstock.spark.sql.PartitionPredicate;
import io.penstock.spec.DeltaSource;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.Source;
import io.penstock.spec.Window;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.ExpressionUtils;

/** Opens Delta sources. */
final class DeltaInputs {
  private final PinnedTables tables;
  private final LakeRoot root;
  private final Configuration configuration;
  private final Optional<Interval> unit;
  private final Findings findings;

  DeltaInputs(
      PinnedTables tables,
      LakeRoot root,
      Configuration configuration,
      Optional<Interval> unit,
      Findings findings) {
    this.configuration = configuration;
    this.tables = tables;
    this.root = root;
    this.unit = unit;
    this.findings = findings;
  }

  /** The source's rows; empty when its columns can't be known, for which a problem is noted. */
  Optional<OpenedInput> open(Node.Read node, DeltaSource source) {
    Optional<PinnedTable> found = tables.at(source.path());
    if (found.isEmpty()) {
      missingTable(node, source);
      return Optional.empty();
    }
    PinnedTable table = found.get();
    if (source.window().isEmpty()) {
      return Optional.of(opened(source, table, table.rows(), List.of(), table.files()));
    }
    Window window = source.window().orElseThrow();
    if (!isPartitionedBy(table, window.partition())) {
      findings.add(
          Problem.at(
              node,
              "PARTITION_MISMATCH",
              "Cannot read '%s' by %s: the table is partitioned by %s."
                  .formatted(source.path(), window.partition(), table.partitionColumns()),
              "read the whole table and filter it, or name its own partition columns with their"
                  + " types."));
      return Optional.of(opened(source, table, table.rows(), List.of(), table.files()));
    }
    List<Interval> units = unit.map(window::unitsFor).orElse(List.of());
    missingUnits(node, source, table, window.partition(), units);
    PartitionPredicate predicate = Partitions.predicate(window.partition(), units);
    Dataset<Row> rows = table.rows().where(ExpressionUtils.column(predicate.expression()));
    if (window.column().isPresent()) {
      rows =
          rows.withColumn(
              window.column().get(),
              ExpressionUtils.column(
                  Literals.literal(window.partition().valuesOf(unit.orElseThrow()).get(0))));
    }
    List<String> labels = units.stream().map(window.partition()::label).toList();
    return Optional.of(opened(source, table, rows, labels, table.files(predicate)));
  }

  private static OpenedInput opened(
      DeltaSource source,
      PinnedTable table,
      Dataset<Row> rows,
      List<String> units,
      PartitionFiles files) {
    return new OpenedInput(
        rows,
        new RunPlan.Input(
            source.path().text(),
            source.format(),
            OptionalLong.of(table.version()),
            units,
            files.files(),
            files.bytes()),
        files::rows);
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
                        .equals(Literals.dataType(column.type())));
  }

  private void missingUnits(
      Node.Read node,
      DeltaSource source,
      PinnedTable table,
      Partition partition,
      List<Interval> units) {
    if (source.whenMissing() == Source.WhenMissing.TREAT_AS_EMPTY) {
      return;
    }
    List<Interval> absent =
        units.stream().filter(u -> !Partitions.isPresent(table, partition, u)).toList();
    if (!absent.isEmpty()) {
      findings.add(
          Problem.at(
              node,
              "INPUT_MISSING",
              "Cannot read %s of '%s': no run has written it yet."
                  .formatted(
                      String.join(", ", absent.stream().map(partition::label).toList()),
                      source.path()),
              "run the job that writes it first, or accept its absence with orEmpty()."),
          new MissingInput(source.path(), absent));
    }
  }

  private void missingTable(Node.Read node, DeltaSource source) {
    findings.add(
        Problem.at(
            node,
            "UNKNOWN_TABLE",
            "Cannot find a Delta table at '%s' below the lake's root.".formatted(source.path()),
            "run the job that writes it first; or "
                + Suggestions.sentence(
                    source.path().text(), "Tables", LakeTables.below(root, configuration))),
        new MissingInput(source.path(), List.of()));
  }
}
