package io.penstock.spark.clock;

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
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Reads the TIMESTAMP columns of files whose format has none as texts, and makes times of them
 * itself: Spark's own readers give a time without a date that of the clock.
 */
public final class SourceTimes {
  private SourceTimes() {}

  /**
   * The rows with the declared columns. A text that is no time, or one without its date, fails with
   * the file's name when it is read.
   *
   * @param reader makes rows with the columns that it is given
   */
  public static Dataset<Row> parsed(
      StructType declared, Function<StructType, Dataset<Row>> reader) {
    StructType texts = (StructType) TextToTime.timestampsAsTexts(declared);
    if (texts.equals(declared)) {
      return reader.apply(declared);
    }
    Dataset<Row> rows = reader.apply(texts);
    List<Attribute> read = CollectionConverters.asJava(rows.queryExecution().analyzed().output());
    StructType made = declared.asNullable();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < read.size(); i++) {
      columns.add(parsed(read.get(i), made.fields()[i].dataType()));
    }
    return rows.select(columns.toArray(Column[]::new));
  }

  private static Column parsed(Attribute text, DataType made) {
    if (text.dataType().equals(made)) {
      return ExpressionUtils.column(text);
    }
    SourceCheck check = new SourceCheck(text.dataType(), made, text.name());
    return ExpressionUtils.column(
            new Cast(new FixedTime(text, check), made, Option.apply("UTC"), EvalMode.ANSI()))
        .as(text.name());
  }
}
