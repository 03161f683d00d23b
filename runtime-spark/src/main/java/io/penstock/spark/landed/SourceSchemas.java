package io.penstock.spark.landed;

import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.source.DeclaredColumns;
import io.penstock.spark.sql.CatalystLiterals;
import io.penstock.spec.FileSource;
import io.penstock.spec.PartitionColumn;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VarcharType;

/** The schemas of a source's rows: what its files hold, and what is added. */
final class SourceSchemas {
  static final StructType TEXT = new StructType().add("value", "string");

  private SourceSchemas() {}

  /** The declared columns, which the files hold. */
  static StructType declared(FileSource<?> source) {
    StructType schema = DeclaredColumns.of(source.path(), source.schema().orElseThrow());
    requireReadable(source, schema);
    for (String name : schema.fieldNames()) {
      if (addedColumns(source).stream().anyMatch(name::equalsIgnoreCase)) {
        throw new PlanProblemException(
            "INVALID_SCHEMA",
            "Cannot declare '%s' as a column of the files of '%s': its value comes from their folder."
                .formatted(name, source.path()),
            "leave '"
                + name
                + "' out of the schema, or give the column in the files another name.");
      }
    }
    return schema;
  }

  private static void requireReadable(FileSource<?> source, StructType schema) {
    if (schema.existsRecursively(type -> type instanceof CharType || type instanceof VarcharType)) {
      throw new PlanProblemException(
          "INVALID_SCHEMA",
          "Cannot declare CHAR or VARCHAR for the files of '%s': the length of their texts would not"
                  .formatted(source.path())
              + " be checked.",
          "declare STRING, and check the length with .expect(satisfies(\"length(x) <= 3\")).");
    }
  }

  /** The columns that are added to those of the files: of the partition and of the window. */
  static List<String> addedColumns(FileSource<?> source) {
    List<String> names = new ArrayList<>();
    source
        .window()
        .ifPresent(
            window -> {
              names.addAll(window.partition().columnNames());
              window.column().ifPresent(names::add);
            });
    return names;
  }

  /** A schema with the columns of the partition after it. */
  static StructType withPartition(StructType schema, FileSource<?> source) {
    StructType all = schema;
    for (var field : partition(source).fields()) {
      all = all.add(field);
    }
    return all;
  }

  /** The columns of the partition, which every unit has its own values of. */
  static StructType partition(FileSource<?> source) {
    StructType schema = new StructType();
    if (source.window().isPresent()) {
      for (PartitionColumn column : source.window().orElseThrow().partition().columns()) {
        schema = schema.add(column.name(), CatalystLiterals.dataType(column.type()));
      }
    }
    return schema;
  }
}
