package io.penstock.spark.testing;

import com.holdenkarau.spark.testing.JavaDataFrameSuiteBase;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.SparkSession;

/**
 * Compares data frames in tests with spark-testing-base.
 *
 * <p>Column names, types and values count; nullability doesn't, because a stored column is nullable
 * whatever the frame that filled it said.
 */
public final class FrameAssertions {
  private static final Comparison COMPARISON = new Comparison();

  private FrameAssertions() {}

  /** Both frames hold the same rows in the same order. */
  public static void assertDataFrameEquals(Dataset<Row> expected, Dataset<Row> actual) {
    COMPARISON.assertDataFrameEquals(nullable(expected), nullable(actual));
  }

  /** Both frames hold the same rows, each as often, in whatever order. */
  public static void assertSameRows(Dataset<Row> expected, Dataset<Row> actual) {
    COMPARISON.assertDataFrameNoOrderEquals(nullable(expected), nullable(actual));
  }

  private static Dataset<Row> nullable(Dataset<Row> frame) {
    return frame.sparkSession().createDataFrame(frame.toJavaRDD(), frame.schema().asNullable());
  }

  /** The library's comparison, kept from starting a Spark context of its own. */
  private static final class Comparison extends JavaDataFrameSuiteBase {
    private static final long serialVersionUID = 1L;

    @Override
    public SparkSession spark() {
      return SparkTestSession.spark();
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
