package io.penstock.spark.sql;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.KnownNotNull;
import org.apache.spark.sql.catalyst.expressions.KnownNullable;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.FloatType;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Keeps filters on floating-point columns away from the files. What files and logs say of such
 * columns isn't what Spark's comparisons say: Parquet's dictionaries tell 0.0 from -0.0, which are
 * equal, and the least and greatest values that many programs write leave NaN out, which Spark
 * holds greater than all. A file or a row group that is skipped by these loses rows.
 */
public final class UnpushedFloats {
  private UnpushedFloats() {}

  /** The same rows, of whose floating-point columns no reader knows which are filtered by. */
  public static Dataset<Row> in(Dataset<Row> rows) {
    List<Attribute> columns =
        CollectionConverters.asJava(rows.queryExecution().analyzed().output());
    if (columns.stream().noneMatch(column -> isFilteredByFloats(column.dataType()))) {
      return rows;
    }
    List<NamedExpression> kept = columns.stream().map(UnpushedFloats::kept).toList();
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (SparkSession) rows.sparkSession(),
        new Project(CollectionConverters.asScala(kept).toSeq(), rows.queryExecution().analyzed()));
  }

  private static NamedExpression kept(Attribute column) {
    if (!isFilteredByFloats(column.dataType())) {
      return column;
    }
    // A mark without effect that no rule takes away, and no reader of filters looks through.
    Expression marked = column.nullable() ? new KnownNullable(column) : new KnownNotNull(column);
    return new Alias(
        marked,
        column.name(),
        NamedExpression.newExprId(),
        column.qualifier(),
        Option.apply(column.metadata()),
        CollectionConverters.asScala(Set.<String>of().iterator()).toSeq());
  }

  /** Filters reach into structs, and into nothing else. */
  private static boolean isFilteredByFloats(DataType type) {
    return type instanceof DoubleType
        || type instanceof FloatType
        || (type instanceof StructType struct
            && Stream.of(struct.fields()).anyMatch(field -> isFilteredByFloats(field.dataType())));
  }
}
