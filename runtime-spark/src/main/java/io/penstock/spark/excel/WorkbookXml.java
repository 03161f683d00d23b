package io.penstock.spark.excel;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A part of a workbook, read element by element: each caller goes through the children of the
 * element in which it stands, and leaves each of them at its end.
 */
final class WorkbookXml implements Closeable {
  /** Namespaces in which a relationship's id stands: those of the two forms of the standard. */
  private static final Set<String> RELATIONSHIPS =
      Set.of(
          "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
          "http://purl.oclc.org/ooxml/officeDocument/relationships");

  private static final int DEEPEST = 256;

  private static final XMLInputFactory PARSERS = parsers();

  private final InputStream content;
  private final XMLStreamReader reader;
  private final String namespace;
  private int depth = 1;

  private WorkbookXml(InputStream content, String root, int longest) throws XMLStreamException {
    this.content = content;
    this.reader = PARSERS.createXMLStreamReader(new Bounded(content, longest));
    while (reader.next() != XMLStreamConstants.START_ELEMENT) {
      if (reader.getEventType() == XMLStreamConstants.DTD) {
        throw new XMLStreamException("A document type");
      }
    }
    if (!reader.getLocalName().equals(root)) {
      throw new XMLStreamException("Another root");
    }
    this.namespace = String.valueOf(reader.getNamespaceURI());
  }

  /**
   * Opens a part, and stands in its root.
   *
   * @param longest how long an element, an attribute or a text may be, in bytes
   */
  static WorkbookXml of(InputStream content, String root, int longest) throws XMLStreamException {
    return new WorkbookXml(content, root, longest);
  }

  private static XMLInputFactory parsers() {
    XMLInputFactory factory = new InputFactoryImpl();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  /** A parser keeps what stands between two brackets in memory. */
  private static final class Bounded extends FilterInputStream {
    private final int longest;
    private int length;

    Bounded(InputStream content, int longest) {
      super(content);
      this.longest = longest;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int count) throws IOException {
      int read = super.read(target, offset, count);
      for (int i = offset; i < offset + read; i++) {
        length = target[i] == '>' ? 0 : length + 1;
        if (length > longest) {
          throw tooLong(longest);
        }
      }
      return read;
    }
  }

  private static UnreadableWorkbookException tooLong(int longest) {
    return UnreadableWorkbookException.saveAgain(
        "it holds a text of more than %s MiB".formatted(longest >> 20));
  }

  /** Moves to the next child of the element in which it stands; false at the end of that. */
  boolean nextChild() throws XMLStreamException {
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.START_ELEMENT -> {
          depth++;
          if (depth > DEEPEST) {
            throw new XMLStreamException("Too many elements within each other");
          }
          return true;
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          return false;
        }
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
          if (!reader.isWhiteSpace()) {
            throw new XMLStreamException("A text between elements");
          }
        }
        case XMLStreamConstants.SPACE,
            XMLStreamConstants.COMMENT,
            XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
        default -> throw new XMLStreamException("Something that stands in no workbook");
      }
    }
  }

  /** Moves to the next child that has a name; false at the end. */
  boolean nextChild(String name) throws XMLStreamException {
    while (nextChild()) {
      if (name().equals(name)) {
        return true;
      }
      skip();
    }
    return false;
  }

  /** The name of the element; empty for one of another namespace than the root's. */
  String name() {
    return namespace.equals(String.valueOf(reader.getNamespaceURI())) ? reader.getLocalName() : "";
  }

  Optional<String> attribute(String name) {
    return Optional.ofNullable(reader.getAttributeValue("", name));
  }

  /** The attribute that points at another part. */
  Optional<String> relationship() {
    for (int i = 0; i < reader.getAttributeCount(); i++) {
      if (reader.getAttributeLocalName(i).equals("id")
          && RELATIONSHIPS.contains(reader.getAttributeNamespace(i))) {
        return Optional.of(reader.getAttributeValue(i));
      }
    }
    return Optional.empty();
  }

  boolean isTrue(String attribute) {
    return attribute(attribute).filter(Set.of("1", "true", "on")::contains).isPresent();
  }

  boolean isFalse(String attribute) {
    return attribute(attribute).filter(Set.of("0", "false", "off")::contains).isPresent();
  }

  /** Goes to the end of the element, whatever it holds. */
  void skip() throws XMLStreamException {
    int outer = depth - 1;
    while (depth > outer) {
      int event = reader.next();
      if (event == XMLStreamConstants.START_ELEMENT) {
        depth++;
        if (depth > DEEPEST) {
          throw new XMLStreamException("Too many elements within each other");
        }
      } else if (event == XMLStreamConstants.END_ELEMENT) {
        depth--;
      }
    }
  }

  /**
   * Goes to the end of the element, and adds its text, in which white space counts, to others.
   *
   * @param longest how many characters there may be then
   */
  void text(StringBuilder target, int longest) throws XMLStreamException {
    while (true) {
      switch (reader.next()) {
        case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
          if (target.length() + reader.getTextLength() > longest) {
            throw tooLong(longest);
          }
          target.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
        }
        case XMLStreamConstants.END_ELEMENT -> {
          depth--;
          return;
        }
        case XMLStreamConstants.COMMENT, XMLStreamConstants.PROCESSING_INSTRUCTION -> {}
        default -> throw new XMLStreamException("An element within a text");
      }
    }
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
