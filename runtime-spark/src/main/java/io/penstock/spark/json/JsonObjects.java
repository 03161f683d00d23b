package io.penstock.spark.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import io.penstock.spark.records.FileRows;
import io.penstock.spark.records.RecordFormat;
import io.penstock.spark.records.ValueParsers;
import io.penstock.spec.UnknownKeys.Treatment;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Parses the text of one object after the other into values of the declared columns. */
final class JsonObjects implements Closeable {
  static final JsonFactory FACTORY =
      JsonFactory.builder()
          // What Python and others write for a DOUBLE without a value.
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(RecordFormat.LONGEST_RECORD).build())
          .build();

  private final ObjectNotes notes = new ObjectNotes();
  private final ObjectReader columns;
  private final FileRows rows;
  private final int width;
  private final boolean collects;
  private final OpenParser open = new OpenParser();

  JsonObjects(FileRows rows, ValueParsers values) {
    this.rows = rows;
    this.width = rows.declared().types().size();
    this.collects = rows.declared().unknown() == Treatment.COLLECT;
    this.columns =
        new ObjectReader(
            rows.declared().types(),
            "",
            new JsonRules(rows.declared(), values, rows::countUnknown, notes));
  }

  /**
   * Reads an object.
   *
   * @param text in UTF-8
   * @param values whose beginning takes the values of the declared columns, and of the one for
   *     other keys, if there is one
   * @throws DefectException if it doesn't fit them
   */
  void read(ObjectTexts text, Object[] values) {
    byte[] bytes = text.buffer();
    int offset = text.offset();
    int length = text.length();
    if (bytes[offset] != '{') {
      throw DefectException.ofObject("it is not a JSON object");
    }
    if (seemsUtf16(bytes, offset, length)) {
      throw DefectException.ofObject("it is not valid JSON");
    }
    OtherKeys rest = new OtherKeys();
    boolean ended = false;
    try (JsonParser parser = FACTORY.createParser(bytes, offset, length)) {
      parser.nextToken();
      columns.read(parser, values, collects ? rest : ObjectReader.Rest.NONE);
      ended = true;
      if (parser.nextToken() != null) {
        throw DefectException.ofObject("text follows its JSON object");
      }
      if (collects) {
        values[width] = rest.object();
      }
    } catch (JsonEOFException e) {
      throw DefectException.ofObject(text.unclosed());
    } catch (IOException e) {
      throw DefectException.ofObject(ended ? "text follows its JSON object" : reason(e));
    }
  }

  /**
   * Reads an open object, and tells where its end is.
   *
   * @return the values, as of {@link #read}; empty if it isn't closed, or doesn't fit
   * @throws IOException if the file can't be read
   */
  Optional<Object[]> readOpen(ObjectTexts text) throws IOException {
    try {
      if (text.reached() > 0) {
        if (seemsUtf16(text.buffer(), text.offset(), text.reached())) {
          return Optional.empty();
        }
        return Optional.of(readOpen(open.at(text), text));
      }
    } catch (JsonEOFException e) {
      // It is longer than the others.
      open.close();
      notes.takeBack();
    } catch (DefectException | JsonProcessingException e) {
      open.close();
      return Optional.empty();
    }
    byte[] beginning = text.stream().readNBytes(2);
    if (seemsUtf16(beginning, 0, beginning.length)) {
      return Optional.empty();
    }
    try (JsonParser parser = FACTORY.createParser(text.stream())) {
      parser.nextToken();
      return Optional.of(readOpen(parser, text));
    } catch (DefectException | JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private Object[] readOpen(JsonParser parser, ObjectTexts text) throws IOException {
    Object[] values = rows.values();
    OtherKeys rest = new OtherKeys();
    JsonLocation beginning = parser.currentLocation();
    columns.read(parser, values, collects ? rest : ObjectReader.Rest.NONE);
    if (collects) {
      values[width] = rest.object();
    }
    JsonLocation end = parser.currentLocation();
    text.endsAt(
        // The parser began behind the brace.
        1 + (int) (end.getByteOffset() - beginning.getByteOffset()),
        end.getLineNr() == beginning.getLineNr());
    return values;
  }

  /** Whether Jackson would take what begins with a brace for another encoding than UTF-8. */
  private static boolean seemsUtf16(byte[] bytes, int offset, int length) {
    return length > 1 && bytes[offset + 1] == 0;
  }

  /** What was counted of the object that was read last holds, or doesn't. */
  void counted(boolean holds) {
    if (holds) {
      notes.keep();
    } else {
      notes.takeBack();
    }
  }

  /** Counts the keys that weren't declared of the objects that were read. */
  @Override
  public void close() {
    columns.countUnknown();
    open.close();
  }

  /** Jackson's own messages hold content. */
  private static String reason(IOException e) {
    if (e instanceof StreamConstraintsException) {
      return "it is nested too deeply, or holds a number or a key that is too long";
    }
    return "it is not valid JSON";
  }

  /** The declared keys that no object had that was read. */
  List<String> neverFound() {
    return columns.neverFound().stream().map(path -> path.substring(1)).toList();
  }
}
