package io.penstock.spark.json;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** The texts of a file's objects, one after the other. */
interface ObjectTexts extends Closeable {
  /** Moves to the next object, or to what stands in its place; false at the end of the file. */
  boolean next() throws IOException;

  /**
   * Whether the object's end isn't known. It has to be said, {@link #endsAt}, or looked for, {@link
   * #findEnd}, before anything else is asked than the object's beginning.
   */
  default boolean isOpen() {
    return false;
  }

  /**
   * How many bytes of the {@linkplain #isOpen open} object and what follows are in the buffer; 0 if
   * it may well be longer.
   */
  default int reached() {
    throw new IllegalStateException("The object's end is known");
  }

  /** The bytes of the {@linkplain #isOpen open} object and of what follows it. */
  default InputStream stream() {
    throw new IllegalStateException("The object's end is known");
  }

  /**
   * Changes whenever the bytes of {@linkplain #isOpen open} objects may be at other places in the
   * buffer. As long as it doesn't, there is nothing else than white space between them in it.
   */
  default long stretch() {
    throw new IllegalStateException("The object's end is known");
  }

  /**
   * The object has so many bytes.
   *
   * @param onOneLine whether no line feed is among them
   */
  default void endsAt(int length, boolean onOneLine) {
    throw new IllegalStateException("The object's end is known");
  }

  /** Looks for the end of the object, which can't be parsed as it is. */
  default void findEnd() throws IOException {
    throw new IllegalStateException("The object's end is known");
  }

  /** Why what stands here can't be an object; empty if it may be one. */
  Optional<String> defect();

  /** What is wrong with an object that doesn't end where it should. */
  String unclosed();

  /** The physical line on which it begins, from 1. */
  long line();

  /** The physical line that is read next. */
  long nextLine();

  /** What holds its bytes, until the next one is read. */
  byte[] buffer();

  /** Where it begins in the buffer. */
  int offset();

  /** The number of its bytes. */
  int length();

  boolean isUtf8();

  /** Its text; bytes that aren't UTF-8 are replaced. */
  String text();
}
