package io.penstock.spark.csv;

import io.penstock.spark.records.ByteWindow;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Splits a file into records, each with its line number and its raw text. A defective record
 * doesn't affect the rest of the file.
 *
 * <p>A record ends at a line feed outside quotes, with or without a carriage return before it. When
 * the quotes of a record don't match, its first physical line is the defective record, and the next
 * record starts on the next line: otherwise an unclosed quote would swallow everything up to the
 * next quote.
 */
final class RecordReader implements AutoCloseable {
  private enum State {
    FIELD_START,
    UNQUOTED,
    QUOTED,
    QUOTE_IN_QUOTED,
    AFTER_CARRIAGE_RETURN
  }

  private final ByteWindow bytes;
  private final int longestRecord;
  private long nextLine = 1;

  private long line;
  private String text = "";
  private Optional<String> defect = Optional.empty();

  /**
   * @param longestRecord in bytes; a longer record is a defect, since it doesn't fit in a row
   */
  RecordReader(InputStream in, int longestRecord) throws IOException {
    this.bytes = new ByteWindow(in);
    this.longestRecord = longestRecord;
  }

  /** Moves to the next record; false at the end of the file. */
  boolean next() throws IOException {
    if (!bytes.reach(0)) {
      return false;
    }
    line = nextLine;
    defect = Optional.empty();
    scan();
    return true;
  }

  /** The physical line on which the record starts, from 1. */
  long line() {
    return line;
  }

  /** The physical line on which the next record would start. */
  long nextLine() {
    return nextLine;
  }

  /** The record without its line end; malformed UTF-8 is replaced. */
  String text() {
    return text;
  }

  /** Why the record can't be read; empty if it can. */
  Optional<String> defect() {
    return defect;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  private void scan() throws IOException {
    State state = State.FIELD_START;
    for (int i = 0; ; i++) {
      if (i >= longestRecord) {
        defective("the record is longer than " + longestRecord + " bytes");
        endAtFirstLine();
        return;
      }
      if (!bytes.reach(i)) {
        endOfFile(state, i);
        return;
      }
      byte b = bytes.at(i);
      switch (state) {
        case QUOTED -> state = b == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
        case QUOTE_IN_QUOTED -> {
          if (b == '"') {
            state = State.QUOTED;
          } else if (b == ',' || b == '\r' || b == '\n') {
            state = outsideQuotes(State.UNQUOTED, b);
          } else {
            defective("text follows a closing quote");
            endAtFirstLine();
            return;
          }
        }
        case AFTER_CARRIAGE_RETURN -> {
          if (b != '\n') {
            defective("a carriage return without a line feed stands outside quotes");
            state = outsideQuotes(State.UNQUOTED, b);
          }
        }
        default -> state = outsideQuotes(state, b);
      }
      if (b == '\n' && state != State.QUOTED) {
        end(state == State.AFTER_CARRIAGE_RETURN ? i - 1 : i, i + 1);
        return;
      }
    }
  }

  private State outsideQuotes(State state, byte b) {
    return switch (b) {
      case '"' -> {
        if (state == State.FIELD_START) {
          yield State.QUOTED;
        }
        defective("a quote stands inside an unquoted field");
        yield State.UNQUOTED;
      }
      case ',' -> State.FIELD_START;
      case '\r' -> State.AFTER_CARRIAGE_RETURN;
      default -> State.UNQUOTED;
    };
  }

  private void endOfFile(State state, int length) throws IOException {
    if (state == State.QUOTED) {
      defective("a quote is not closed");
      endAtFirstLine();
      return;
    }
    if (state == State.AFTER_CARRIAGE_RETURN) {
      defective("a carriage return without a line feed stands outside quotes");
    }
    end(length, length);
  }

  /** Ends the record at its first line end, whether quoted or not. */
  private void endAtFirstLine() throws IOException {
    for (int i = 0; ; i++) {
      if (i >= longestRecord) {
        end(i, i);
        skipRestOfLine();
        return;
      }
      if (!bytes.reach(i)) {
        end(i, i);
        return;
      }
      if (bytes.at(i) == '\n') {
        end(i > 0 && bytes.at(i - 1) == '\r' ? i - 1 : i, i + 1);
        return;
      }
    }
  }

  private void skipRestOfLine() throws IOException {
    while (bytes.reach(0)) {
      boolean ended = bytes.at(0) == '\n';
      bytes.skip(1);
      if (ended) {
        nextLine++;
        return;
      }
    }
  }

  private void end(int length, int consumed) {
    text = bytes.text(length);
    if (!bytes.isUtf8(length)) {
      defective("it is not valid UTF-8");
    }
    nextLine += bytes.lineFeeds(consumed);
    bytes.skip(consumed);
  }

  /** Keeps the first reason only: later ones are often its consequences. */
  private void defective(String reason) {
    if (defect.isEmpty()) {
      defect = Optional.of(reason);
    }
  }
}
