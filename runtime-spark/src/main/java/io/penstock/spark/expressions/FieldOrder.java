package io.penstock.spark.expressions;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Finds fields of structs that Spark matches by position although their names are in another order:
 * where it compares or casts implicitly, and inside maps also in a union by name.
 */
public final class FieldOrder {
  private enum Matching {
    BY_NAME,
    BY_NAME_INSIDE_A_MAP,
    BY_POSITION
  }

  private final Matching matching;

  private FieldOrder(Matching matching) {
    this.matching = matching;
  }

  /** The fields of both sides, where a union by name would mix them up inside a map. */
  public static Optional<List<List<String>>> mixed(DataType left, DataType right) {
    return new FieldOrder(Matching.BY_NAME).of(left, right);
  }

  /**
   * The fields of both sides, where a name of the left is at another position on the right. Structs
   * without common names are matched by position, as SQL says.
   */
  static Optional<List<List<String>>> byPosition(DataType left, DataType right) {
    return new FieldOrder(Matching.BY_POSITION).of(left, right);
  }

  private Optional<List<List<String>>> of(DataType left, DataType right) {
    if (left instanceof ArrayType one && right instanceof ArrayType other) {
      return of(one.elementType(), other.elementType());
    }
    if (left instanceof MapType one && right instanceof MapType other) {
      FieldOrder inside =
          matching == Matching.BY_NAME ? new FieldOrder(Matching.BY_NAME_INSIDE_A_MAP) : this;
      return inside
          .of(one.keyType(), other.keyType())
          .or(() -> inside.of(one.valueType(), other.valueType()));
    }
    return left instanceof StructType one && right instanceof StructType other
        ? ofStructs(one, other)
        : Optional.empty();
  }

  private Optional<List<List<String>>> ofStructs(StructType left, StructType right) {
    List<String> leftNames = names(left);
    List<String> rightNames = names(right);
    boolean mixed =
        switch (matching) {
          case BY_NAME -> false;
          case BY_NAME_INSIDE_A_MAP -> !leftNames.equals(rightNames);
          case BY_POSITION -> isMoved(leftNames, rightNames);
        };
    return mixed
        ? Optional.of(List.of(List.of(left.fieldNames()), List.of(right.fieldNames())))
        : pairs(left, right)
            .flatMap(pair -> of(pair.get(0).dataType(), pair.get(1).dataType()).stream())
            .findFirst();
  }

  /** A struct may have a name twice, so fields that match at their position are left out first. */
  private static boolean isMoved(List<String> left, List<String> right) {
    return IntStream.range(0, left.size())
        .filter(i -> i >= right.size() || !left.get(i).equals(right.get(i)))
        .anyMatch(i -> right.contains(left.get(i)));
  }

  /** The fields that Spark matches. */
  private Stream<List<StructField>> pairs(StructType left, StructType right) {
    if (matching == Matching.BY_POSITION) {
      return IntStream.range(0, Math.min(left.size(), right.size()))
          .mapToObj(i -> List.of(left.fields()[i], right.fields()[i]));
    }
    return Stream.of(left.fields())
        .flatMap(
            field ->
                Stream.of(right.fields())
                    .filter(other -> other.name().equalsIgnoreCase(field.name()))
                    .map(other -> List.of(field, other)));
  }

  private static List<String> names(StructType struct) {
    return Stream.of(struct.fieldNames()).map(name -> name.toLowerCase(Locale.ROOT)).toList();
  }
}
