package io.penstock.spark.excel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes workbooks part by part, so that tests say exactly what a file holds. */
public final class Workbook {
  /** The position of the first format that {@link #format} adds. */
  public static final int FIRST_ADDED_FORMAT = 8;

  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String STRICT_MAIN = "http://purl.oclc.org/ooxml/spreadsheetml/main";
  private static final String REL =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String STRICT_REL =
      "http://purl.oclc.org/ooxml/officeDocument/relationships";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

  private final StringBuilder sheets = new StringBuilder();
  private final StringBuilder relations = new StringBuilder();
  private final StringBuilder types = new StringBuilder();
  private final StringBuilder codes = new StringBuilder();
  private final StringBuilder formats = new StringBuilder();
  private final Map<String, String> parts = new LinkedHashMap<>();
  private final Map<String, String> others = new LinkedHashMap<>();
  private String workbookProperties = "";
  private String calculation = "";
  private boolean strict;
  private int count;

  /** Counts days from 1904 on. */
  public Workbook since1904() {
    workbookProperties = "date1904=\"1\"";
    return this;
  }

  /** In the strict form of the standard, which has other namespaces. */
  public Workbook strict() {
    strict = true;
    return this;
  }

  /** Says something of its formulas. */
  public Workbook calculation(String attributes) {
    calculation = "<calcPr %s/>".formatted(attributes);
    return this;
  }

  /**
   * One more sheet.
   *
   * @param rows elements {@code <row>}; the styles are 0 for a plain number, 1 for a date, 2 for a
   *     date with a time, 3 for money, 4 and 5 for powers of ten, 6 for a number with letters
   *     behind it, 7 for a date unless it is 0
   */
  public Workbook sheet(String name, String rows) {
    return sheet(name, rows, "");
  }

  /** One more sheet, with further attributes, such as that it is hidden. */
  public Workbook sheet(String name, String rows, String attributes) {
    count++;
    sheets.append(
        "<sheet name=\"%s\" sheetId=\"%s\" r:id=\"rId%s\" %s/>"
            .formatted(name, count, count, attributes));
    relations.append(
        "<Relationship Id=\"rId%s\" Type=\"%s/worksheet\" Target=\"worksheets/sheet%s.xml\"/>"
            .formatted(count, REL, count));
    types.append(
        "<Override PartName=\"/xl/worksheets/sheet%s.xml\" ContentType=\"%sworksheet+xml\"/>"
            .formatted(count, TYPE));
    parts.put(
        "xl/worksheets/sheet" + count + ".xml",
        "<worksheet xmlns=\"%s\"><sheetData>%s</sheetData></worksheet>".formatted(MAIN, rows));
    return this;
  }

  /** Shared texts, one behind the other. */
  public Workbook texts(String... items) {
    StringBuilder all = new StringBuilder();
    for (String item : items) {
      all.append("<si>").append(item).append("</si>");
    }
    relations.append(
        "<Relationship Id=\"rIdT\" Type=\"%s/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/>"
            .formatted(REL));
    types.append(
        "<Override PartName=\"/xl/sharedStrings.xml\" ContentType=\"%ssharedStrings+xml\"/>"
            .formatted(TYPE));
    parts.put("xl/sharedStrings.xml", "<sst xmlns=\"%s\">%s</sst>".formatted(MAIN, all));
    return this;
  }

  /** One more format, which has a number alone. */
  public Workbook format(int id) {
    formats.append("<xf numFmtId=\"%s\"/>".formatted(id));
    return this;
  }

  /** One more format, which is spelled out. */
  public Workbook format(int id, String code) {
    codes.append("<numFmt numFmtId=\"%s\" formatCode=\"%s\"/>".formatted(id, code));
    return format(id);
  }

  /** One more part, or another content of one; without content, the part is missing. */
  public Workbook part(String name, String content) {
    others.put(name, content);
    return this;
  }

  /** The file's content. */
  public byte[] content() {
    parts.put(
        "[Content_Types].xml",
        "<Types xmlns=\"%scontent-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"%ssheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"%sstyles+xml\"/>%s</Types>"
            .formatted(PACKAGE, TYPE, TYPE, types));
    parts.put(
        "_rels/.rels",
        "<Relationships xmlns=\"%srelationships\"><Relationship Id=\"rId1\" Type=\"%s/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            .formatted(PACKAGE, REL));
    String styles =
        others.containsKey("xl/styles.xml") && others.get("xl/styles.xml").isEmpty()
            ? ""
            : "<Relationship Id=\"rIdS\" Type=\"%s/styles\" Target=\"styles.xml\"/>".formatted(REL);
    parts.put(
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"%srelationships\">%s%s</Relationships>"
            .formatted(PACKAGE, relations, styles));
    parts.put(
        "xl/workbook.xml",
        "<workbook xmlns=\"%s\" xmlns:r=\"%s\"><workbookPr %s/><sheets>%s</sheets>%s</workbook>"
            .formatted(MAIN, REL, workbookProperties, sheets, calculation));
    parts.put(
        "xl/styles.xml",
        "<styleSheet xmlns=\"%s\"><numFmts count=\"4\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd hh:mm:ss\"/><numFmt numFmtId=\"165\" formatCode=\"#,##0.00\\ [$&quot;days&quot;-409]\"/><numFmt numFmtId=\"166\" formatCode=\"[Red]0&quot; d;m&quot;\"/><numFmt numFmtId=\"167\" formatCode=\"[=0]&quot;&quot;;dd/mm/yyyy\"/>%s</numFmts><cellStyleXfs count=\"1\"><xf numFmtId=\"14\"/></cellStyleXfs><cellXfs count=\"8\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"11\"/><xf numFmtId=\"48\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/>%s</cellXfs></styleSheet>"
            .formatted(MAIN, codes, formats));
    parts.putAll(others);
    parts.values().removeIf(String::isEmpty);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, String> part : parts.entrySet()) {
        zip.putNextEntry(new ZipEntry(part.getKey()));
        zip.write(xml(part.getValue()).getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private String xml(String part) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
        + (strict ? part.replace(MAIN, STRICT_MAIN).replace(REL, STRICT_REL) : part);
  }
}
