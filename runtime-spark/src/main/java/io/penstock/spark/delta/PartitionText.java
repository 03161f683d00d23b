package io.penstock.spark.delta;

import static io.penstock.spark.delta.ScalaInterop.some;

import io.penstock.spark.sql.PartitionValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;

/**
 * Compares typed partition values with the text that Delta stores; one value can have several
 * texts.
 */
final class PartitionText {
  private PartitionText() {}

  /** The units in which none of some files lies, each given by its stored values. */
  static List<List<PartitionValue>> missing(
      List<List<PartitionValue>> units, List<Map<String, Optional<String>>> stored) {
    Map<List<PartitionValue>, ?> present = byUnit(units, stored, Function.identity());
    return units.stream().filter(unit -> !present.containsKey(unit)).toList();
  }

  /**
   * The files, or folders, of each unit that has any.
   *
   * @param stored the values of a file's folder, as texts
   */
  static <F> Map<List<PartitionValue>, List<F>> byUnit(
      List<List<PartitionValue>> units,
      Collection<F> files,
      Function<F, Map<String, Optional<String>>> stored) {
    // Units with the same columns look for the same keys: these are computed once for all files.
    Map<List<PartitionColumn>, Map<List<Object>, List<F>>> byKey = new HashMap<>();
    Map<List<PartitionValue>, List<F>> found = new HashMap<>();
    for (List<PartitionValue> unit : units) {
      List<PartitionColumn> columns = unit.stream().map(PartitionColumn::of).toList();
      Optional.ofNullable(
              byKey.computeIfAbsent(columns, shape -> byKey(shape, files, stored)).get(key(unit)))
          .ifPresent(ofUnit -> found.put(unit, ofUnit));
    }
    return found;
  }

  private static <F> Map<List<Object>, List<F>> byKey(
      List<PartitionColumn> columns,
      Collection<F> files,
      Function<F, Map<String, Optional<String>>> stored) {
    Map<List<Object>, List<F>> byKey = new HashMap<>();
    for (F file : files) {
      Map<String, Optional<String>> values = stored.apply(file);
      List<Object> key = new ArrayList<>();
      for (PartitionColumn column : columns) {
        values
            .getOrDefault(column.name(), Optional.empty())
            .map(text -> parsed(text, column.type()))
            .ifPresent(key::add);
      }
      // A file with NULL, or a text that isn't of the type, lies in no unit.
      if (key.size() == columns.size()) {
        byKey.computeIfAbsent(key, none -> new ArrayList<>()).add(file);
      }
    }
    return byKey;
  }

  private static List<Object> key(List<PartitionValue> unit) {
    return unit.stream()
        .map(value -> comparable(Literal.create(value.value(), value.type()).value()))
        .toList();
  }

  private static Object parsed(String text, DataType type) {
    Object value =
        new Cast(Literal.create(text, DataTypes.StringType), type, some("UTC"), EvalMode.TRY())
            .eval(null);
    return value == null ? null : comparable(value);
  }

  /** Two spellings of one decimal number are equal, but don't have one hash. */
  private static Object comparable(Object value) {
    return value instanceof Decimal number ? number.toJavaBigDecimal().stripTrailingZeros() : value;
  }

  private record PartitionColumn(String name, DataType type) {
    static PartitionColumn of(PartitionValue value) {
      return new PartitionColumn(value.column(), value.type());
    }
  }
}
