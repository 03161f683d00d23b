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
          "Cannot declare a parameter ':%s': it stands for the run's interval.".formatted(name));
    }
    if (defaultValue.isPresent() && defaultValue.get().type() != type) {
      throw new IllegalArgumentException(
          "Cannot give the %s parameter ':%s' a %s as its default."
              .formatted(type, name, defaultValue.get().type()));
    }
  }

  /** A STRING. */
  public static Parameter string(String name) {
    return required(name, ValueType.STRING);
  }

  /** A BOOLEAN: {@code true} or {@code false}. */
  public static Parameter bool(String name) {
    return required(name, ValueType.BOOLEAN);
  }

  /** An INT, 32 bits. */
  public static Parameter integer(String name) {
    return required(name, ValueType.INTEGER);
  }

  /** A BIGINT, 64 bits. */
  public static Parameter bigint(String name) {
    return required(name, ValueType.LONG);
  }

  /** A DECIMAL, at most 38 digits, with the scale that its text has. */
  public static Parameter decimal(String name) {
    return required(name, ValueType.DECIMAL);
  }

  /** A DATE, {@code 2026-03-01}. */
  public static Parameter date(String name) {
    return required(name, ValueType.DATE);
  }

  /** A TIMESTAMP, given with its zone: {@code 2026-03-01T00:00:00Z}. */
  public static Parameter timestamp(String name) {
    return required(name, ValueType.TIMESTAMP);
  }

  /**
   * The same parameter, which a run may leave out.
   *
   * @param text in the form that the command line takes
   * @throws IllegalArgumentException that says what the type expects
   */
  public Parameter defaultsTo(String text) {
    return new Parameter(name, type, Optional.of(type.parse(text)));
  }

  private static Parameter required(String name, ValueType type) {
    return new Parameter(name, type, Optional.empty());
  }
}
