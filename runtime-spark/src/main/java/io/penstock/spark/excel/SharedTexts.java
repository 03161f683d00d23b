package io.penstock.spark.excel;

import io.penstock.spark.records.RecordFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.xml.stream.XMLStreamException;

/**
 * The texts to which cells refer by their position, read as far as they are asked for. They are
 * kept in UTF-8, so that they take no more memory than the part that holds them.
 */
final class SharedTexts implements Closeable {
  private final Optional<WorkbookXml> xml;
  private byte[] texts = new byte[1 << 12];
  private int[] ends = new int[1 << 8];
  private int count;
  private boolean ended;

  private SharedTexts(Optional<WorkbookXml> xml) {
    this.xml = xml;
    this.ended = xml.isEmpty();
  }

  /** Those of a part, if there is one. */
  static SharedTexts of(Optional<InputStream> content) throws XMLStreamException {
    return content.isEmpty()
        ? new SharedTexts(Optional.empty())
        : new SharedTexts(
            Optional.of(WorkbookXml.of(content.get(), "sst", RecordFormat.LONGEST_RECORD)));
  }

  /** The text at a position, from 0, as the file has it; empty where there is none. */
  Optional<String> at(int position) throws XMLStreamException {
    while (!ended && position >= count) {
      readNext();
    }
    if (position < 0 || position >= count) {
      return Optional.empty();
    }
    int start = position == 0 ? 0 : ends[position - 1];
    return Optional.of(new String(texts, start, ends[position] - start, StandardCharsets.UTF_8));
  }

  private void readNext() throws XMLStreamException {
    if (!xml.orElseThrow().nextChild("si")) {
      ended = true;
      return;
    }
    byte[] text = richText(xml.get()).getBytes(StandardCharsets.UTF_8);
    int start = count == 0 ? 0 : ends[count - 1];
    if (start + text.length > texts.length) {
      texts = Arrays.copyOf(texts, Math.max(start + text.length, texts.length + texts.length / 2));
    }
    if (count == ends.length) {
      ends = Arrays.copyOf(ends, count + count / 2);
    }
    System.arraycopy(text, 0, texts, start, text.length);
    ends[count] = start + text.length;
    count++;
  }

  /**
   * The text of an element with runs of characters in it: without what is said of their
   * pronunciation.
   */
  static String richText(WorkbookXml xml) throws XMLStreamException {
    StringBuilder text = new StringBuilder();
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "t" -> xml.text(text, RecordFormat.LONGEST_RECORD);
        case "r" -> {
          while (xml.nextChild("t")) {
            xml.text(text, RecordFormat.LONGEST_RECORD);
          }
        }
        default -> xml.skip();
      }
    }
    return text.toString();
  }

  @Override
  public void close() throws IOException {
    if (xml.isPresent()) {
      xml.get().close();
    }
  }
}
