package io.penstock.spark.repeatability;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.util.UnsafeRowUtils;
import org.apache.spark.sql.types.MapType;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Which values some values determine: rows that agree in these also agree in every value that is
 * computed from them alone.
 */
final class FunctionalDependencies {
  private final List<Expression> values;
  private final Set<Expression> canonical = new HashSet<>();

  /**
   * The dependencies on these values.
   *
   * @param values where a struct stands for all its fields
   */
  static FunctionalDependencies of(List<Expression> values) {
    List<Expression> parts = new ArrayList<>();
    values.forEach(value -> addParts(value, parts));
    return new FunctionalDependencies(parts);
  }

  /**
   * The dependencies for the rows of a group that share the greatest value of an order. Rows with
   * an order of NULL are left out, so a condition that only makes the order NULL is ignored.
   */
  static FunctionalDependencies ofGreatest(List<Expression> keys, Expression order) {
    List<Expression> values = new ArrayList<>(keys);
    values.add(unguarded(order));
    return of(values);
  }

  private FunctionalDependencies(List<Expression> values) {
    this.values = List.copyOf(values);
    for (Expression value : values) {
      // Texts that are equal in their collation may differ, and so may equal maps.
      if (UnsafeRowUtils.isBinaryStable(value.dataType())
          && !value.dataType().existsRecursively(type -> type instanceof MapType)) {
        canonical.add(value.canonicalized());
      }
    }
  }

  /** The values, with structs replaced by their fields. */
  List<Expression> values() {
    return values;
  }

  /** Whether rows that agree in the values also agree in this one. */
  boolean determine(Expression value) {
    if (value.foldable() || canonical.contains(value.canonicalized())) {
      return true;
    }
    List<Expression> children = CollectionConverters.asJava(value.children());
    return value.deterministic()
        && !children.isEmpty()
        && children.stream().allMatch(this::isSameFor);
  }

  /**
   * Whether a function gets the same argument: it may distinguish 0.0 from -0.0, which are equal.
   */
  private boolean isSameFor(Expression argument) {
    return argument.foldable() || (determine(argument) && !Floats.in(argument.dataType()));
  }

  private static void addParts(Expression value, List<Expression> parts) {
    if (value instanceof CreateNamedStruct struct) {
      CollectionConverters.asJava(struct.valExprs()).forEach(field -> addParts(field, parts));
    } else {
      parts.add(value);
    }
  }

  private static Expression unguarded(Expression value) {
    if (value instanceof If guard && isNull(guard.trueValue())) {
      return unguarded(guard.falseValue());
    }
    if (value instanceof If guard && isNull(guard.falseValue())) {
      return unguarded(guard.trueValue());
    }
    boolean isGuard =
        value instanceof CaseWhen cases
            && cases.branches().size() == 1
            && (cases.elseValue().isEmpty() || isNull(cases.elseValue().get()));
    return isGuard ? unguarded(((CaseWhen) value).branches().head()._2()) : value;
  }

  private static boolean isNull(Expression value) {
    return (value instanceof Literal literal && literal.value() == null)
        || (value instanceof Cast cast && isNull(cast.child()));
  }
}
