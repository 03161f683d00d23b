package io.penstock.spark.repeatability;

import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.ArrayContains;
import org.apache.spark.sql.catalyst.expressions.ArrayMax;
import org.apache.spark.sql.catalyst.expressions.ArrayMin;
import org.apache.spark.sql.catalyst.expressions.ArrayRemove;
import org.apache.spark.sql.catalyst.expressions.ArraySort;
import org.apache.spark.sql.catalyst.expressions.ArraySort$;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.HigherOrderFunction;
import org.apache.spark.sql.catalyst.expressions.LambdaFunction;
import org.apache.spark.sql.catalyst.expressions.SortArray;
import org.apache.spark.sql.catalyst.util.UnsafeRowUtils;
import org.apache.spark.sql.types.ArrayType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What functions make of an array whose elements are known, but not their order: some don't care,
 * some make another such array of it, and to all others the order matters.
 */
final class LooseArrays {
  private static final Set<String> INDIFFERENT =
      Set.of(
          "Size",
          "ArrayContains",
          "ArraysOverlap",
          "ArrayExists",
          "ArrayForAll",
          "IsNull",
          "IsNotNull",
          "Explode");
  private static final Set<String> ELEMENT_BY_ELEMENT =
      Set.of(
          "Alias",
          "ArrayFilter",
          "ArrayTransform",
          "ArrayRemove",
          "Concat",
          "Reverse",
          "Coalesce",
          "If",
          "CaseWhen",
          "KnownNotNull",
          "KnownNotContainsNull");

  /** Of elements that are equal in their collation these keep the one that comes first. */
  private static final Set<String> KEEPS_ONE_OF_EQUALS =
      Set.of("ArrayDistinct", "ArrayUnion", "ArrayExcept", "ArrayIntersect");

  private LooseArrays() {}

  /** Whether a function gives the same for every order of the array. */
  static boolean isIndifferent(Expression function, Expression array) {
    if (isElement(function, array)) {
      return false;
    }
    if (function instanceof SortArray
        || function instanceof ArrayMin
        || function instanceof ArrayMax) {
      return tellsElementsApart(array);
    }
    if (function instanceof ArraySort sort) {
      return isNaturalOrder(sort) && tellsElementsApart(array);
    }
    return INDIFFERENT.contains(name(function)) && seesNoPosition(function);
  }

  /** Whether a function gives an array with the same elements for every order of the array. */
  static boolean isElementByElement(Expression function, Expression array) {
    if (isElement(function, array)) {
      return false;
    }
    if (function instanceof Cast) {
      return function.dataType() instanceof ArrayType;
    }
    if (KEEPS_ONE_OF_EQUALS.contains(name(function))) {
      return tellsElementsApart(function);
    }
    return ELEMENT_BY_ELEMENT.contains(name(function)) && seesNoPosition(function);
  }

  /** Whether the array is what is looked for in another one: then it is compared as a whole. */
  private static boolean isElement(Expression function, Expression array) {
    return (function instanceof ArrayContains || function instanceof ArrayRemove)
        && function.children().last() == array;
  }

  /** Texts that are equal in their collation are sorted in the order in which they come. */
  private static boolean tellsElementsApart(Expression array) {
    return UnsafeRowUtils.isBinaryStable(array.dataType());
  }

  /** A comparator of the author's may hold elements equal that aren't. */
  private static boolean isNaturalOrder(ArraySort sort) {
    if (!(sort.function() instanceof LambdaFunction comparator)
        || comparator.arguments().size() != 2) {
      return false;
    }
    Expression left = (Expression) comparator.arguments().apply(0);
    Expression right = (Expression) comparator.arguments().apply(1);
    return ArraySort$.MODULE$.comparator(left, right).equals(comparator.function());
  }

  /** A lambda may also ask for the position of an element. */
  private static boolean seesNoPosition(Expression function) {
    return !(function instanceof HigherOrderFunction higher)
        || CollectionConverters.asJava(higher.functions()).stream()
            .allMatch(
                lambda -> lambda instanceof LambdaFunction known && known.arguments().size() == 1);
  }

  private static String name(Expression function) {
    return function.getClass().getSimpleName();
  }
}
