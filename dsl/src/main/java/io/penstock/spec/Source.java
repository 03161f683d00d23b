package io.penstock.spec;

import java.util.List;
import java.util.Optional;

/** What a pipeline reads from the lake: a whole table or folder, or a window of its units. */
public sealed interface Source permits DeltaSource, FileSource {
  /** Where the table or the files lie. */
  LakePath path();

  /** The units read; empty when the whole is read. */
  Optional<Window> window();

  /** What to do about a unit that is not there. */
  WhenMissing whenMissing();

  /** The format's name, as documents print it: {@code delta}, {@code csv}, … */
  String format();

  /** The columns that are declared, as DDL; empty where the table or the files say them. */
  Optional<String> schema();

  /** The columns for which its path, or the names of its files, have placeholders, each once. */
  default List<String> placeholders() {
    return path().placeholders();
  }

  /** Whether it reads a table, which jobs write, and not files as they arrived. */
  boolean isTable();

  /** Its further options, as plans print them: {@code keepDefects}; empty when none is set. */
  String options();

  /** The same source, where a missing unit counts as one without rows. */
  Source orEmpty();

  /**
   * The same source, when the columns of its table are known before the table is there. Files as
   * they arrived have columns of their own.
   *
   * @param ddl columns and types, {@code "day DATE, total BIGINT"}
   */
  Source assuming(String ddl);

  /** Calls the method of the visitor that fits this source. */
  <R> R accept(Visitor<R> visitor);

  /** What a missing unit means. Empty is not missing: a unit recorded as empty is there. */
  enum WhenMissing {
    /** The run stops, and says which command produces it. */
    FAIL,
    /** The unit counts as one without rows. */
    TREAT_AS_EMPTY
  }

  /**
   * Treats every kind of source. There is no default method, so that a new kind does not compile
   * until every visitor has an answer for it.
   *
   * @param <R> what a visit yields
   */
  interface Visitor<R> {
    R visitDelta(DeltaSource source);

    R visitFiles(FileSource<?> source);
  }
}
