package io.penstock.spark.compile;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * Finds fields of structs that Spark puts together by their position: where types meet without a
 * cast of the user's, and inside of maps also in a union by name.
 */
final class UnionTypes {
  private final boolean byPosition;

  private UnionTypes(boolean byPosition) {
    this.byPosition = byPosition;
  }

  /** The fields of the left and of the right, where names and places differ inside of a map. */
  static Optional<List<List<String>>> mixed(DataType left, DataType right) {
    return new UnionTypes(false).of(left, right);
  }

  /** The fields of two structs whose values would be put together by position alone. */
  static Optional<List<List<String>>> byPosition(DataType left, DataType right) {
    return new UnionTypes(true).of(left, right);
  }

  private Optional<List<List<String>>> of(DataType left, DataType right) {
    if (left instanceof ArrayType one && right instanceof ArrayType other) {
      return of(one.elementType(), other.elementType());
    }
    if (left instanceof MapType one && right instanceof MapType other) {
      UnionTypes inside = new UnionTypes(true);
      return inside
          .of(one.keyType(), other.keyType())
          .or(() -> inside.of(one.valueType(), other.valueType()));
    }
    return left instanceof StructType one && right instanceof StructType other
        ? ofStructs(one, other)
        : Optional.empty();
  }

  private Optional<List<List<String>>> ofStructs(StructType left, StructType right) {
    List<String> leftNames = List.of(left.fieldNames());
    List<String> rightNames = List.of(right.fieldNames());
    boolean same =
        leftNames.size() == rightNames.size()
            && Stream.iterate(0, i -> i < leftNames.size(), i -> i + 1)
                .allMatch(i -> leftNames.get(i).equalsIgnoreCase(rightNames.get(i)));
    if (byPosition && !same) {
      return Optional.of(List.of(leftNames, rightNames));
    }
    return Stream.of(left.fields())
        .flatMap(
            field ->
                Stream.of(right.fields())
                    .filter(other -> other.name().equalsIgnoreCase(field.name()))
                    .flatMap(other -> of(field.dataType(), other.dataType()).stream()))
        .findFirst();
  }
}
