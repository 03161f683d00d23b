package io.penstock.spark.sql;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Selects whole partitions by typed values.
 *
 * <p>The SQL text is rendered from the values and verified with Spark's parser: text that reaches
 * {@code replaceWhere} unchecked can replace a whole table.
 *
 * @param units of which one has to match; each has one value for every column that it names
 */
public record PartitionPredicate(List<List<PartitionValue>> units) {

  public PartitionPredicate {
    units = units.stream().map(List::copyOf).distinct().toList();
    if (units.isEmpty() || units.stream().anyMatch(List::isEmpty)) {
      throw SqlErrors.emptyPredicate();
    }
    for (List<PartitionValue> unit : units) {
      Set<String> named = new HashSet<>();
      for (PartitionValue value : unit) {
        if (!named.add(value.column())) {
          throw SqlErrors.repeatedColumn(value.column());
        }
      }
    }
    ParsedPredicate.parse(render(units), units);
  }

  /** One partition, or all partitions that agree on these columns. */
  public static PartitionPredicate unit(PartitionValue... values) {
    return units(List.of(List.of(values)));
  }

  /** Several units, each with one value for every column that it names. */
  public static PartitionPredicate units(List<List<PartitionValue>> units) {
    return new PartitionPredicate(units);
  }

  /** The columns that the units name. */
  public Set<String> columns() {
    return units.stream().flatMap(List::stream).map(PartitionValue::column).collect(toSet());
  }

  /** As Spark SQL, for {@code where}, {@code replaceWhere} and people. */
  public String sql() {
    return render(units);
  }

  /** As an unresolved Catalyst expression, equal to {@link #sql()} as Spark parses it. */
  public Expression expression() {
    return ParsedPredicate.parse(sql(), units);
  }

  @Override
  public String toString() {
    return sql();
  }

  /** Whether these units are several values of one column. */
  static boolean isOneColumn(List<List<PartitionValue>> units) {
    PartitionValue first = units.get(0).get(0);
    return units.size() > 1
        && units.stream()
            .allMatch(
                unit ->
                    unit.size() == 1
                        && unit.get(0).column().equals(first.column())
                        && unit.get(0).type().equals(first.type()));
  }

  private static String render(List<List<PartitionValue>> units) {
    if (isOneColumn(units)) {
      return SqlLiterals.identifier(units.get(0).get(0).column())
          + units.stream().map(unit -> literal(unit.get(0))).collect(joining(", ", " IN (", ")"));
    }
    if (units.size() == 1) {
      return conjunction(units.get(0));
    }
    return units.stream().map(unit -> "(" + conjunction(unit) + ")").collect(joining(" OR "));
  }

  private static String conjunction(List<PartitionValue> unit) {
    return unit.stream()
        .map(value -> SqlLiterals.identifier(value.column()) + " = " + literal(value))
        .collect(joining(" AND "));
  }

  private static String literal(PartitionValue value) {
    return SqlLiterals.render(value.type(), value.value());
  }
}
