package io.penstock.spark.export;

import io.penstock.spark.csv.CsvFormat;
import io.penstock.spark.csv.WrittenCsv;
import io.penstock.spark.records.InputFile;
import io.penstock.spark.records.RecordColumns;
import io.penstock.spark.records.RecordFiles;
import io.penstock.spark.records.TextEncoding;
import io.penstock.spark.sql.SqlLiterals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Union;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The rows of partitions of an export, for people. A partition may be older than a column, which it
 * then shows as NULL, or than its type: what is of different types is shown as text.
 *
 * <p>Partitions with the same columns share a relation where there are many, because each relation
 * costs time and memory of the driver; the rows of these may then come in another order.
 */
final class ExportRows {
  /** So many partitions are read each by itself, in their order. */
  private static final int FEW = 64;

  private ExportRows() {}

  /** The rows; empty when there is no partition. */
  static Optional<Dataset<Row>> of(List<PublishedExport> partitions, SparkSession session) {
    List<Dataset<Row>> frames =
        groups(partitions).stream().map(group -> read(group, session)).toList();
    if (frames.size() < 2) {
      return frames.stream().findFirst();
    }
    List<StructField> columns = columns(frames);
    List<LogicalPlan> alike =
        frames.stream()
            .map(frame -> withColumns(frame, columns).queryExecution().analyzed())
            .toList();
    // One union of all: a chain of unions would be as deep as there are partitions.
    return Optional.of(
        org.apache.spark.sql.classic.Dataset.ofRows(
            session, new Union(CollectionConverters.asScala(alike).toSeq(), false, false)));
  }

  /** The rows of versions that have the same columns and the same form. */
  static Dataset<Row> read(
      List<? extends ExportVersion> versions, org.apache.spark.sql.SparkSession session) {
    List<InputFile> inputs = new ArrayList<>();
    for (ExportVersion version : versions) {
      for (WrittenCsv file : version.manifest().files()) {
        inputs.add(InputFile.of(new Path(version.path(), file.name()).toString(), file.bytes()));
      }
    }
    ExportManifest form = versions.get(0).manifest();
    return RecordFiles.rows(
        session,
        CsvFormat.writtenBy(form.dialect(), form.fieldDelimiter()),
        RecordColumns.of(form.schema()),
        TextEncoding.written(form.charset()),
        inputs);
  }

  /** Neighbours that have the same columns and the same form, some of them together. */
  private static List<List<PublishedExport>> groups(List<PublishedExport> partitions) {
    int size = (partitions.size() + FEW - 1) / FEW;
    List<List<PublishedExport>> groups = new ArrayList<>();
    for (PublishedExport partition : partitions) {
      List<PublishedExport> last = groups.isEmpty() ? List.of() : groups.get(groups.size() - 1);
      if (!last.isEmpty() && last.size() < size && isAlike(last.get(0), partition)) {
        last.add(partition);
      } else {
        groups.add(new ArrayList<>(List.of(partition)));
      }
    }
    return groups;
  }

  private static boolean isAlike(PublishedExport one, PublishedExport other) {
    return one.manifest().columns().equals(other.manifest().columns())
        && one.manifest().dialect() == other.manifest().dialect()
        && one.manifest().delimiter().equals(other.manifest().delimiter())
        && one.manifest().encoding().equals(other.manifest().encoding());
  }

  /** All columns, as the first partition that has one names it: Spark tells no cases apart. */
  private static List<StructField> columns(List<Dataset<Row>> frames) {
    Map<String, StructField> columns = new LinkedHashMap<>();
    for (Dataset<Row> frame : frames) {
      for (StructField field : frame.schema().fields()) {
        columns.merge(name(field), field, (one, other) -> isSameType(one, other) ? one : text(one));
      }
    }
    return List.copyOf(columns.values());
  }

  private static boolean isSameType(StructField one, StructField other) {
    return one.dataType().equals(other.dataType());
  }

  private static StructField text(StructField column) {
    return DataTypes.createStructField(column.name(), DataTypes.StringType, true);
  }

  private static Dataset<Row> withColumns(Dataset<Row> frame, List<StructField> columns) {
    Map<String, StructField> own = new HashMap<>();
    List.of(frame.schema().fields()).forEach(field -> own.put(name(field), field));
    return frame.select(
        columns.stream()
            .map(
                column ->
                    Optional.ofNullable(own.get(name(column)))
                        .map(field -> functions.col(SqlLiterals.identifier(field.name())))
                        .orElseGet(() -> functions.lit(null))
                        .cast(column.dataType())
                        .as(column.name()))
            .toArray(Column[]::new));
  }

  private static String name(StructField column) {
    return column.name().toLowerCase(Locale.ROOT);
  }
}
