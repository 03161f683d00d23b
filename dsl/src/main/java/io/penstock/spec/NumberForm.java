package io.penstock.spec;

import java.util.Optional;
import java.util.Set;

/**
 * How numbers are written.
 *
 * @param decimal what begins the fraction
 * @param thousands what may stand between each three digits of the whole part
 */
public record NumberForm(char decimal, Optional<Character> thousands) {
  /** A point before the fraction, and nothing between digits. */
  public static final NumberForm PLAIN = new NumberForm('.', Optional.empty());

  private static final Set<Character> PARTS_OF_NUMBERS = Set.of('+', '-');

  public NumberForm {
    if (thousands.isPresent() && thousands.get() == decimal) {
      throw new IllegalArgumentException(
          "Cannot use '%s' both for the fraction of a number and between its thousands. Fix: write decimalSeparator(…) first, then thousandsSeparator(…)."
              .formatted(decimal));
    }
  }

  NumberForm decimal(String character) {
    return new NumberForm(separator(character), thousands);
  }

  NumberForm thousands(String character) {
    return new NumberForm(decimal, Optional.of(separator(character)));
  }

  private static char separator(String character) {
    if (character.length() != 1
        || Character.isLetterOrDigit(character.charAt(0))
        || PARTS_OF_NUMBERS.contains(character.charAt(0))) {
      throw new IllegalArgumentException(
          "Cannot use '%s' to separate the digits of a number: it is one character such as ',' that is no letter, digit or sign."
              .formatted(character));
    }
    return character.charAt(0);
  }

  /** As plans print it. */
  @Override
  public String toString() {
    OptionText text = new OptionText();
    if (decimal != PLAIN.decimal) {
      text.add("decimalSeparator", String.valueOf(decimal));
    }
    thousands.ifPresent(character -> text.add("thousandsSeparator", String.valueOf(character)));
    return text.toString();
  }
}
