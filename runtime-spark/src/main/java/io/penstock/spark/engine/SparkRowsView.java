package io.penstock.spark.engine;

import io.penstock.engine.Preview;
import io.penstock.engine.RowsView;
import io.penstock.engine.RunFailedException;
import io.penstock.plan.Node;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.run.FailingSteps;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Analysed rows, computed anew by each call. */
record SparkRowsView(Dataset<Row> frame, Node node) implements RowsView {
  @Override
  public Preview first(int rows) {
    return computed(() -> Previews.first(frame, rows));
  }

  @Override
  public long count() {
    return computed(frame::count);
  }

  @Override
  public String schema() {
    return Stream.of(frame.schema().fields())
        .map(field -> field.name() + " " + field.dataType().sql())
        .collect(Collectors.joining("\n"));
  }

  /** Computes with the rows; a failure names the steps that it arose in. */
  private <T> T computed(Supplier<T> work) {
    try {
      return work.get();
    } catch (RunFailedException e) {
      throw e;
    } catch (Throwable e) {
      // Scala throws checked exceptions without declaring them.
      throw new RunFailedException(FailingSteps.of(node).placed(Failures.of(e), e));
    }
  }
}
