package io.penstock.spark.datetime;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.TimestampType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Parses the TIMESTAMP columns of files whose format stores them as text. Spark's own readers would
 * add today's date to a time without one.
 */
public final class SourceTimestamps {
  private SourceTimestamps() {}

  /**
   * The rows with the declared columns. Reading a text that is no TIMESTAMP with a date fails with
   * the name of the file.
   *
   * @param reader reads rows with a given schema
   */
  public static Dataset<Row> parsed(
      StructType declared, Function<StructType, Dataset<Row>> reader) {
    DataType texts = declared.transformRecursively(scala.Function.unlift(SourceTimestamps::asText));
    if (texts.equals(declared)) {
      return reader.apply(declared);
    }
    Dataset<Row> rows = reader.apply((StructType) texts);
    List<Attribute> read = CollectionConverters.asJava(rows.queryExecution().analyzed().output());
    StructType made = declared.asNullable();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      columns.add(parsed(read.get(i), made.fields()[i].dataType()));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Option<DataType> asText(DataType type) {
    return type instanceof TimestampType ? Option.apply(DataTypes.StringType) : Option.empty();
  }

  private static Column parsed(Attribute text, DataType made) {
    if (text.dataType().equals(made)) {
      return ExpressionUtils.column(text);
    }
    SourceTextCheck check = new SourceTextCheck(text.dataType(), made, text.name());
    return ExpressionUtils.column(
            new Cast(new CheckedValue(text, check), made, Option.apply("UTC"), EvalMode.ANSI()))
        .as(text.name());
  }
}
