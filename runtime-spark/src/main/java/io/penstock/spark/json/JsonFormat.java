package io.penstock.spark.json;

import io.penstock.spark.records.ExpectedColumns;
import io.penstock.spark.records.FileRows;
import io.penstock.spark.records.RecordFormat;
import io.penstock.spark.records.Records;
import io.penstock.spark.records.ValueParsers;
import io.penstock.spec.JsonSource.Layout;
import java.io.IOException;
import java.io.InputStream;
import org.apache.spark.sql.types.StructType;

/**
 * Objects in JSON, whose keys are the declared columns.
 *
 * <ul>
 *   <li>UTF-8, with or without a byte order mark.
 *   <li>A declared key that is absent, or null, is NULL. That no object of a file has it, or that
 *       an object has it in another case alone, is a defect: rather the name is wrong. Other keys
 *       are left out.
 *   <li>The types are as strict as those of CSV: {@link JsonTypes}.
 *   <li>A key that occurs twice in an object, text behind an object and objects over 16 MiB are
 *       defects.
 * </ul>
 */
public final class JsonFormat implements RecordFormat {
  private static final long serialVersionUID = 1L;

  private final Layout layout;
  private final ValueParsers values;

  private JsonFormat(Layout layout, ValueParsers values) {
    this.layout = layout;
    this.values = values;
  }

  /**
   * Files of objects.
   *
   * @throws IllegalArgumentException if a column's type has no form in JSON
   */
  public static JsonFormat of(Layout layout, ValueParsers values, StructType declared) {
    JsonTypes.of(
        declared,
        "",
        new JsonRules(
            ExpectedColumns.strict(declared), values, (path, objects) -> {}, new ObjectNotes()));
    return new JsonFormat(layout, values);
  }

  @Override
  public Records open(InputStream content, FileRows rows) throws IOException {
    return new JsonRecords(
        switch (layout) {
          case LINES -> new LineObjects(content);
          case MULTI_LINE -> new DocumentObjects(content);
        },
        rows,
        values);
  }
}
