package io.penstock.spark.excel;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;

/** What the formats make of numbers to which cells refer by their position. */
final class CellFormats {
  private static final int LONGEST = 1 << 20;
  private static final Pattern POSITION = Pattern.compile("[0-9]{1,9}");

  private final List<NumberFormat> formats;

  private CellFormats(List<NumberFormat> formats) {
    this.formats = formats;
  }

  /** Those of a workbook without any: its first one is the general one. */
  static CellFormats none() {
    return new CellFormats(List.of(NumberFormat.NUMBER));
  }

  /** Those of the part that holds a workbook's styles. */
  static CellFormats of(InputStream content) throws IOException, XMLStreamException {
    Map<Integer, NumberFormat> spelled = new HashMap<>();
    List<NumberFormat> formats = new ArrayList<>();
    try (WorkbookXml xml = WorkbookXml.of(content, "styleSheet", LONGEST)) {
      while (xml.nextChild()) {
        switch (xml.name()) {
          case "numFmts" -> {
            while (xml.nextChild("numFmt")) {
              spelled.put(id(xml), NumberFormat.of(xml.attribute("formatCode").orElse("")));
              xml.skip();
            }
          }
          case "cellXfs" -> {
            while (xml.nextChild("xf")) {
              formats.add(format(id(xml), spelled));
              xml.skip();
            }
          }
          default -> xml.skip();
        }
      }
    }
    return formats.isEmpty() ? none() : new CellFormats(formats);
  }

  private static int id(WorkbookXml xml) {
    return xml.attribute("numFmtId").map(Integer::parseInt).orElse(0);
  }

  /** A workbook may spell out one that has a meaning already: then it has to be the same. */
  private static NumberFormat format(int id, Map<Integer, NumberFormat> spelled) {
    NumberFormat builtIn = NumberFormat.builtIn(id);
    NumberFormat format = spelled.getOrDefault(id, builtIn);
    return builtIn == NumberFormat.UNKNOWN || format == builtIn ? format : NumberFormat.EITHER;
  }

  /** That of a position, as a cell writes it; empty where there is none. */
  Optional<NumberFormat> at(String position) {
    if (!POSITION.matcher(position).matches()) {
      return Optional.empty();
    }
    int at = Integer.parseInt(position);
    return at < formats.size() ? Optional.of(formats.get(at)) : Optional.empty();
  }
}
