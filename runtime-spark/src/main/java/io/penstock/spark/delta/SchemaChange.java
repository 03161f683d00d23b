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
 * row. Letter case counts, because {@code ID} next to {@code id} is mostly a mistake. Types have to
 * be equal, since nothing is cast in silence. A generated column may be absent.
 *
 * @param newColumns columns of the frame that the table doesn't have, in the frame's order
 * @param problems what adding columns can't solve, a sentence each
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
                        "The table has no column '%s': did you mean '%s'?"
                            .formatted(field.name(), name)));
        if (field.dataType() instanceof NullType) {
          problems.add("Column '" + field.name() + "' has no type: cast its NULL to one.");
        }
      } else if (!Schemas.shape(field.dataType()).equals(Schemas.shape(target.dataType()))) {
        problems.add(
            "Column '%s' is %s, and %s in the table."
                .formatted(field.name(), field.dataType().sql(), target.dataType().sql()));
      }
    }
    for (StructField field : table.state().schema().fields()) {
      String name = field.name();
      // An identity column is refused anyway, whether the rows have it or not.
      if (!given.containsKey(name)
          && !table.generatedColumns().containsKey(name)
          && !Schemas.isIdentity(field)) {
        String select =
            Schemas.defaultValue(field)
                .map(value -> value + " AS " + SqlLiterals.identifier(name))
                .map(": its DEFAULT isn't filled in here, so select it, such as "::concat)
                .orElse("");
        problems.add("The table's column '%s' is missing%s.".formatted(name, select));
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
    Stream.of(schema.fields()).forEach(field -> fields.put(field.name(), field));
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
