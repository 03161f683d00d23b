package io.penstock.spec;

import java.math.BigDecimal;

/** A value together with its type; rendered as a literal by the engine, never concatenated. */
public record TypedValue(ValueType type, Object value) {
  public TypedValue {
    if (!type.javaType().isInstance(value)) {
      throw new IllegalArgumentException(
          "Cannot make a %s of '%s': its Java type is %s."
              .formatted(type, value, type.javaType().getSimpleName()));
    }
  }

  /** The value as text, in the form that {@link ValueType#parse} reads. */
  public String text() {
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }
}
