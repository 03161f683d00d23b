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
 * What follows from rows being equal in some values: every value that is computed from these alone
 * is equal, too.
 */
final class Determined {
  private final List<Expression> values;
  private final Set<Expression> canonical = new HashSet<>();

  /**
   * Rows that agree in these values.
   *
   * @param values of which a struct stands for all its fields
   */
  static Determined by(List<Expression> values) {
    List<Expression> parts = new ArrayList<>();
    values.forEach(value -> addParts(value, parts));
    return new Determined(parts);
  }

  /**
   * Rows of a group among which none is greater in an order. Which row is greatest is asked of rows
   * where the order isn't NULL, so a guard that makes it NULL says nothing of these.
   */
  static Determined byGreatest(List<Expression> keys, Expression order) {
    List<Expression> values = new ArrayList<>(keys);
    values.add(unguarded(order));
    return by(values);
  }

  private Determined(List<Expression> values) {
    this.values = List.copyOf(values);
    for (Expression value : values) {
      // Texts that are equal in their collation need not be the same text, nor maps the same list.
      if (UnsafeRowUtils.isBinaryStable(value.dataType())
          && !value.dataType().existsRecursively(type -> type instanceof MapType)) {
        canonical.add(value.canonicalized());
      }
    }
  }

  /** The values, of structs their fields. */
  List<Expression> values() {
    return values;
  }

  /** Whether such rows agree in this value, too. */
  boolean determines(Expression value) {
    if (value.foldable() || canonical.contains(value.canonicalized())) {
      return true;
    }
    List<Expression> children = CollectionConverters.asJava(value.children());
    return value.deterministic()
        && !children.isEmpty()
        && children.stream().allMatch(this::isSameFor);
  }

  /** Whether a function gets the same here: it may tell the two zeros apart, which are equal. */
  private boolean isSameFor(Expression argument) {
    return argument.foldable() || (determines(argument) && !Floats.in(argument.dataType()));
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
