package io.penstock.samples.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import io.penstock.samples.oracle.ResultTable;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** Holds tables against what the oracle says, with spark-testing-base. */
public final class Frames {
  private static final Comparison COMPARISON = new Comparison();

  private Frames() {}

  /**
   * The frame holds exactly the oracle's rows, each as often, in any order.
   *
   * @param schema the columns with their types as DDL, in order
   */
  public static void assertHolds(Dataset<Row> actual, String schema, ResultTable expected) {
    assertSameRows(of(SparkSession.active(), schema, expected), actual);
  }

  /** The oracle's rows as a frame. */
  static Dataset<Row> of(SparkSession spark, String schema, ResultTable rows) {
    StructType type = StructType.fromDDL(schema);
    assertThat(rows.columns()).containsExactly(type.fieldNames());
    return spark.createDataFrame(
        rows.rows().stream().map(row -> RowFactory.create(row.toArray())).toList(), type);
  }

  /** Both frames have the same columns and hold the same rows, each as often, in any order. */
  public static void assertSameRows(Dataset<Row> expected, Dataset<Row> actual) {
    COMPARISON.assertDataFrameNoOrderEquals(expected, actual);
  }

  /** The library's comparison, kept from starting a Spark context of its own. */
  private static final class Comparison extends JavaDataFrameSuiteBase {
    private static final long serialVersionUID = 1L;

    @Override
    public SparkSession spark() {
      return SparkSession.active();
    }

    @Override
    public SparkContext sc() {
      return spark().sparkContext();
    }

    @Override
    public SQLContext sqlContext() {
      return spark().sqlContext();
    }
  }
}
