package io.penstock.spark.sql;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;

/**
 * Selects whole partitions by typed values.
 *
 * <p>Either some units, each naming one value for every column it speaks of, or a half-open range
 * of one column. It is rendered from the values alone and read back by Spark's parser before anyone
 * uses it: text that reaches {@code replaceWhere} unchecked can replace a whole table.
 *
 * @param alternatives the rows of which one has to hold; each is a list of comparisons that all
 *     hold
 */
public record PartitionPredicate(List<List<Comparison>> alternatives) {
  /** How a column stands to a value. BETWEEN is absent: Delta cannot check rows against it. */
  public enum Operator {
    EQUAL("="),
    AT_LEAST(">="),
    BELOW("<");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }
  }

  /** One column compared with one value. */
  public record Comparison(PartitionValue partition, Operator operator) {
    public Comparison {
      Objects.requireNonNull(partition, "partition");
      Objects.requireNonNull(operator, "operator");
    }

    private String sql() {
      return SqlLiterals.identifier(partition.column())
          + " "
          + operator.symbol
          + " "
          + SqlLiterals.render(partition.type(), partition.value());
    }
  }

  public PartitionPredicate {
    alternatives = alternatives.stream().map(List::copyOf).distinct().toList();
    if (alternatives.isEmpty() || alternatives.stream().anyMatch(List::isEmpty)) {
      throw SqlErrors.emptyPredicate();
    }
    for (List<Comparison> alternative : alternatives) {
      Set<String> compared = new HashSet<>();
      for (Comparison comparison : alternative) {
        String column = comparison.partition().column();
        if (!compared.add(column + " " + comparison.operator().symbol)) {
          throw SqlErrors.repeatedColumn(column);
        }
      }
    }
    ParsedPredicate.parse(render(alternatives), alternatives);
  }

  /** One partition, or all partitions that agree on these columns. */
  public static PartitionPredicate unit(PartitionValue... values) {
    return units(List.of(List.of(values)));
  }

  /** Several units, each with a value for every column it speaks of. */
  public static PartitionPredicate units(List<List<PartitionValue>> units) {
    return new PartitionPredicate(
        units.stream()
            .map(unit -> unit.stream().map(value -> new Comparison(value, Operator.EQUAL)).toList())
            .toList());
  }

  /** All partitions of a column from a value on, up to another, which is not included. */
  public static PartitionPredicate range(PartitionValue from, PartitionValue to) {
    if (!from.column().equals(to.column()) || !from.type().equals(to.type())) {
      throw SqlErrors.mixedRange(from, to);
    }
    return new PartitionPredicate(
        List.of(
            List.of(new Comparison(from, Operator.AT_LEAST), new Comparison(to, Operator.BELOW))));
  }

  /** All partitions of a column below a value. */
  public static PartitionPredicate below(PartitionValue to) {
    return new PartitionPredicate(List.of(List.of(new Comparison(to, Operator.BELOW))));
  }

  /** The columns it speaks of. */
  public Set<String> columns() {
    return alternatives.stream()
        .flatMap(List::stream)
        .map(comparison -> comparison.partition().column())
        .collect(toSet());
  }

  /**
   * The values of each unit.
   *
   * @throws IllegalStateException for a range
   */
  public List<List<PartitionValue>> units() {
    if (alternatives.stream().flatMap(List::stream).anyMatch(c -> c.operator() != Operator.EQUAL)) {
      throw SqlErrors.notUnits(sql());
    }
    return alternatives.stream()
        .map(unit -> unit.stream().map(Comparison::partition).toList())
        .toList();
  }

  /** As Spark SQL, for {@code where}, {@code replaceWhere} and people. */
  public String sql() {
    return render(alternatives);
  }

  /** As an unresolved Catalyst expression, equal to what Spark's parser makes of {@link #sql()}. */
  public Expression expression() {
    return ParsedPredicate.parse(sql(), alternatives);
  }

  @Override
  public String toString() {
    return sql();
  }

  /** Whether these alternatives are several values of one column. */
  static boolean isOneColumn(List<List<Comparison>> alternatives) {
    PartitionValue first = alternatives.get(0).get(0).partition();
    return alternatives.size() > 1
        && alternatives.stream()
            .allMatch(
                a ->
                    a.size() == 1
                        && a.get(0).operator() == Operator.EQUAL
                        && a.get(0).partition().column().equals(first.column())
                        && a.get(0).partition().type().equals(first.type()));
  }

  private static String render(List<List<Comparison>> alternatives) {
    if (isOneColumn(alternatives)) {
      return SqlLiterals.identifier(alternatives.get(0).get(0).partition().column())
          + alternatives.stream()
              .map(a -> a.get(0).partition())
              .map(value -> SqlLiterals.render(value.type(), value.value()))
              .collect(joining(", ", " IN (", ")"));
    }
    if (alternatives.size() == 1) {
      return conjunction(alternatives.get(0));
    }
    return alternatives.stream()
        .map(alternative -> "(" + conjunction(alternative) + ")")
        .collect(joining(" OR "));
  }

  private static String conjunction(List<Comparison> comparisons) {
    return comparisons.stream().map(Comparison::sql).collect(joining(" AND "));
  }
}
