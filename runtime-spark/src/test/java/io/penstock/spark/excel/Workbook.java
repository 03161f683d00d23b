package io.penstock.spark.excel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes workbooks part by part, so that tests say exactly what a file holds. */
public final class Workbook {
  private static final String MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
  private static final String REL =
      "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  private static final String PACKAGE = "http://schemas.openxmlformats.org/package/2006/";
  private static final String TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.";

  private final StringBuilder sheets = new StringBuilder();
  private final StringBuilder relations = new StringBuilder();
  private final StringBuilder types = new StringBuilder();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final ZipOutputStream zip = new ZipOutputStream(bytes);
  private boolean since1904;
  private int count;

  /** Counts days from 1904 on. */
  public Workbook since1904() {
    since1904 = true;
    return this;
  }

  /**
   * One more sheet.
   *
   * @param rows elements {@code <row>}; the styles are 0 for a plain number, 1 for a date, 2 for a
   *     date with a time, 3 for money, 4 and 5 for powers of ten, 6 for a number with letters
   *     behind it, 7 for a date unless it is 0, 8 and 9 for a length of time
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
    part(
        "xl/worksheets/sheet" + count + ".xml",
        "<worksheet xmlns=\"%s\"><sheetData>%s</sheetData></worksheet>".formatted(MAIN, rows));
    return this;
  }

  /** The file's content. */
  public byte[] content() {
    part(
        "[Content_Types].xml",
        "<Types xmlns=\"%scontent-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"%ssheet.main+xml\"/><Override PartName=\"/xl/styles.xml\" ContentType=\"%sstyles+xml\"/>%s</Types>"
            .formatted(PACKAGE, TYPE, TYPE, types));
    part(
        "_rels/.rels",
        "<Relationships xmlns=\"%srelationships\"><Relationship Id=\"rId1\" Type=\"%s/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            .formatted(PACKAGE, REL));
    part(
        "xl/_rels/workbook.xml.rels",
        "<Relationships xmlns=\"%srelationships\">%s<Relationship Id=\"rIdS\" Type=\"%s/styles\" Target=\"styles.xml\"/></Relationships>"
            .formatted(PACKAGE, relations, REL));
    part(
        "xl/workbook.xml",
        "<workbook xmlns=\"%s\" xmlns:r=\"%s\"><workbookPr %s/><sheets>%s</sheets></workbook>"
            .formatted(MAIN, REL, since1904 ? "date1904=\"1\"" : "", sheets));
    part(
        "xl/styles.xml",
        "<styleSheet xmlns=\"%s\"><numFmts count=\"5\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd hh:mm:ss\"/><numFmt numFmtId=\"165\" formatCode=\"#,##0.00\\ [$&quot;days&quot;-409]\"/><numFmt numFmtId=\"166\" formatCode=\"[Red]0&quot; d;m&quot;\"/><numFmt numFmtId=\"167\" formatCode=\"[=0]&quot;&quot;;dd/mm/yyyy\"/><numFmt numFmtId=\"168\" formatCode=\"[Red]\\[[mm]:ss\\]\"/></numFmts><cellXfs count=\"10\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"11\"/><xf numFmtId=\"48\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/><xf numFmtId=\"46\"/><xf numFmtId=\"168\"/></cellXfs></styleSheet>"
            .formatted(MAIN));
    try {
      zip.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private void part(String name, String xml) {
    try {
      zip.putNextEntry(new ZipEntry(name));
      zip.write(
          ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml).getBytes(StandardCharsets.UTF_8));
      zip.closeEntry();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
