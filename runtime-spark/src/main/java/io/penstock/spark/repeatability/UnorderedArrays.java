package io.penstock.spark.repeatability;

import io.penstock.spark.text.WordList;
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
 * What functions do with an array whose elements are in an undetermined order: some don't depend on
 * the order, some yield another such array, and all others depend on it.
 */
final class UnorderedArrays {
  private static final Set<String> INDIFFERENT =
      WordList.of(
          """
          Size ArrayContains ArraysOverlap ArrayExists ArrayForAll IsNull IsNotNull Explode
          """);
  private static final Set<String> ELEMENT_BY_ELEMENT =
      WordList.of(
          """
          Alias ArrayFilter ArrayTransform ArrayRemove Concat Reverse Coalesce If CaseWhen
          KnownNotNull KnownNotContainsNull
          """);

  /** These keep the first of several elements that are equal in their collation. */
  private static final Set<String> KEEPS_ONE_OF_EQUALS =
      Set.of("ArrayDistinct", "ArrayUnion", "ArrayExcept", "ArrayIntersect");

  private UnorderedArrays() {}

  /** Whether a function gives the same result for every order of the array. */
  static boolean isIndifferent(Expression function, Expression array) {
    if (isElement(function, array)) {
      return false;
    }
    if (function instanceof SortArray
        || function instanceof ArrayMin
        || function instanceof ArrayMax) {
      return distinguishesElements(array);
    }
    if (function instanceof ArraySort sort) {
      return isNaturalOrder(sort) && distinguishesElements(array);
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
      return distinguishesElements(function);
    }
    return ELEMENT_BY_ELEMENT.contains(name(function)) && seesNoPosition(function);
  }

  /**
   * Whether the function searches another array for this one, which is then compared as a whole.
   */
  private static boolean isElement(Expression function, Expression array) {
    return (function instanceof ArrayContains || function instanceof ArrayRemove)
        && function.children().last() == array;
  }

  /** Sorting leaves texts that are equal in their collation in the order in which they come. */
  private static boolean distinguishesElements(Expression array) {
    return UnsafeRowUtils.isBinaryStable(array.dataType());
  }

  /** The author's comparator may treat different elements as equal. */
  private static boolean isNaturalOrder(ArraySort sort) {
    if (!(sort.function() instanceof LambdaFunction comparator)
        || comparator.arguments().size() != 2) {
      return false;
    }
    Expression left = (Expression) comparator.arguments().apply(0);
    Expression right = (Expression) comparator.arguments().apply(1);
    return ArraySort$.MODULE$.comparator(left, right).equals(comparator.function());
  }

  /** A lambda with two parameters gets the position of an element. */
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
