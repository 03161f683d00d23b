package io.penstock.spark.csv;

import io.penstock.spec.CsvCompression;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a source: those declared, which the files hold; those constant per file; and, when
 * reading leniently, those that describe a defect.
 *
 * @param longestRecord in bytes; what is longer is a defect
 */
record CsvLayout(
    StructType declared,
    StructType constants,
    Strictness strictness,
    Dialect dialect,
    CsvCompression compression,
    int longestRecord)
    implements Serializable {

  /** Far above any sensible record, far below what a task has memory for. */
  static final int LONGEST_FOREIGN_RECORD = 4 << 20;

  /** What was a row fits in one again. */
  static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  /** What happens to a record that isn't what its source declares. */
  enum Strictness {
    /** The task fails. */
    STRICT,
    /** The record becomes a row that says what is wrong. */
    LENIENT
  }

  private static final StructType DEFECTS =
      new StructType()
          .add("_file", DataTypes.StringType, false)
          .add("_line", DataTypes.LongType, false)
          .add("_defect", DataTypes.StringType, true)
          .add("_text", DataTypes.StringType, true);

  CsvLayout {
    if (declared.isEmpty()) {
      throw CsvErrors.noColumns();
    }
    for (StructField field : declared.fields()) {
      if (FieldParser.of(field.dataType()).isEmpty()) {
        throw CsvErrors.unreadableType(field.name(), field.dataType());
      }
    }
    Set<String> names = new HashSet<>();
    for (StructField field : combine(declared, constants, strictness).fields()) {
      if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
        throw CsvErrors.repeatedColumn(field.name());
      }
    }
  }

  boolean lenient() {
    return strictness == Strictness.LENIENT;
  }

  /** Schema of the rows. A defective row has NULL in every declared column. */
  StructType rows() {
    return combine(declared, constants, strictness);
  }

  /** The declared columns as users write them. */
  String ddl() {
    return declared.toDDL();
  }

  private static StructType combine(
      StructType declared, StructType constants, Strictness strictness) {
    boolean lenient = strictness == Strictness.LENIENT;
    StructType all = new StructType();
    for (StructField field : declared.fields()) {
      all = all.add(field.name(), field.dataType(), lenient || field.nullable(), field.metadata());
    }
    for (StructField field : constants.fields()) {
      all = all.add(field);
    }
    if (lenient) {
      for (StructField field : DEFECTS.fields()) {
        all = all.add(field);
      }
    }
    return all;
  }
}
