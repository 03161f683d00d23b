package io.penstock.spark.landed;

import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.records.ExpectedColumns;
import io.penstock.spark.records.ValueParsers;
import io.penstock.spark.source.DeclaredColumns;
import io.penstock.spark.sql.CatalystLiterals;
import io.penstock.spec.FileSource;
import io.penstock.spec.PartitionColumn;
import io.penstock.spec.RecordOptions;
import io.penstock.spec.RecordSource;
import io.penstock.spec.TimeForm;
import io.penstock.spec.TypedSource;
import io.penstock.spec.ValueForms;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VarcharType;

/** The schemas of a source's rows: what its files hold, and what is added. */
final class SourceSchemas {
  static final StructType TEXT = new StructType().add("value", "string");

  private SourceSchemas() {}

  /** What a source declares of its records. */
  static ExpectedColumns expected(RecordSource<?> source) {
    StructType declared = declared(source);
    RecordOptions options = source.records();
    requireOptional(source, declared, options.optional());
    return ExpectedColumns.of(declared, options.optional(), options.matching(), options.unknown());
  }

  /** The columns that a source of typed files declares; empty if it takes those of the files. */
  static Optional<StructType> typed(TypedSource<?> source) {
    List<String> optional = source.columns().optional();
    if (source.schema().isEmpty()) {
      requireOptional(source, new StructType(), optional);
      return Optional.empty();
    }
    StructType declared = declared(source);
    requireOptional(source, declared, optional);
    if (List.of(declared.fields()).stream().anyMatch(SourceSchemas::isRequiredBelow)) {
      throw new PlanProblemException(
          "INVALID_SCHEMA",
          "Cannot declare NOT NULL below a column of the files of '%s': it would not be checked."
              .formatted(source.path()),
          "declare NOT NULL for whole columns, and check the others with .expect(…).");
    }
    return Optional.of(declared);
  }

  private static boolean isRequiredBelow(StructField field) {
    return !field.dataType().equals(field.dataType().asNullable());
  }

  private static void requireOptional(
      FileSource<?> source, StructType declared, List<String> optional) {
    for (String name : optional) {
      Optional<StructField> column = field(declared, name);
      if (column.isEmpty()) {
        throw new PlanProblemException(
            "INVALID_SCHEMA",
            "Cannot read the column '%s' of the files of '%s' as optional: it isn't declared."
                .formatted(name, source.path()),
            "declare it in schema(…), or leave it out of optional(…).");
      }
      if (!column.get().nullable()) {
        throw new PlanProblemException(
            "INVALID_SCHEMA",
            "Cannot read the column '%s' of the files of '%s' as optional: it is declared NOT NULL, and would be NULL where it is absent."
                .formatted(name, source.path()),
            "declare one of the two.");
      }
    }
  }

  /** How the values of a source are written. */
  static ValueParsers values(RecordSource<?> source) {
    ValueForms forms = source.records().values();
    StructType declared = declared(source);
    for (TimeForm form : forms.times().forms()) {
      List<StructField> columns = columnsOf(source, form, declared);
      for (StructField column : columns) {
        ValueParsers.problem(form, forms.times(), column.dataType())
            .ifPresent(reason -> refuse(source, form, quoted(column.name()), reason));
      }
    }
    return ValueParsers.of(forms);
  }

  private static String quoted(String column) {
    return "the column '" + column + "'";
  }

  private static void refuse(RecordSource<?> source, TimeForm form, String column, String reason) {
    throw new PlanProblemException(
        "INVALID_FORMAT",
        "Cannot read %s of the files of '%s' by %s: %s."
            .formatted(column, source.path(), form, reason),
        "write a pattern of DateTimeFormatter, such as dateFormat(\"dd.MM.yyyy\") or"
            + " timestampFormat(\"yyyy-MM-dd HH:mm:ss\").");
  }

  /** The columns to which a form applies, at least one. */
  private static List<StructField> columnsOf(
      RecordSource<?> source, TimeForm form, StructType declared) {
    List<StructField> columns = new ArrayList<>();
    if (form.columns().isEmpty()) {
      leaves(declared).stream()
          .filter(leaf -> ValueParsers.typesOf(form).contains(leaf.dataType()))
          .forEach(columns::add);
      if (columns.isEmpty()) {
        refuse(source, form, "any column", "none is of its type");
      }
    }
    for (String name : form.columns()) {
      Optional<StructField> column = field(declared, name);
      if (column.isEmpty()) {
        refuse(source, form, quoted(name), "it isn't declared");
      }
      columns.add(column.orElseThrow());
    }
    return columns;
  }

  /** A column by its name, or by its path below others. */
  private static Optional<StructField> field(StructType declared, String path) {
    return leaves(declared).stream().filter(leaf -> leaf.name().equals(path)).findFirst();
  }

  /**
   * The columns and, under their paths, the fields below them, each with the type of its elements.
   */
  private static List<StructField> leaves(StructType declared) {
    List<StructField> leaves = new ArrayList<>();
    for (StructField field : declared.fields()) {
      DataType type = elements(field.dataType());
      leaves.add(new StructField(field.name(), type, field.nullable(), field.metadata()));
      if (type instanceof StructType below) {
        for (StructField leaf : leaves(below)) {
          leaves.add(
              new StructField(
                  field.name() + "." + leaf.name(),
                  leaf.dataType(),
                  leaf.nullable(),
                  leaf.metadata()));
        }
      }
    }
    return leaves;
  }

  /** The type of what arrays and maps hold, in whatever depth; of others the type itself. */
  private static DataType elements(DataType type) {
    if (type instanceof ArrayType array) {
      return elements(array.elementType());
    }
    return type instanceof MapType map ? elements(map.valueType()) : type;
  }

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
