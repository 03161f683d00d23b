package io.penstock.spark.delta;

import io.penstock.spark.sql.SqlLiterals;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.schema.SchemaUtils;
import org.apache.spark.sql.delta.schema.UnsupportedDataTypeInfo;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * A column that Delta can't store, and would refuse only when a table is created or written, or
 * that a new table could store only by a feature that its readers have to know.
 *
 * @param name the column, with the columns around it, {@code "address.street name"}
 */
record UnstorableColumn(String name, String reason, String fix) {
  /** Characters that Delta refuses in names without column mapping. */
  private static final String FORBIDDEN = " ,;{}()\n\t=";

  /**
   * The columns of a frame that a table can't take.
   *
   * @param table empty when it is to be created
   */
  static List<UnstorableColumn> in(
      SparkSession session, StructType frame, Optional<PinnedTable> table) {
    List<UnstorableColumn> columns = new ArrayList<>();
    if (table.filter(UnstorableColumn::mapsNames).isEmpty()) {
      badNames("", frame, columns);
    }
    for (UnsupportedDataTypeInfo type :
        ScalaInterop.list(SchemaUtils.findUnsupportedDataTypes(frame))) {
      columns.add(
          new UnstorableColumn(
              type.column(),
              "it has no type for " + type.dataType().sql(),
              "cast it, such as CAST(%1$s AS STRING) AS %1$s".formatted(type.column())));
    }
    if (table.isEmpty() && columns.isEmpty()) {
      for (StructField field : frame.fields()) {
        readerFeature(session, field).ifPresent(columns::add);
      }
    }
    return List.copyOf(columns);
  }

  private static Optional<UnstorableColumn> readerFeature(SparkSession session, StructField field) {
    return NewTableProtocol.readersNeed(session, field)
        .map(
            features ->
                new UnstorableColumn(
                    field.name(),
                    "a new table with a column of %s is closed to programs that don't know %s"
                        .formatted(field.dataType().sql(), features),
                    "cast it, such as CAST(%1$s AS %2$s) AS %1$s"
                        .formatted(
                            field.name(),
                            field.dataType().equals(DataTypes.TimestampNTZType)
                                ? "TIMESTAMP"
                                : "STRING")));
  }

  private static boolean mapsNames(PinnedTable table) {
    return !table.properties().getOrDefault("delta.columnMapping.mode", "none").equals("none");
  }

  /** The column as it stands in SQL: an expression without a name of its own stands for itself. */
  private static String written(String name) {
    return name.contains("(") ? name : SqlLiterals.identifier(name);
  }

  private static void badNames(String parents, DataType type, List<UnstorableColumn> columns) {
    if (type instanceof StructType struct) {
      for (StructField field : struct.fields()) {
        if (field.name().chars().anyMatch(c -> FORBIDDEN.indexOf(c) >= 0)) {
          columns.add(
              new UnstorableColumn(
                  parents + field.name(),
                  "a column's name there can't hold any of ' ', ',', ';', '{', '}', '(', ')', '=',"
                      + " a tab or a line break",
                  "give it another name, such as \"%s AS name\"".formatted(written(field.name()))));
        }
        badNames(parents + field.name() + ".", field.dataType(), columns);
      }
    } else if (type instanceof ArrayType array) {
      badNames(parents, array.elementType(), columns);
    } else if (type instanceof MapType map) {
      badNames(parents, map.keyType(), columns);
      badNames(parents, map.valueType(), columns);
    }
  }
}
