package io.penstock.spec;

import java.util.Optional;

/**
 * What happens to the keys of an object, or the columns of a file, that aren't declared.
 *
 * @param restColumn the column that takes them; none unless they are {@link Treatment#COLLECT
 *     collected}
 */
public record UnknownKeys(Treatment treatment, Optional<String> restColumn) {
  /** They are left out, and counted. */
  public static final UnknownKeys LEFT_OUT = new UnknownKeys(Treatment.LEAVE_OUT, Optional.empty());

  /** Each makes its record defective. */
  public static final UnknownKeys REFUSED = new UnknownKeys(Treatment.REFUSE, Optional.empty());

  /** The three things that can happen. */
  public enum Treatment {
    /** The run leaves them out, and its result says how often it met which. */
    LEAVE_OUT,
    /** A record with one is defective. */
    REFUSE,
    /** One column takes them all, as a JSON object. */
    COLLECT
  }

  public UnknownKeys {
    if (restColumn.isPresent() != (treatment == Treatment.COLLECT)) {
      throw new IllegalArgumentException(
          "Cannot make unknown keys of %s and %s: a column is named when they are collected, and only then."
              .formatted(treatment, restColumn));
    }
  }

  /** One column takes them. */
  public static UnknownKeys into(String column) {
    return new UnknownKeys(
        Treatment.COLLECT, Optional.of(Names.identifier("a column for unknown keys", column)));
  }

  /** As plans print it; empty when they are left out. */
  @Override
  public String toString() {
    OptionText text = new OptionText();
    if (treatment == Treatment.REFUSE) {
      text.add("refuseUnknownKeys");
    }
    restColumn.ifPresent(column -> text.add("restInto", column));
    return text.toString();
  }
}
