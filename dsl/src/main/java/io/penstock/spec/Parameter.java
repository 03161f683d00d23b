package io.penstock.spec;

import java.util.Optional;

/**
 * A value that a run may be given, {@code --param name=value}; stands as {@code :name} in
 * expressions, as a typed literal.
 */
public record Parameter(String name, ValueType type, Optional<TypedValue> defaultValue) {
  public Parameter {
    Names.identifier("a parameter's name", name);
    if (name.equalsIgnoreCase("from") || name.equalsIgnoreCase("to")) {
      throw new IllegalArgumentException(
          "Cannot declare a parameter ':" + name + "': it stands for the run's interval.");
    }
    if (defaultValue.isPresent() && defaultValue.get().type() != type) {
      throw new IllegalArgumentException(
          "Cannot give the "
              + type
              + " parameter ':"
              + name
              + "' a "
              + defaultValue.get().type()
              + " as its default.");
    }
  }

  public static Parameter string(String name) {
    return required(name, ValueType.STRING);
  }

  public static Parameter bool(String name) {
    return required(name, ValueType.BOOLEAN);
  }

  public static Parameter integer(String name) {
    return required(name, ValueType.INTEGER);
  }

  public static Parameter bigInteger(String name) {
    return required(name, ValueType.LONG);
  }

  public static Parameter decimal(String name) {
    return required(name, ValueType.DECIMAL);
  }

  public static Parameter date(String name) {
    return required(name, ValueType.DATE);
  }

  public static Parameter timestamp(String name) {
    return required(name, ValueType.TIMESTAMP);
  }

  /** The same parameter, which a run may leave out. */
  public Parameter defaultsTo(String text) {
    return new Parameter(name, type, Optional.of(type.parse(text)));
  }

  private static Parameter required(String name, ValueType type) {
    return new Parameter(name, type, Optional.empty());
  }
}
