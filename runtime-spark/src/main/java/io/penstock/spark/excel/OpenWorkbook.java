package io.penstock.spark.excel;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamException;

/**
 * A workbook of SpreadsheetML (ECMA-376, ISO 29500), in its transitional or its strict form: the
 * parts of its archive, which point at each other.
 */
final class OpenWorkbook implements Closeable {
  private static final int LONGEST = 1 << 20;

  /** What is left of the memory is for other tasks, and for what becomes of the rows. */
  private static final int SHARE_OF_MEMORY = 8;

  private static final long MOST_BYTES = 1L << 30;
  private static final String ROOT = "";

  /** A sheet that the workbook lists. */
  private record Listed(String name, boolean isVisible, String part) {}

  /**
   * A pointer from one part to another.
   *
   * @param kind the last word of its type, such as {@code worksheet}
   */
  private record Relationship(String id, String kind, String target) {}

  private final WorkbookParts parts;
  private final List<Listed> sheets = new ArrayList<>();
  private final SharedTexts texts;
  private final CellFormats formats;
  private SheetCalendar calendar = SheetCalendar.SINCE_1900;
  private boolean toBeComputed;

  private OpenWorkbook(WorkbookParts parts) throws IOException, XMLStreamException {
    this.parts = parts;
    String main =
        first(relationships(ROOT), "officeDocument")
            .orElseThrow(() -> new XMLStreamException("No workbook"));
    List<Relationship> others = relationships(main);
    try (WorkbookXml xml = WorkbookXml.of(required(main), "workbook", LONGEST)) {
      read(xml, others);
    }
    Optional<String> styles = first(others, "styles");
    this.formats = styles.isPresent() ? CellFormats.of(required(styles.get())) : CellFormats.none();
    Optional<String> shared = first(others, "sharedStrings");
    this.texts = SharedTexts.of(shared.isPresent() ? parts.kept(shared.get()) : Optional.empty());
  }

  /**
   * Opens a file, of which everything is in memory then, compressed.
   *
   * @throws UnreadableWorkbookException if it isn't a workbook that is whole
   * @throws IOException if the file can't be read
   */
  static OpenWorkbook of(InputStream file) throws IOException {
    return of(file, Math.min(MOST_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_MEMORY));
  }

  /**
   * The same with some memory.
   *
   * @param mostInMemory how many bytes its archive may have, and each part that is kept
   */
  static OpenWorkbook of(InputStream file, long mostInMemory) throws IOException {
    byte[] archive = file.readNBytes(Math.toIntExact(mostInMemory + 1));
    if (archive.length > mostInMemory) {
      throw WorkbookParts.tooLarge("it has", mostInMemory);
    }
    try {
      return new OpenWorkbook(WorkbookParts.of(archive, mostInMemory));
    } catch (UnreadableWorkbookException e) {
      throw e;
    } catch (IOException | XMLStreamException | RuntimeException e) {
      throw UnreadableWorkbookException.damaged();
    }
  }

  private InputStream required(String part) throws IOException, XMLStreamException {
    return parts.kept(part).orElseThrow(() -> new XMLStreamException("A part is missing"));
  }

  private static Optional<String> first(List<Relationship> all, String kind) {
    return all.stream()
        .filter(one -> one.kind().equals(kind))
        .map(Relationship::target)
        .findFirst();
  }

  /** Those of a part, or of the archive. */
  private List<Relationship> relationships(String part) throws IOException, XMLStreamException {
    String folder = part.substring(0, part.lastIndexOf('/') + 1);
    String name = folder + "_rels/" + part.substring(folder.length()) + ".rels";
    List<Relationship> all = new ArrayList<>();
    Optional<InputStream> content = parts.kept(name);
    if (content.isEmpty()) {
      return all;
    }
    try (WorkbookXml xml = WorkbookXml.of(content.get(), "Relationships", LONGEST)) {
      while (xml.nextChild("Relationship")) {
        String type = xml.attribute("Type").orElse("");
        if (!xml.attribute("TargetMode").orElse("").equals("External")) {
          all.add(
              new Relationship(
                  xml.attribute("Id").orElse(""),
                  type.substring(type.lastIndexOf('/') + 1),
                  target(folder, xml.attribute("Target").orElse(""))));
        }
        xml.skip();
      }
    }
    return all;
  }

  private static String target(String folder, String target) throws XMLStreamException {
    try {
      String path = URI.create("/" + folder).resolve(target.replace('\\', '/')).getPath();
      return path.substring(1);
    } catch (IllegalArgumentException e) {
      throw new XMLStreamException("No address of a part", e);
    }
  }

  private void read(WorkbookXml xml, List<Relationship> others) throws XMLStreamException {
    Map<String, Relationship> byId = new HashMap<>();
    others.forEach(one -> byId.put(one.id(), one));
    while (xml.nextChild()) {
      switch (xml.name()) {
        case "workbookPr" -> {
          if (xml.isTrue("date1904")) {
            calendar = SheetCalendar.SINCE_1904;
          }
          xml.skip();
        }
        case "calcPr" -> {
          toBeComputed = xml.isTrue("fullCalcOnLoad") || xml.isFalse("calcCompleted");
          xml.skip();
        }
        case "sheets" -> {
          while (xml.nextChild("sheet")) {
            list(xml, byId);
            xml.skip();
          }
        }
        default -> xml.skip();
      }
    }
  }

  /** Charts are sheets, too, and have no rows. */
  private void list(WorkbookXml xml, Map<String, Relationship> byId) throws XMLStreamException {
    Relationship at = byId.get(xml.relationship().orElse(""));
    if (at == null) {
      throw new XMLStreamException("A sheet without a part");
    }
    if (at.kind().equals("worksheet")) {
      sheets.add(
          new Listed(
              xml.attribute("name").orElse(""),
              xml.attribute("state").orElse("visible").equals("visible"),
              at.target()));
    }
  }

  /**
   * The rows of a sheet.
   *
   * @param name of the sheet; empty for the only one that isn't hidden
   * @throws UnreadableWorkbookException if there is no such sheet, or more than one
   */
  SheetRows rows(Optional<String> name) throws IOException {
    List<Listed> asked =
        sheets.stream()
            .filter(sheet -> name.isPresent() ? sheet.name().equals(name.get()) : sheet.isVisible())
            .toList();
    if (asked.size() != 1) {
      throw UnreadableWorkbookException.because(
          name.map(one -> "the workbook has no sheet '" + one + "'")
                  .orElse("the workbook has %s sheets that aren't hidden".formatted(asked.size()))
              + "; its sheets are "
              + sheets.stream()
                  .map(sheet -> "'" + sheet.name() + "'")
                  .collect(Collectors.joining(", ")),
          "name the sheet with .sheet(…).");
    }
    Listed sheet = asked.get(0);
    InputStream content =
        parts.stream(sheet.part()).orElseThrow(UnreadableWorkbookException::damaged);
    return SheetRows.of(content, this, sheet.name());
  }

  /** How its days are counted. */
  SheetCalendar calendar() {
    return calendar;
  }

  /** Whether the results of formulas are not those that the cells have now. */
  boolean isToBeComputed() {
    return toBeComputed;
  }

  SharedTexts texts() {
    return texts;
  }

  CellFormats formats() {
    return formats;
  }

  @Override
  public void close() throws IOException {
    texts.close();
    parts.close();
  }
}
