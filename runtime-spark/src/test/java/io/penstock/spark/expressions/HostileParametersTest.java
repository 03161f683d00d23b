package io.penstock.spark.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.testing.HostileText;
import io.penstock.spark.testing.SparkTestSession;
import io.penstock.spec.TypedValue;
import io.penstock.spec.ValueType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A parameter means exactly its value in expressions and queries, whatever the value is. */
@Tag("spark")
final class HostileParametersTest {
  private final SparkSession spark = (SparkSession) SparkTestSession.spark();
  private final List<String> values = HostileText.texts(10_000);
  private final Bindings bindings = Bindings.of(Optional.empty(), arguments(values));
  private final Expressions expressions = new Expressions(spark, bindings);

  @Test
  void tenThousandHostileValuesKeepTheirMeaningInExpressions() {
    var columns = IntStream.range(0, values.size()).mapToObj(i -> ":p" + i).toList();

    var arrived =
        spark
            .range(1)
            .select(
                functions.array(
                    expressions.columns(columns).toArray(org.apache.spark.sql.Column[]::new)))
            .first()
            .getList(0);

    assertThat(arrived).isEqualTo(values);
  }

  @Test
  void tenThousandHostileValuesKeepTheirMeaningInQueries() {
    String query =
        IntStream.range(0, values.size())
            .mapToObj(i -> ":p" + i)
            .collect(Collectors.joining(", ", "SELECT array(", ") AS a FROM t"));

    var arrived =
        new SqlQueries(spark, bindings, expressions)
            .query(query, Map.of("t", spark.range(1).toDF()))
            .first()
            .getList(0);

    assertThat(arrived).isEqualTo(values);
  }

  private static Map<String, TypedValue> arguments(List<String> values) {
    Map<String, TypedValue> arguments = new HashMap<>();
    for (int i = 0; i < values.size(); i++) {
      arguments.put("p" + i, new TypedValue(ValueType.STRING, values.get(i)));
    }
    return arguments;
  }
}
