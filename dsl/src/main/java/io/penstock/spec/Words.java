package io.penstock.spec;

import java.util.List;

/**
 * The words for values that aren't numbers, dates or texts.
 *
 * @param nulls what means NULL
 * @param trues what means TRUE; {@code true} in any case when there are none
 * @param falses what means FALSE; {@code false} in any case when there are none
 */
public record Words(List<String> nulls, List<String> trues, List<String> falses) {
  /** No further words. */
  public static final Words NONE = new Words(List.of(), List.of(), List.of());

  public Words {
    nulls = List.copyOf(nulls);
    trues = List.copyOf(trues);
    falses = List.copyOf(falses);
    refuseBoth(trues, "TRUE", falses, "FALSE");
    refuseBoth(nulls, "NULL", trues, "TRUE");
    refuseBoth(nulls, "NULL", falses, "FALSE");
  }

  private static void refuseBoth(
      List<String> words, String meaning, List<String> others, String otherMeaning) {
    for (String word : words) {
      if (others.contains(word)) {
        throw new IllegalArgumentException(
            "Cannot use '%s' both for %s and for %s.".formatted(word, meaning, otherMeaning));
      }
    }
  }

  Words nulls(List<String> words) {
    return new Words(Names.words("the words for NULL", words), trues, falses);
  }

  Words trues(List<String> words) {
    return new Words(nulls, Names.words("the words for TRUE", words), falses);
  }

  Words falses(List<String> words) {
    return new Words(nulls, trues, Names.words("the words for FALSE", words));
  }

  /** As plans print it. */
  @Override
  public String toString() {
    OptionText text = new OptionText();
    add(text, "nullWords", nulls);
    add(text, "trueWords", trues);
    add(text, "falseWords", falses);
    return text.toString();
  }

  private static void add(OptionText text, String option, List<String> words) {
    if (!words.isEmpty()) {
      text.add(option, words);
    }
  }
}
