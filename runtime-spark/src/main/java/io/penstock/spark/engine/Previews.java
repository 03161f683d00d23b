package io.penstock.spark.engine;

import io.penstock.engine.Preview;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The first rows of a frame as text. */
final class Previews {
  private Previews() {}

  /** One row more tells that there are more; with the greatest limit none is looked for. */
  private static int oneMore(int limit) {
    return limit == Integer.MAX_VALUE ? limit : limit + 1;
  }

  static Preview first(Dataset<Row> frame, int limit) {
    List<String> types =
        Stream.of(frame.schema().fields()).map(field -> field.dataType().sql()).toList();
    // Two columns may have the same name.
    String[] names = IntStream.range(0, types.size()).mapToObj(i -> "c" + i).toArray(String[]::new);
    Column[] texts =
        Stream.of(names).map(name -> functions.col(name).cast("string")).toArray(Column[]::new);
    List<Row> rows = frame.toDF(names).select(texts).takeAsList(oneMore(limit));
    List<List<Optional<String>>> shown =
        rows.subList(0, Math.min(limit, rows.size())).stream().map(Previews::cells).toList();
    return new Preview(List.of(frame.columns()), types, shown, rows.size() > limit);
  }

  private static List<Optional<String>> cells(Row row) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> Optional.ofNullable(row.getString(i)))
        .toList();
  }
}
