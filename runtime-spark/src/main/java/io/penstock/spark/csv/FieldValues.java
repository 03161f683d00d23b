package io.penstock.spark.csv;

import io.penstock.spark.records.Defect;
import io.penstock.spark.records.ValueParser;
import io.penstock.spark.text.ExceptionText;
import java.time.DateTimeException;
import java.util.Optional;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/** Makes values of the declared columns of the fields of a record. */
final class FieldValues {
  private final StructField[] columns;
  private final ValueParser[] parsers;
  private final Fields fields;
  private final CsvFormat format;

  /**
   * @param fields of one record after the other
   */
  FieldValues(StructField[] columns, Fields fields, CsvFormat format) {
    this.columns = columns;
    this.fields = fields;
    this.format = format;
    this.parsers = new ValueParser[columns.length];
    for (int i = 0; i < columns.length; i++) {
      parsers[i] = format.values().of(columns[i].name(), columns[i].dataType()).orElseThrow();
    }
  }

  /** Reads a value into its place; tells why it can't be read. */
  Optional<Defect> read(int column, int field, Object[] values) {
    DataType type = columns[column].dataType();
    try {
      values[column] = value(column, field);
    } catch (Fields.BadEscapeException e) {
      return Optional.of(new Defect(place(column, field) + "can't be read: " + e.getMessage()));
    } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
      String reason = place(column, field) + "is not " + ExceptionText.withArticle(type.sql());
      return Optional.of(
          FieldGuess.of(reason, text(field), type, text -> isValue(parsers[column], text)));
    }
    return values[column] == null && !columns[column].nullable()
        ? Optional.of(new Defect(place(column, field) + "is empty and declared NOT NULL"))
        : Optional.empty();
  }

  private static boolean isValue(ValueParser parser, String text) {
    try {
      parser.parse(text);
      return true;
    } catch (NumberFormatException | ArithmeticException | DateTimeException e) {
      return false;
    }
  }

  /**
   * Whether the fields are values of all columns that have another type than STRING, and name none
   * of the others.
   */
  boolean areRecord(CsvColumns at) {
    Object[] values = new Object[columns.length];
    boolean any = false;
    for (int column = 0; column < columns.length; column++) {
      int field = at.positions().get(column);
      if (field == CsvColumns.ABSENT) {
        continue;
      }
      boolean string = columns[column].dataType() instanceof StringType;
      if (string
          ? text(field).strip().equalsIgnoreCase(columns[column].name())
          : read(column, field, values).isPresent()) {
        return false;
      }
      any |= values[column] != null;
    }
    return any;
  }

  /** Whether the fields are the names of the columns, of more than one. */
  boolean areNames() {
    boolean all = columns.length > 1 && fields.count() == columns.length;
    for (int i = 0; all && i < columns.length; i++) {
      all = text(i).strip().equalsIgnoreCase(columns[i].name());
    }
    return all;
  }

  private Object value(int column, int field) {
    if (fields.isNull(field)) {
      return null;
    }
    boolean string = columns[column].dataType() instanceof StringType;
    // In quotes a word can only be meant as such, if the column can hold it.
    if (format.values().haveNullWords()
        && !(string && fields.isQuoted(field))
        && format.values().isNull(trimmed(fields.raw(field), string))) {
      return null;
    }
    if (string && format.profile() != Dialect.EXCEL) {
      return fields.utf8(field);
    }
    return parsers[column].parse(trimmed(text(field), string));
  }

  private String text(int field) {
    return format.profile().read(fields.text(field));
  }

  private String trimmed(String text, boolean string) {
    return format.syntax().isTrimmed() && !string ? text.strip() : text;
  }

  private String place(int column, int field) {
    return "column '" + columns[column].name() + "' (field " + (field + 1) + ") ";
  }
}
