package io.penstock.spark.records;

import io.penstock.spec.FileSource.WhenDefective;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a source's rows.
 *
 * <p>Where defects are kept, every record is a row, and four columns are added: {@code _file
 * STRING}; {@code _line BIGINT}, the physical line where the record starts, from 1; {@code _defect
 * STRING}, the reason, for which the declared columns are NULL, or NULL if there is no defect;
 * {@code _text STRING}, the record as it stands in the file if it is defective, or if all records
 * are kept.
 *
 * @param declared the columns that the records hold, and the one for those that aren't declared
 * @param constants the columns that are the same in all rows of a file, such as the date of its
 *     folder; each {@link InputFile} carries their values
 */
public record RecordColumns(
    ExpectedColumns declared, StructType constants, WhenDefective whenDefective)
    implements Serializable {
  private static final StructType PLACE =
      new StructType()
          .add("_file", DataTypes.StringType, false)
          .add("_line", DataTypes.LongType, false)
          .add("_defect", DataTypes.StringType, true)
          .add("_text", DataTypes.StringType, true);

  /**
   * @throws IllegalArgumentException if nothing is declared or a name occurs twice
   */
  public RecordColumns {
    if (declared.types().isEmpty()) {
      throw RecordErrors.noColumns();
    }
    Set<String> names = new HashSet<>();
    for (StructField field : combine(declared, constants, whenDefective).fields()) {
      if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
        throw RecordErrors.repeatedColumn(field.name());
      }
    }
  }

  /** Declared columns alone: the first defect fails the task. */
  public static RecordColumns of(StructType declared) {
    return new RecordColumns(
        ExpectedColumns.strict(declared), new StructType(), WhenDefective.FAIL);
  }

  /** The schema of the rows. */
  public StructType all() {
    return combine(declared, constants, whenDefective);
  }

  boolean keepsDefects() {
    return whenDefective != WhenDefective.FAIL;
  }

  boolean keepsRecords() {
    return whenDefective == WhenDefective.KEEP_RECORDS;
  }

  private static StructType combine(
      ExpectedColumns declared, StructType constants, WhenDefective whenDefective) {
    boolean keep = whenDefective != WhenDefective.FAIL;
    StructType all = new StructType();
    for (StructField field : declared.types().fields()) {
      all = all.add(field.name(), field.dataType(), keep || field.nullable(), field.metadata());
    }
    for (StructField field : declared.rest().fields()) {
      all = all.add(field);
    }
    for (StructField field : constants.fields()) {
      all = all.add(field);
    }
    if (keep) {
      for (StructField field : PLACE.fields()) {
        all = all.add(field);
      }
    }
    return all;
  }
}
