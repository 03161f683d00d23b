package io.penstock.spark.json;

import io.penstock.spark.records.ByteWindow;
import io.penstock.spark.records.RecordFormat;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Splits a file into its objects, which follow each other with white space between them, or are the
 * elements of one array. Where an object ends, its parser says. Only if it fails, braces and
 * strings are looked at: what is wrong within an object doesn't affect the objects behind it. What
 * is wrong between objects makes the rest of the file unreadable.
 */
final class DocumentObjects implements ObjectTexts {
  private enum Place {
    /** Nothing has been read yet. */
    BEGINNING,
    /** Behind an object, outside of an array. */
    BETWEEN_OBJECTS,
    BEHIND_BRACKET,
    BEHIND_COMMA,
    BEHIND_ELEMENT,
    BEHIND_ARRAY,
    /** The end of the file, or of what can be read of it. */
    END
  }

  /** Bytes that are there before an object is parsed in the buffer, if the file has so many. */
  private static final int LEAST_AHEAD = 1 << 13;

  /** Half of what the window holds at first: it moves what is there each time it is full. */
  private static final int MOST_AHEAD = 1 << 15;

  /** What is taken for the length of an object as long as none has been read. */
  private static final int UNKNOWN = MOST_AHEAD;

  private final ByteWindow bytes;
  private long nextLine = 1;
  private Place place = Place.BEGINNING;

  private boolean open;
  private int reached;
  private int length;
  private boolean onOneLine;

  /** About what the longest of the latest objects had. */
  private int longest = UNKNOWN;

  private long line;
  private Optional<String> defect = Optional.empty();

  DocumentObjects(InputStream in) throws IOException {
    this.bytes = new ByteWindow(in);
  }

  @Override
  public boolean next() throws IOException {
    nextLine += onOneLine ? 0 : bytes.lineFeeds(length);
    bytes.skip(length);
    length = 0;
    defect = Optional.empty();
    while (place != Place.END) {
      if (!bytes.reach(0)) {
        return endOfFile();
      }
      byte b = bytes.at(0);
      if (b == ' ' || b == '\t' || b == '\r' || b == '\n') {
        nextLine += b == '\n' ? 1 : 0;
        bytes.skip(1);
      } else if (b == '{' && mayBeginObject()) {
        line = nextLine;
        begin();
        return true;
      } else if (!isMark(b)) {
        return unreadable(
            place == Place.BEGINNING || place == Place.BETWEEN_OBJECTS
                ? "it is not a JSON object"
                : "it is not an object of the array, or a comma is missing or too many");
      }
    }
    return false;
  }

  /**
   * Reads so much that the object is likely to end in it. Where that is little, much more is read
   * at once, since the parser has to be made anew behind it.
   */
  private void begin() throws IOException {
    int ahead = Math.max(LEAST_AHEAD, 2 * longest);
    open = true;
    reached = 0;
    if (ahead <= MOST_AHEAD) {
      if (bytes.reached() < ahead) {
        bytes.reach(MOST_AHEAD - 1);
      }
      reached = Math.min(bytes.reached(), RecordFormat.LONGEST_RECORD);
    }
  }

  private boolean mayBeginObject() {
    return place == Place.BEGINNING
        || place == Place.BETWEEN_OBJECTS
        || place == Place.BEHIND_BRACKET
        || place == Place.BEHIND_COMMA;
  }

  /** Passes a bracket or comma where one belongs. */
  private boolean isMark(byte b) {
    Place behind =
        switch (place) {
          case BEGINNING -> b == '[' ? Place.BEHIND_BRACKET : Place.END;
          case BEHIND_BRACKET -> b == ']' ? Place.BEHIND_ARRAY : Place.END;
          case BEHIND_ELEMENT ->
              b == ',' ? Place.BEHIND_COMMA : b == ']' ? Place.BEHIND_ARRAY : Place.END;
          default -> Place.END;
        };
    if (behind == Place.END) {
      return false;
    }
    if (b == ',') {
      // The parser of the objects goes on over it.
      bytes.buffer()[bytes.offset()] = ' ';
    }
    bytes.skip(1);
    place = behind;
    return true;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public int reached() {
    return reached;
  }

  @Override
  public InputStream stream() {
    return bytes.stream(RecordFormat.LONGEST_RECORD);
  }

  @Override
  public long stretch() {
    return bytes.fills();
  }

  @Override
  public void endsAt(int end, boolean hasOneLine) {
    open = false;
    length = end;
    onOneLine = hasOneLine;
    longest = Math.max(longest / 2, end);
    place =
        place == Place.BEGINNING || place == Place.BETWEEN_OBJECTS
            ? Place.BETWEEN_OBJECTS
            : Place.BEHIND_ELEMENT;
  }

  @Override
  public void findEnd() throws IOException {
    open = false;
    onOneLine = false;
    ObjectEnd end = new ObjectEnd();
    while (!end.isFound()) {
      // What was looked at may end with an escape whose character hasn't been reached.
      if (end.looked() >= RecordFormat.LONGEST_RECORD
          && bytes.reach(RecordFormat.LONGEST_RECORD - 1)) {
        unreadable("the object is longer than 16 MiB");
        length = RecordFormat.LONGEST_RECORD;
        return;
      }
      if (!bytes.reach(end.looked())) {
        unreadable(unclosed());
        length = bytes.reached();
        return;
      }
      end.lookAt(
          bytes.buffer(), bytes.offset(), Math.min(bytes.reached(), RecordFormat.LONGEST_RECORD));
    }
    endsAt(end.looked(), false);
  }

  private boolean endOfFile() {
    boolean closed =
        place == Place.BEGINNING || place == Place.BETWEEN_OBJECTS || place == Place.BEHIND_ARRAY;
    if (closed) {
      place = Place.END;
      return false;
    }
    return unreadable("its JSON array is not closed");
  }

  private boolean unreadable(String reason) {
    line = nextLine;
    length = 0;
    defect = Optional.of(reason);
    place = Place.END;
    return true;
  }

  @Override
  public String unclosed() {
    return "its JSON object is not closed";
  }

  @Override
  public Optional<String> defect() {
    return defect;
  }

  @Override
  public long line() {
    return line;
  }

  @Override
  public long nextLine() {
    return nextLine;
  }

  @Override
  public byte[] buffer() {
    return bytes.buffer();
  }

  @Override
  public int offset() {
    return bytes.offset();
  }

  @Override
  public int length() {
    return length;
  }

  @Override
  public boolean isUtf8() {
    return bytes.isUtf8(length);
  }

  @Override
  public String text() {
    return bytes.text(length);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
