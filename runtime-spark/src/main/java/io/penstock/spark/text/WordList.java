package io.penstock.spark.text;

import java.util.Set;

/** Long lists of names, written as text blocks. */
public final class WordList {
  private WordList() {}

  /** The words of a text, which are separated by white space. */
  public static Set<String> of(String text) {
    return Set.of(text.strip().split("\\s+"));
  }
}
