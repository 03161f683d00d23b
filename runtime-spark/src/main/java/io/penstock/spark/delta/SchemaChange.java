package io.penstock.spark.delta;

import static java.util.stream.Collectors.joining;

import io.penstock.spark.sql.SqlLiterals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.types.NullType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How a frame's columns differ from the table's that it is to be written to.
 *
 * <p>The order of columns doesn't count, and neither does nullability: Delta checks NOT NULL row by
 * row. Letter case counts, because {@code ID} next to {@code id} is more often a mistake than a
 * wish. Types have to be equal, for nothing is cast in silence. A generated column may be absent.
 *
 * @param newColumns columns of the frame that the table doesn't have, in the frame's order
 * @param problems what no added column can mend, a sentence each
 * @param sideBySide both schemas, a column a line
 */
public record SchemaChange(
    Kind kind, List<StructField> newColumns, List<String> problems, String sideBySide) {
  /** What it takes to write the frame. */
  public enum Kind {
    /** Nothing. */
    EQUAL,
    /** Adding nullable columns to the table. */
    NEW_COLUMNS,
    /** Changing the frame, or altering the table by hand. */
    INCOMPATIBLE
  }

  public SchemaChange {
    newColumns = List.copyOf(newColumns);
    problems = List.copyOf(problems);
  }

  static SchemaChange between(StructType frame, PinnedTable table) {
    Map<String, StructField> stored = byName(table.schema());
    Map<String, StructField> given = byName(frame);
    List<StructField> added = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    for (StructField field : frame.fields()) {
      StructField target = stored.get(field.name());
      if (target == null) {
        added.add(field);
        otherCase(stored, field.name())
            .ifPresent(
                name ->
                    problems.add(
                        "The table has no column '"
                            + field.name()
                            + "': did you mean '"
                            + name
                            + "'?"));
        if (field.dataType() instanceof NullType) {
          problems.add("Column '" + field.name() + "' has no type: cast its NULL to one.");
        }
      } else if (!Schemas.shape(field.dataType()).equals(Schemas.shape(target.dataType()))) {
        problems.add(
            "Column '"
                + field.name()
                + "' is "
                + field.dataType().sql()
                + ", and "
                + target.dataType().sql()
                + " in the table.");
      }
    }
    for (StructField field : table.state().schema().fields()) {
      String name = field.name();
      // An identity column is an obstacle of its own, be it among the rows or not.
      if (!given.containsKey(name)
          && !table.generatedColumns().containsKey(name)
          && !Schemas.isIdentity(field)) {
        problems.add(
            "The table's column '"
                + name
                + "' is missing"
                + Schemas.defaultValue(field)
                    .map(
                        value ->
                            ": its DEFAULT isn't filled in here, so select it, such as %s AS %s"
                                .formatted(value, SqlLiterals.identifier(name)))
                    .orElse("")
                + ".");
      }
    }
    if (given.size() < frame.size()) {
      problems.add("Two columns have the same name.");
    }
    Kind kind =
        !problems.isEmpty() ? Kind.INCOMPATIBLE : added.isEmpty() ? Kind.EQUAL : Kind.NEW_COLUMNS;
    return new SchemaChange(kind, added, problems, print(stored, given));
  }

  /** The statement that adds the new columns; empty when there are none. */
  public Optional<String> alterTable(Path table) {
    if (newColumns.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        "ALTER TABLE delta."
            + SqlLiterals.identifier(table.toString())
            + newColumns.stream()
                .map(SchemaChange::column)
                .collect(joining(", ", " ADD COLUMNS (", ")")));
  }

  private static String column(StructField field) {
    String comment =
        field.getComment().isDefined()
            ? " COMMENT " + SqlLiterals.string(field.getComment().get())
            : "";
    return SqlLiterals.identifier(field.name()) + " " + field.dataType().sql() + comment;
  }

  private static Map<String, StructField> byName(StructType schema) {
    Map<String, StructField> fields = new LinkedHashMap<>();
    for (StructField field : schema.fields()) {
      fields.put(field.name(), field);
    }
    return fields;
  }

  private static Optional<String> otherCase(Map<String, StructField> stored, String name) {
    return stored.keySet().stream().filter(name::equalsIgnoreCase).findFirst();
  }

  private static String print(Map<String, StructField> stored, Map<String, StructField> given) {
    List<String[]> lines = new ArrayList<>();
    lines.add(new String[] {"table", "rows"});
    stored.forEach((name, field) -> lines.add(new String[] {text(field), text(given.get(name))}));
    given.forEach(
        (name, field) -> {
          if (!stored.containsKey(name)) {
            lines.add(new String[] {"-", text(field)});
          }
        });
    int width = lines.stream().mapToInt(line -> line[0].length()).max().orElse(0);
    return lines.stream()
        .map(line -> String.format(Locale.ROOT, "%-" + width + "s | %s", line[0], line[1]))
        .collect(joining("\n"));
  }

  private static String text(StructField field) {
    return field == null
        ? "-"
        : field.name() + " " + field.dataType().sql() + (field.nullable() ? "" : " NOT NULL");
  }

  /** The frame's columns in the order in which the table has them, or gets them. */
  List<String> aligned(StructType frame, StructType table) {
    List<String> given = Arrays.asList(frame.fieldNames());
    return Stream.concat(
            Arrays.stream(table.fieldNames()).filter(given::contains),
            newColumns.stream().map(StructField::name))
        .toList();
  }
}
