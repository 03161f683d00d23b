package io.penstock.spark.engine;

import io.penstock.engine.Preview;
import io.penstock.engine.RowsView;
import io.penstock.plan.Node;
import io.penstock.spark.run.Failures;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Analysed rows, computed each time they are looked at. */
final class SparkRowsView implements RowsView {
  private final Dataset<Row> frame;
  private final Node node;

  SparkRowsView(Dataset<Row> frame, Node node) {
    this.frame = frame;
    this.node = node;
  }

  @Override
  public Preview first(int rows) {
    return Failures.classified(() -> Previews.first(frame, rows), node);
  }

  @Override
  public long count() {
    return Failures.classified(frame::count, node);
  }

  @Override
  public String schema() {
    return Stream.of(frame.schema().fields())
        .map(field -> field.name() + " " + field.dataType().sql())
        .collect(Collectors.joining("\n"));
  }
}
