package io.penstock.spark.json;

import java.util.Arrays;

/**
 * What was noted of an object: keys that were left out and counted, and declared ones that were
 * found for the first time. It holds once the object is known to be whole.
 */
final class ObjectNotes {
  private static final int FEW = 1 << 10;

  /** Holds notes of before, too: to forget them would take as long as to gather them. */
  private Note[] notes = new Note[FEW];

  private int count;

  /** Something that was noted. */
  interface Note {
    /** It wasn't so. */
    void takeBack();
  }

  void add(Note note) {
    if (count == notes.length) {
      notes = Arrays.copyOf(notes, 2 * count);
    }
    notes[count] = note;
    count++;
  }

  /** What was noted holds. */
  void keep() {
    if (notes.length > FEW) {
      notes = new Note[FEW];
    }
    count = 0;
  }

  /** Nothing was noted: the object is read again, or can't be read. */
  void takeBack() {
    for (int i = 0; i < count; i++) {
      notes[i].takeBack();
    }
    keep();
  }
}
