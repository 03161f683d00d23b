package io.penstock.spec;

/** How values are written in files, where it isn't the strict form. */
public record ValueForms(Words words, NumberForm numbers, TimeForms times) {
  /** Nothing but ISO 8601, plain numbers, {@code true} and {@code false}. */
  public static final ValueForms ISO = new ValueForms(Words.NONE, NumberForm.PLAIN, TimeForms.ISO);

  ValueForms words(Words other) {
    return new ValueForms(other, numbers, times);
  }

  ValueForms numbers(NumberForm other) {
    return new ValueForms(words, other, times);
  }

  ValueForms times(TimeForms other) {
    return new ValueForms(words, numbers, other);
  }

  /** What differs from {@link #ISO}, as plans print it. */
  @Override
  public String toString() {
    OptionText text = new OptionText();
    text.addAll(words.toString());
    text.addAll(numbers.toString());
    text.addAll(times.toString());
    return text.toString();
  }
}
