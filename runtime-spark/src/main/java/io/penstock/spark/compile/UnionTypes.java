package io.penstock.spark.compile;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructType;

/**
 * Finds what a union by name would put together by position: the fields of structs inside of maps,
 * to which Spark's doesn't reach.
 */
final class UnionTypes {
  private final boolean insideMap;

  private UnionTypes(boolean insideMap) {
    this.insideMap = insideMap;
  }

  /** The fields of the left and of the right, where names and places differ inside of a map. */
  static Optional<List<List<String>>> mixed(DataType left, DataType right) {
    return new UnionTypes(false).of(left, right);
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
    if (insideMap && !same) {
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
