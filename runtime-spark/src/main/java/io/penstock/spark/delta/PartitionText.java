package io.penstock.spark.delta;

import static io.penstock.spark.delta.ScalaInterop.some;

import io.penstock.spark.sql.PartitionValue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;

/**
 * Compares typed partition values with the text that Delta stores; one value can have several
 * texts.
 */
final class PartitionText {
  private PartitionText() {}

  /** Whether a file with these stored values lies in the unit. */
  static boolean matches(List<PartitionValue> unit, Map<String, Optional<String>> stored) {
    return unit.stream()
        .allMatch(
            value -> stored.get(value.column()).filter(text -> matches(value, text)).isPresent());
  }

  private static boolean matches(PartitionValue value, String text) {
    Object parsed =
        new Cast(
                Literal.create(text, DataTypes.StringType),
                value.type(),
                some("UTC"),
                EvalMode.TRY())
            .eval(null);
    return Literal.create(value.value(), value.type()).value().equals(parsed);
  }
}
