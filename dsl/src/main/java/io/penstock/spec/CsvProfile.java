package io.penstock.spec;

import java.util.Locale;

/** Who reads a CSV export, and hence how its values are written. */
public enum CsvProfile {
  /**
   * Every bulk loader that keeps to RFC 4180. UTF-8, LF, one header; quotes are doubled; NULL is an
   * empty field and the empty string {@code ""}; a TIMESTAMP is {@code
   * 2026-03-01T12:00:00.000000Z}.
   */
  RFC4180,

  /**
   * PostgreSQL's {@code COPY … FROM … WITH (FORMAT csv, HEADER true, ENCODING 'UTF8')} gives back
   * exactly the cells that were written. The bytes are those of {@link #RFC4180}; a value that
   * PostgreSQL can't read fails the run: U+0000 in a text, and years outside 0001–9999, which ISO
   * 8601 writes with a sign.
   *
   * <p>The client {@code psql} before version 18 takes a line {@code \.} inside a text for the end
   * of what its {@code \copy} reads and then reports an error; servers and other clients don't.
   */
  POSTGRES,

  /**
   * A person opens it in Excel or another spreadsheet. <strong>It alters texts</strong>: load a
   * database from another profile.
   *
   * <ul>
   *   <li>The file starts with a byte order mark, without which Excel takes UTF-8 for the code page
   *       of its machine. In a code page of Windows there is none: then Excel's machine has to have
   *       the same one.
   *   <li>A text that a spreadsheet would take for a formula gets an apostrophe in front: one that
   *       starts with {@code = + - @}, with one of their full-width forms, with either behind white
   *       space, or with a tab, a line end or U+0000 (after OWASP, CSV Injection). So does one
   *       where such a start stands behind apostrophes, so that exactly one can be taken away
   *       again. Numbers stay numbers.
   *   <li>A time is {@code 2026-03-01 12:00:00}, in UTC, with a fraction only where it has one:
   *       with T and Z it would be a text to Excel. Excel itself keeps milliseconds.
   * </ul>
   *
   * <p>Excel splits at commas only where the comma is the list separator of its machine (and at the
   * delimiter of the export only where that is); elsewhere import the file by <i>Data › From
   * Text/CSV</i>: split at another character, a text can again become a formula. It also reads
   * texts like {@code 007} as numbers, keeps 15 digits of a number, and shows no more than
   * 1,048,576 rows.
   */
  EXCEL;

  /** The name in plans and manifests: {@code rfc4180}, {@code postgres} or {@code excel}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
