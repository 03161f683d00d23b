package io.penstock.spark.csv;

import java.io.Serializable;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How a source is read: the columns that are declared and found in the files, the columns that are
 * constant in each file, and, when reading leniently, columns that describe a defect.
 */
record CsvReadOptions(
    StructType declared, StructType constants, Strictness strictness, CsvFormat format)
    implements Serializable {

  /** What happens to a record that doesn't match the declared columns. */
  enum Strictness {
    /** The task fails. */
    STRICT,
    /** The record becomes a row that describes the defect. */
    LENIENT
  }

  private static final StructType DEFECTS =
      new StructType()
          .add("_file", DataTypes.StringType, false)
          .add("_line", DataTypes.LongType, false)
          .add("_defect", DataTypes.StringType, true)
          .add("_text", DataTypes.StringType, true);

  CsvReadOptions {
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

  /** The schema of the rows. A defective row has NULL in every declared column. */
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
