package io.penstock.spark.records;

import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.unsafe.types.UTF8String;

/** Makes the rows of one file: the declared columns, the file's constants and a record's place. */
public final class FileRows {
  private final InputFile file;
  private final RecordColumns columns;
  private final Object[] constants;
  private final UTF8String path;
  private final int width;
  private final TextEncoding encoding;
  private final FileBeginning beginning;
  private final UnknownKeyCounts unknown;

  FileRows(
      InputFile file,
      RecordColumns columns,
      TextEncoding encoding,
      FileBeginning beginning,
      UnknownKeyCounts unknown) {
    this.file = file;
    this.columns = columns;
    this.encoding = encoding;
    this.beginning = beginning;
    this.unknown = unknown;
    this.path = UTF8String.fromString(file.path());
    this.width = columns.all().size();
    StructField[] fields = columns.constants().fields();
    this.constants = new Object[fields.length];
    for (int i = 0; i < fields.length; i++) {
      constants[i] =
          CatalystTypeConverters.createToCatalystConverter(fields[i].dataType())
              .apply(file.constants().get(i));
    }
  }

  /** The path of the file. */
  public String file() {
    return file.path();
  }

  /** The columns that a record has to hold. */
  public ExpectedColumns declared() {
    return columns.declared();
  }

  /**
   * What is wrong with a record whose bytes don't stand for text. In the place of those that
   * another encoding than UTF-8 doesn't know stands one that UTF-8 doesn't know.
   */
  public Defect notText(byte[] buffer, int offset, int length) {
    return beginning
        .signature()
        .filter(signature -> signature == FileSignature.PDF)
        .map(signature -> signature.explain(new Defect("it is not valid " + encoding.name())))
        .orElseGet(() -> encoding.invalid(beginning, buffer, offset, length));
  }

  /** A defect, of which the beginning of the file may tell the cause. */
  public Defect explained(Defect defect) {
    return beginning.signature().map(signature -> signature.explain(defect)).orElse(defect);
  }

  /** Counts records that have a key or column that isn't declared. */
  public void countUnknown(String name, long records) {
    unknown.add(name, records);
  }

  /** Room for a row, to be filled with the values of the declared columns from its beginning. */
  public Object[] values() {
    return new Object[width];
  }

  /** Whether the row of a record without a defect holds its text, too. */
  public boolean keepsRecords() {
    return columns.keepsRecords();
  }

  /**
   * The row of a record without a defect, where {@linkplain #keepsRecords() records are kept}.
   *
   * @param text the record as it stands in the file
   */
  public InternalRow row(Object[] values, long line, String text) {
    return row(values, line, null, UTF8String.fromString(text));
  }

  /**
   * The row of a record without a defect.
   *
   * @param values of the declared columns, and behind them of the one for what isn't declared, if
   *     there is one, in {@link #values() room for the others}
   * @param line where the record starts, from 1
   */
  public InternalRow row(Object[] values, long line) {
    return row(values, line, null, null);
  }

  /**
   * What becomes of a defective record.
   *
   * @param reason why it doesn't fit, without any of its content
   * @param text the record as it stands in the file
   * @throws MalformedInputException where defects aren't kept
   */
  public InternalRow defective(long line, String reason, String text) {
    return defective(line, explained(new Defect(reason)), text);
  }

  /** The same for a defect that may have a fix of its own. */
  public InternalRow defective(long line, Defect defect, String text) {
    if (!columns.keepsDefects()) {
      throw MalformedInputException.ofRecord(
          file.path(), line, defect, columns.declared().types().toDDL());
    }
    return row(values(), line, UTF8String.fromString(defect.reason()), UTF8String.fromString(text));
  }

  private InternalRow row(Object[] values, long line, UTF8String reason, UTF8String text) {
    int position = columns.declared().types().size() + columns.declared().rest().size();
    for (Object constant : constants) {
      values[position++] = constant;
    }
    if (columns.keepsDefects()) {
      values[position++] = path;
      values[position++] = line;
      values[position++] = reason;
      values[position] = text;
    }
    return new GenericInternalRow(values);
  }
}
