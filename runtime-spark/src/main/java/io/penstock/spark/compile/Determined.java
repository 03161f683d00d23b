package io.penstock.spark.compile;

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

  private Determined(List<Expression> values) {
    this.values = List.copyOf(values);
    for (Expression value : values) {
      // Texts that are equal in their collation need not be the same text.
      if (UnsafeRowUtils.isBinaryStable(value.dataType())) {
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

  /**
   * Which row is greatest is asked of rows that aren't NULL, so a guard against NULL counts not.
   */
  private static void addParts(Expression value, List<Expression> parts) {
    if (value instanceof CreateNamedStruct struct) {
      CollectionConverters.asJava(struct.valExprs()).forEach(field -> addParts(field, parts));
    } else if (value instanceof If guard && isNull(guard.trueValue())) {
      addParts(guard.falseValue(), parts);
    } else if (value instanceof If guard && isNull(guard.falseValue())) {
      addParts(guard.trueValue(), parts);
    } else if (value instanceof CaseWhen guard
        && guard.branches().size() == 1
        && (guard.elseValue().isEmpty() || isNull(guard.elseValue().get()))) {
      addParts(guard.branches().head()._2(), parts);
    } else {
      parts.add(value);
    }
  }

  private static boolean isNull(Expression value) {
    return (value instanceof Literal literal && literal.value() == null)
        || (value instanceof Cast cast && isNull(cast.child()));
  }
}
