package io.penstock.spec;

/** A value together with its type; rendered as a literal by the engine, never concatenated. */
public record TypedValue(ValueType type, Object value) {
  public TypedValue {
    if (!type.javaType().isInstance(value)) {
      throw new IllegalArgumentException(
          "Cannot make a "
              + type
              + " of '"
              + value
              + "': its Java type is "
              + type.javaType().getSimpleName()
              + ".");
    }
  }

  /** The value as text, in the form that {@link ValueType#parse} reads. */
  public String text() {
    return value instanceof java.math.BigDecimal decimal
        ? decimal.toPlainString()
        : value.toString();
  }
}
