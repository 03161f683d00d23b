package io.penstock.spark.excel;

import static io.penstock.dsl.Penstock.excel;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.excel.Workbook.FIRST_ADDED_FORMAT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.ExcelSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a sheet's XML can say in many ways, or wrongly, is read rightly or refused. */
@Tag("spark")
final class SheetCellsTest {
  private static final String ONE = "<c><v>1</v></c>";

  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void lake() {
    lake = new EngineLake(directory);
  }

  /** The cells of column {@code x}, with the texts "a" and "b" to share. */
  private static Workbook column(String... cells) {
    StringBuilder rows = new StringBuilder("<row r=\"1\">" + inline("<t>x</t>") + "</row>");
    for (int i = 0; i < cells.length; i++) {
      rows.append("<row r=\"%s\">%s</row>".formatted(i + 2, cells[i]));
    }
    return sheet(rows.toString()).texts("<t>a</t>", "<t>b</t>");
  }

  private static Workbook sheet(String rows) {
    return new Workbook().sheet("Data", rows);
  }

  private static String inline(String content) {
    return "<c t=\"inlineStr\"><is>" + content + "</is></c>";
  }

  private void deliver(Workbook workbook) {
    try {
      Files.createDirectories(lake.path("in"));
      Files.write(lake.path("in/a.xlsx"), workbook.content());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ExcelSource files(String ddl) {
    return excel("in").schema(ddl);
  }

  /** The rows of a workbook, with their cells between commas. */
  private List<String> rows(Workbook workbook, ExcelSource source) {
    deliver(workbook);
    return lake.engine().view(read(source), Optional.empty()).first(99).rows().stream()
        .map(row -> row.stream().map(cell -> cell.orElse("-")).collect(Collectors.joining(", ")))
        .toList();
  }

  private List<String> rows(Workbook workbook, String ddl) {
    return rows(workbook, files(ddl));
  }

  private String refused(Workbook workbook, ExcelSource source) {
    deliver(workbook);
    RunFailedException thrown =
        catchThrowableOfType(
            RunFailedException.class,
            () -> lake.engine().view(read(source), Optional.empty()).first(99));
    assertThat(thrown).as("read in spite of all").isNotNull();
    assertThat(thrown.failure().kind()).as(thrown.getMessage()).isEqualTo(FailureKind.DATA);
    assertThat(thrown.failure().message()).contains("/in/a.xlsx");
    return thrown.failure().message();
  }

  private String refused(Workbook workbook, String ddl) {
    return refused(workbook, files(ddl));
  }

  @Test
  void aTextThatTheWorkbookLacksIsRefused() {
    String lacks = "column 'x' (cell A2) holds a text that the workbook lacks";
    for (String position : List.of("2", "1000000000", "2147483647", "99999999999", "-1", "", "x")) {
      assertThat(refused(column("<c t=\"s\"><v>%s</v></c>".formatted(position)), "x STRING"))
          .as(position)
          .contains("line 2 of ", lacks);
    }
    Workbook without =
        sheet("<row>" + inline("<t>x</t>") + "</row><row><c t=\"s\"><v>0</v></c></row>");
    assertThat(refused(without, "x STRING")).contains(lacks);
    assertThat(refused(without, files("x STRING").nullWords(""))).contains(lacks);
    assertThat(
            refused(column("<c t=\"s\"><v>0</v></c>").part("xl/sharedStrings.xml", ""), "x STRING"))
        .contains(lacks);
    assertThat(refused(sheet("<row><c t=\"s\"><v>0</v></c></row>"), "x STRING"))
        .contains("cell A1 of the header", "holds a text that the workbook lacks");
    assertThat(
            refused(
                sheet(
                    "<row>%s%s</row><row>%s<c t=\"s\"><v>7</v></c></row>"
                        .formatted(inline("<t>x</t>"), inline("<t>y</t>"), ONE)),
                files("x INT").restInto("_rest")))
        .contains("cell B2", "holds a text that the workbook lacks");
    assertThat(rows(column("<c t=\"s\"><v>1</v></c>", "<c t=\"s\"/>", ONE), "x STRING"))
        .containsExactly("b", "1");
  }

  @Test
  void textsAreReadWithoutTheirPronunciation() {
    String rich =
        "\n  <r>\n <rPr><b/></rPr><t xml:space=\"preserve\">東京 </t></r>\n<r><t>都</t></r>"
            + "<rPh sb=\"0\" eb=\"2\"><t>トウキョウ</t></rPh><phoneticPr fontId=\"1\"/>\n";
    assertThat(rows(column(inline(rich)), "x STRING")).containsExactly("東京 都");
    assertThat(
            rows(
                sheet(
                        "<row>%s</row><row><c t=\"s\"><v>0</v></c></row>"
                            .formatted(inline("<t>x</t>")))
                    .texts(rich),
                "x STRING"))
        .containsExactly("東京 都");
  }

  @Test
  void whiteSpaceBetweenElementsIsNoText() {
    assertThat(
            rows(
                sheet(
                    """

                    <row r="1">
                      <c r="A1" t="inlineStr">
                        <is>
                          <t>x</t>
                        </is>
                      </c>
                    </row>
                    <row r="2">
                      <!-- a comment -->
                      <c r="A2" t="inlineStr"> <is> <t> a<![CDATA[ <b> ]]></t> </is> </c>
                    </row>
                    """),
                "x STRING"))
        .containsExactly(" a <b> ");
  }

  @Test
  void whatStandsTwiceOrElsewhereIsRefused() {
    record Case(String rows, String reason) {}
    String x = "<row r=\"1\">" + inline("<t>x</t>") + "</row>";
    for (Case wrong :
        List.of(
            new Case(
                x + "<row r=\"2\"><c r=\"A2\"><v>1</v></c><c r=\"A2\"><v>2</v></c></row>",
                "has the cell A2 twice"),
            new Case(
                x + "<row r=\"2\">" + ONE + "</row><row r=\"2\">" + ONE + "</row>",
                "has the row 2 behind the row 2"),
            new Case(
                x + "<row r=\"3\">" + ONE + "</row><row r=\"2\">" + ONE + "</row>",
                "has the row 2 behind the row 3"),
            new Case(x + "<row r=\"2\"><c r=\"A3\"><v>1</v></c></row>", "says it stands elsewhere"),
            new Case(x + "<row r=\"2\"><c r=\"a2\"><v>1</v></c></row>", "says it stands elsewhere"),
            new Case(x + "<row r=\"2\"><c r=\"ZZZ2\"><v>1</v></c></row>", "more columns than"),
            new Case(x + "<row r=\"1048577\">" + ONE + "</row>", "more rows than"),
            new Case(x + "<row r=\"two\">" + ONE + "</row>", "a row without a number"),
            new Case(x + "<line/>", "something else than rows"),
            new Case(x + "<row r=\"2\"><cell/></row>", "something else than cells in the row 2"),
            new Case(x + "</sheetData><sheetData><row>" + ONE + "</row>", "has its rows twice"))) {
      assertThat(refused(sheet(wrong.rows()), "x INT"))
          .as(wrong.rows())
          .contains("the sheet 'Data' ", wrong.reason());
    }
  }

  @Test
  void placesMayBeLeftOutAndCellsStandInAnyOrder() {
    assertThat(
            rows(
                sheet(
                    "<row>%s<c r=\"C1\" t=\"inlineStr\"><is><t>y</t></is></c></row>"
                            .formatted(inline("<t>x</t>"))
                        + "<row><c r=\"C2\"><v>3</v></c><c r=\"A2\"><v>1</v></c></row>"
                        + "<row r=\"7\"><c r=\"B7\"/><c><v>5</v></c></row>"),
                files("x INT, y INT").keepDefects()))
        .containsExactly("1, 3, in/a.xlsx, 2, -, -", "-, 5, in/a.xlsx, 7, -, -");
  }

  @Test
  void whatTheStandardDoesNotKnowIsRefusedWithItsCell() {
    for (String cell :
        List.of(
            "<c t=\"x\"><v>1</v></c>",
            "<c><v>1</v><v>2</v></c>",
            "<c t=\"inlineStr\"><v>a</v></c>",
            "<c><is><t>1</t></is></c>",
            "<c><w>1</w></c>",
            "<c><v>1e99999</v></c>",
            "<c><v>1E+400</v></c>",
            "<c><v>0x1F</v></c>",
            "<c><v>1d</v></c>",
            "<c><v>\u0661</v></c>",
            "<c><v>NaN</v></c>",
            "<c t=\"b\"><v>2</v></c>")) {
      assertThat(refused(column(cell), "x STRING"))
          .as(cell)
          .contains("line 2 of ", "column 'x' (cell A2) holds something that can't be read");
      assertThat(refused(column(cell), files("x STRING").nullWords("", "1d", "NaN")))
          .as(cell)
          .contains("can't be read");
    }
    for (String cell : List.of("<c><v>1<b/></v></c>", "<c><v>1</v>2</c>", "<c><v>&no;</v></c>")) {
      assertThat(refused(column(cell), "x INT")).as(cell).contains("damaged or cut off");
    }
  }

  @Test
  void numbersAreReadInEachForm() {
    assertThat(
            rows(
                column(
                    "<c><v>1.5E2</v></c>",
                    "<c><v>+15e-1</v></c>",
                    "<c><v> -.5 </v></c>",
                    "<c><v></v></c>",
                    "<c><f>A1</f><v>7.</v></c>"),
                "x DOUBLE"))
        .containsExactly("150.0", "1.5", "-0.5", "7.0");
    assertThat(refused(column("<c><v>1E-400</v></c>"), "x DOUBLE")).contains("is not a DOUBLE");
  }

  @Test
  void formulasThatAreStillToBeComputedAreRefused() {
    String[] cells = {
      ONE, "<c><f t=\"array\" ref=\"A3:A4\">B1:B2</f><v>0</v></c>", "<c><v>0</v></c>"
    };
    assertThat(rows(column(cells), "x INT")).containsExactly("1", "0", "0");
    assertThat(rows(column(cells).calculation("calcId=\"191029\" fullCalcOnLoad=\"0\""), "x INT"))
        .containsExactly("1", "0", "0");
    assertThat(rows(column(ONE).calculation("fullCalcOnLoad=\"1\""), "x INT")).containsExactly("1");
    for (String says : List.of("fullCalcOnLoad=\"1\"", "calcCompleted=\"false\"")) {
      assertThat(refused(column(cells).calculation(says), "x INT"))
          .as(says)
          .contains(
              "line 3 of ", "(cell A3) holds a formula that the workbook says is still to be");
      assertThat(rows(column(cells).calculation(says), files("x INT").keepDefects()))
          .as(says)
          .satisfiesExactly(
              row -> assertThat(row).startsWith("1, "),
              row -> assertThat(row).contains(", 3, column 'x' (cell A3) holds a formula"),
              row -> assertThat(row).contains(", 4, column 'x' (cell A4) holds a formula"));
    }
  }

  @Test
  void aFormulaOfANumberIsNoEmptyText() {
    assertThat(refused(column("<c><f>A1*2</f><v></v></c>"), files("x STRING").nullWords("")))
        .contains("holds a formula without a result");
    assertThat(rows(column("<c t=\"str\"><v></v></c>", ONE), "x STRING")).containsExactly("1");
  }

  @Test
  void formatsSayWhatANumberIs() {
    record Case(int id, String code, String type, String value) {
      Workbook workbook(String number) {
        Workbook workbook =
            column("<c s=\"%s\"><v>%s</v></c>".formatted(FIRST_ADDED_FORMAT, number));
        return code.isEmpty() ? workbook.format(id) : workbook.format(id, code);
      }
    }
    String day = "2026-03-01";
    for (int id : new int[] {14, 15, 16, 17, 22, 27, 31, 36, 45, 47, 50, 58, 71}) {
      assertThat(rows(new Case(id, "", "", "").workbook("46082"), "x DATE"))
          .as("format " + id)
          .containsExactly(day);
    }
    for (int id : new int[] {0, 1, 4, 9, 12, 37, 44, 48, 49, 59}) {
      assertThat(rows(new Case(id, "", "", "").workbook("46082"), "x INT"))
          .as("format " + id)
          .containsExactly("46082");
    }
    for (String code :
        List.of(
            "yyyy\\-mm\\-dd;@",
            "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy",
            "[$-411]ggge&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@",
            "aaaa",
            "[$-D07041E]bbbb",
            "[Red]d/m/yy",
            "h:mm:ss.000 AM/PM",
            "&quot;0&quot;yyyy",
            "[&gt;0]dd.mm.yyyy")) {
      assertThat(rows(new Case(164 + 9, code, "", "").workbook("46082"), "x DATE"))
          .as(code)
          .containsExactly(day);
    }
    for (String code :
        List.of(
            "#,##0.00\\ &quot;Tage&quot;",
            "[$USD]\\ #,##0.00",
            "[Magenta]0.00;[Red]\\-0.00",
            "General",
            "0.0E+00",
            "_-* #,##0.00\\ [$€-407]_-;\\-* #,##0.00\\ _-;_-* &quot;-&quot;??_-;_-@_-",
            "&quot;no.&quot; 0")) {
      assertThat(rows(new Case(164 + 9, code, "", "").workbook("46082"), "x INT"))
          .as(code)
          .containsExactly("46082");
    }
    for (Case odd :
        List.of(
            new Case(46, "", "TIMESTAMP", "is a length of time"),
            new Case(79, "", "TIMESTAMP", "is a length of time"),
            new Case(173, "[h]:mm", "TIMESTAMP", "is a length of time"),
            new Case(173, "[Red]\\[[mm]:ss\\]", "DATE", "is a length of time"),
            new Case(173, "[mm]:ss.0", "DECIMAL(12,2)", "is a length of time"),
            new Case(173, "[&gt;50000]0;yyyy\\-mm\\-dd", "DATE", "of numbers and of dates at once"),
            new Case(14, "0.00", "INT", "of numbers and of dates at once"),
            new Case(23, "", "INT", "a format that the workbook lacks"),
            new Case(200, "", "INT", "a format that the workbook lacks"))) {
      assertThat(refused(odd.workbook("46082"), "x " + odd.type()))
          .as(odd.toString())
          .contains("column 'x' (cell A2) ", odd.value());
    }
    for (String style : List.of("8", "4294967296", "-1", "a")) {
      assertThat(refused(column("<c s=\"%s\"><v>46082</v></c>".formatted(style)), "x INT"))
          .as(style)
          .contains("a format that the workbook lacks");
    }
  }

  @Test
  void cellsWithoutAFormatHaveTheFirstOne() {
    String first =
        "<styleSheet"
            + " xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs><xf"
            + " numFmtId=\"14\"/></cellXfs></styleSheet>";
    assertThat(rows(column("<c><v>46082</v></c>").part("xl/styles.xml", first), "x DATE"))
        .containsExactly("2026-03-01");
  }

  @Test
  void aWorkbookWithoutFormatsHasNumbers() {
    assertThat(rows(column(ONE, "<c s=\"0\"><v>2</v></c>").part("xl/styles.xml", ""), "x INT"))
        .containsExactly("1", "2");
    assertThat(refused(column("<c s=\"1\"><v>2</v></c>").part("xl/styles.xml", ""), "x INT"))
        .contains("a format that the workbook lacks");
  }

  @Test
  void aTimeOfDayIsNoTimeIn1904Either() {
    for (String number : List.of("0", "0.5", "-1")) {
      assertThat(
              refused(
                  column("<c s=\"2\"><v>%s</v></c>".formatted(number)).since1904(), "x TIMESTAMP"))
          .as(number)
          .contains("(cell A2) is a time of day without a date");
    }
    assertThat(rows(column("<c s=\"2\"><v>1.5</v></c>").since1904(), "x TIMESTAMP"))
        .containsExactly("1904-01-02 12:00:00");
  }

  @Test
  void theStrictFormIsReadWithItsDates() {
    Workbook strict =
        column(
                "<c t=\"d\" s=\"1\"><v>2026-03-01T00:00:00</v></c>",
                "<c t=\"d\"><v>2026-03-02</v></c>",
                "<c s=\"1\"><v>46084</v></c>")
            .strict();
    assertThat(rows(strict, "x DATE")).containsExactly("2026-03-01", "2026-03-02", "2026-03-03");
    assertThat(
            rows(
                column("<c t=\"d\"><v>1899-12-31T23:59:59.123456</v></c>").strict(), "x TIMESTAMP"))
        .containsExactly("1899-12-31 23:59:59.123456");
    assertThat(rows(column("<c t=\"s\"><v>1</v></c>").strict(), "x STRING")).containsExactly("b");

    record Case(String value, String type, String reason) {}
    for (Case wrong :
        List.of(
            new Case("2026-03-01T12:00:00", "DATE", "not midnight"),
            new Case("2026-03-01", "STRING", "is a date or a time, and declared STRING"),
            new Case("2026-02-30", "DATE", "is not a DATE"),
            new Case("2026-03-01T12:00:00Z", "TIMESTAMP", "is not a TIMESTAMP"),
            new Case("12:00:00", "TIMESTAMP", "is not a TIMESTAMP"),
            new Case("2026-03-01T12:00:00.1234567", "TIMESTAMP", "is not a TIMESTAMP"),
            new Case("+12026-03-01", "DATE", "is not a DATE"),
            new Case("46082", "DATE", "is not a DATE"))) {
      assertThat(
              refused(
                  column("<c t=\"d\"><v>%s</v></c>".formatted(wrong.value())), "x " + wrong.type()))
          .as(wrong.toString())
          .contains("column 'x' (cell A2) ", wrong.reason());
    }
  }

  @Test
  void prefixesOfNamespacesAreNoMatter() {
    assertThat(
            rows(
                column()
                    .part(
                        "xl/worksheets/sheet1.xml",
                        "<x:worksheet"
                            + " xmlns:x=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><x:sheetData><x:row><x:c"
                            + " t=\"s\"><x:v>0</x:v></x:c></x:row><x:row><x:c><x:v>5</x:v></x:c></x:row></x:sheetData></x:worksheet>"),
                "a INT"))
        .containsExactly("5");
  }

  @Test
  void chartsAreNoSheets() {
    Workbook workbook = column(ONE).sheet("Chart", "");
    deliver(workbook);
    String relations =
        "<Relationships"
            + " xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship"
            + " Id=\"rId1\" Type=\"http://x/worksheet\""
            + " Target=\"worksheets/../worksheets/sheet1.xml\"/><Relationship Id=\"rId2\""
            + " Type=\"http://x/chartsheet\" Target=\"chartsheets/sheet1.xml\"/></Relationships>";
    assertThat(
            rows(
                workbook.part("xl/_rels/workbook.xml.rels", relations).part("xl/styles.xml", ""),
                "x INT"))
        .containsExactly("1");
  }
}
