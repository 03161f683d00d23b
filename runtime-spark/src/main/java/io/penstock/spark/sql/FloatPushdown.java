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
 * Prevents that filters on floating-point columns are pushed down to files. The statistics of such
 * columns don't agree with Spark's comparisons: Parquet's dictionaries distinguish 0.0 and -0.0,
 * which are equal, and many writers leave NaN out of the minimum and maximum, although Spark treats
 * it as greater than all other values. Skipping files or row groups by them would lose rows.
 */
public final class FloatPushdown {
  private FloatPushdown() {}

  /** The same rows, whose floating-point columns no filter is pushed down for. */
  public static Dataset<Row> prevent(Dataset<Row> rows) {
    List<Attribute> columns =
        CollectionConverters.asJava(rows.queryExecution().analyzed().output());
    if (columns.stream().noneMatch(column -> holdsFloats(column.dataType()))) {
      return rows;
    }
    List<NamedExpression> marked = columns.stream().map(FloatPushdown::marked).toList();
    return org.apache.spark.sql.classic.Dataset.ofRows(
        (SparkSession) rows.sparkSession(),
        new Project(
            CollectionConverters.asScala(marked).toSeq(), rows.queryExecution().analyzed()));
  }

  private static NamedExpression marked(Attribute column) {
    if (!holdsFloats(column.dataType())) {
      return column;
    }
    // It has no effect, but no optimizer rule removes it, and no filter is pushed down through it.
    Expression marked = column.nullable() ? new KnownNullable(column) : new KnownNotNull(column);
    return new Alias(
        marked,
        column.name(),
        NamedExpression.newExprId(),
        column.qualifier(),
        Option.apply(column.metadata()),
        CollectionConverters.asScala(Set.<String>of().iterator()).toSeq());
  }

  /** Filters are pushed down for fields of structs, but not for elements of arrays or maps. */
  private static boolean holdsFloats(DataType type) {
    return type instanceof DoubleType
        || type instanceof FloatType
        || (type instanceof StructType struct
            && Stream.of(struct.fields()).anyMatch(field -> holdsFloats(field.dataType())));
  }
}
