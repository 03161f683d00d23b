package io.penstock.spark.engine;

import io.penstock.engine.Preview;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;

/** The first rows of a frame as text. */
final class Previews {
  private Previews() {}

  /** One row more tells that there are more; beyond the greatest number nobody looks. */
  private static int oneMore(int limit) {
    return limit == Integer.MAX_VALUE ? limit : limit + 1;
  }

  static Preview first(Dataset<Row> frame, int limit) {
    List<String> types = new ArrayList<>();
    List<Column> texts = new ArrayList<>();
    for (StructField field : frame.schema().fields()) {
      types.add(field.dataType().sql());
    }
    Dataset<Row> named =
        frame.toDF(
            java.util.stream.IntStream.range(0, types.size())
                .mapToObj(i -> "c" + i)
                .toArray(String[]::new));
    for (String column : named.columns()) {
      texts.add(functions.col(column).cast("string"));
    }
    List<Row> rows = named.select(texts.toArray(Column[]::new)).takeAsList(oneMore(limit));
    List<List<Optional<String>>> shown = new ArrayList<>();
    for (Row row : rows.subList(0, Math.min(limit, rows.size()))) {
      List<Optional<String>> cells = new ArrayList<>();
      for (int i = 0; i < row.size(); i++) {
        cells.add(row.isNullAt(i) ? Optional.empty() : Optional.of(row.getString(i)));
      }
      shown.add(cells);
    }
    return new Preview(List.of(frame.columns()), types, shown, rows.size() > limit);
  }
}
