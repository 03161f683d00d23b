package io.penstock.spec;

/**
 * What tells that a delivery is complete: its files alone can't, since one that is cut off at the
 * end of a line looks whole.
 */
public sealed interface Arrival {

  /** As plans print it. */
  @Override
  String toString();

  /**
   * A file that the sender writes last.
   *
   * @param name a glob, which may have placeholders; it may begin with a dot or '_'
   */
  record Marker(String name) implements Arrival {
    public Marker {
      FileSelection.requireGlob(name);
    }

    @Override
    public String toString() {
      return printed("marker", name);
    }
  }

  /** So many files, or more. */
  record FileCount(int atLeast) implements Arrival {
    public FileCount {
      if (atLeast < 1) {
        throw new IllegalArgumentException(
            "Cannot wait for %s files: wait for at least one.".formatted(atLeast));
      }
    }

    @Override
    public String toString() {
      return "atLeastFiles " + atLeast;
    }
  }

  /**
   * A file that holds the digest of each file, as {@code sha256sum} and {@code md5sum} print them.
   *
   * @param name a glob, which may have placeholders; it may begin with a dot or '_'
   */
  record Checksums(String name) implements Arrival {
    public Checksums {
      FileSelection.requireGlob(name);
    }

    @Override
    public String toString() {
      return printed("checksums", name);
    }
  }

  /**
   * A file that says how many records each file holds, or all together.
   *
   * @param name a glob, which may have placeholders; it may begin with a dot or '_'
   */
  record RecordCounts(String name) implements Arrival {
    public RecordCounts {
      FileSelection.requireGlob(name);
    }

    @Override
    public String toString() {
      return printed("recordCounts", name);
    }
  }

  private static String printed(String kind, String name) {
    OptionText text = new OptionText();
    text.add(kind, name);
    return text.toString();
  }
}
