package io.penstock.spark.excel;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.excel;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunReport;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.ExcelSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sheets are read cell by cell, as the spreadsheet means them, or refused. */
@Tag("spark")
final class ExcelSourceTest {
  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void lake() {
    lake = new EngineLake(directory);
  }

  private void deliver(String name, Workbook workbook) {
    deliver(name, workbook.content());
  }

  private void deliver(String name, byte[] content) {
    try {
      Files.createDirectories(lake.path("in"));
      Files.write(lake.path("in/" + name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ExcelSource files(String ddl) {
    return excel("in").schema(ddl);
  }

  /** The rows, with their cells between commas, in the order of their texts. */
  private List<String> rows(ExcelSource source) {
    return lake.engine().view(read(source), Optional.empty()).first(99).rows().stream()
        .map(row -> row.stream().map(cell -> cell.orElse("-")).collect(Collectors.joining(", ")))
        .sorted()
        .toList();
  }

  private RunReport run(ExcelSource source) {
    return lake.run(read(source).to(delta("raw/x").overwrite()));
  }

  private String refused(ExcelSource source) {
    Failure failure = run(source).failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(FailureKind.DATA);
    return failure.message();
  }

  private static String text(String text) {
    return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
  }

  private static String number(String number) {
    return "<c><v>" + number + "</v></c>";
  }

  private static String styled(int style, String number) {
    return "<c s=\"%s\"><v>%s</v></c>".formatted(style, number);
  }

  private static String row(int number, String... cells) {
    return "<row r=\"%s\">%s</row>".formatted(number, String.join("", cells));
  }

  /** A sheet with the column {@code x}, a row below the other. */
  private static Workbook column(String... cells) {
    StringBuilder rows = new StringBuilder(row(1, text("x")));
    for (int i = 0; i < cells.length; i++) {
      rows.append(row(i + 2, cells[i]));
    }
    return new Workbook().sheet("Data", rows.toString());
  }

  @Test
  void eachCellIsAValueOfItsType() {
    deliver(
        "a.xlsx",
        new Workbook()
            .sheet(
                "Data",
                row(
                        1,
                        text("shop"),
                        text("price"),
                        text("sold"),
                        text("at"),
                        text("open"),
                        text("n"))
                    + row(
                        2,
                        text("Köln"),
                        styled(3, "12.35"),
                        styled(1, "46082"),
                        styled(2, "46082.520844907405"),
                        "<c t=\"b\"><v>1</v></c>",
                        number("42"))
                    + row(3)
                    + row(
                        4,
                        "<c r=\"A4\" t=\"str\"><f>\"Bo\"&amp;\"nn\"</f><v>Bonn</v></c>",
                        "<c r=\"B4\"><f>0.1+0.2</f><v>0.30000000000000004</v></c>",
                        "<c r=\"F4\" t=\"inlineStr\"><is><t>7</t></is></c>")));

    assertThat(
            rows(
                files(
                    "n INT, shop STRING NOT NULL, price DECIMAL(12,2), sold DATE, at TIMESTAMP,"
                        + " open BOOLEAN")))
        .containsExactly(
            "42, Köln, 12.35, 2026-03-01, 2026-03-01 12:30:01, true", "7, Bonn, 0.30, -, -, -");
  }

  @Test
  void numbersAsTextsAreShownAsTheSheetShowsThem() {
    deliver(
        "a.xlsx", column(number("5"), number("0.30000000000000004"), number("-1E-3"), text("007")));

    assertThat(rows(files("x STRING"))).containsExactly("-0.001", "0.3", "007", "5");
  }

  @Test
  void theCalendarOf1904AndTheDaysBeforeMarch1900AreTold() {
    deliver("a.xlsx", column(styled(1, "44620")).since1904());
    assertThat(rows(files("x DATE"))).containsExactly("2026-03-01");

    deliver("a.xlsx", column(styled(1, "60")));
    assertThat(refused(files("x DATE"))).contains("line 2 of", "column 'x' (cell A2)");
    deliver("a.xlsx", column(styled(1, "61")));
    assertThat(rows(files("x DATE"))).containsExactly("1900-03-01");
  }

  @Test
  void charactersThatXmlCannotHoldAreRead() {
    deliver("a.xlsx", column(text("a_x000D_b_x005F_x000D_")));
    assertThat(rows(files("x STRING").keepDefects()).get(0)).startsWith("a\rb_x000D_");
  }

  /** A header of several rows, in which columns have the same name, or none. */
  @Test
  void columnsAreFoundByPosition() {
    String title = row(1, text("2026"), text("North"), text("South"));
    String header = row(2, text("day"), text("#"), text("#"));
    String first = row(3, styled(1, "46082"), number("1"), number("2"), text("late"));
    String second = row(4, styled(1, "46083"), number("3"));
    deliver("a.xlsx", new Workbook().sheet("Data", title + header + first + second));
    String all = "day DATE, north INT, south INT, note STRING";

    assertThat(rows(files(all).skipRows(1).byPosition()))
        .containsExactly("2026-03-01, 1, 2, late", "2026-03-02, 3, -, -");
    assertThat(rows(files(all).skipRows(2).headerless()))
        .containsExactly("2026-03-01, 1, 2, late", "2026-03-02, 3, -, -");
    assertThat(refused(files("day DATE").skipRows(1)))
        .contains("cell D3 holds", "has no name")
        .doesNotContain("late");
    assertThat(run(files("day DATE, x INT").skipRows(1)).failure().orElseThrow().toString())
        .contains("has no column 'x'");
    assertThat(refused(files("day DATE, north INT, south INT").skipRows(1).byPosition()))
        .contains("cell D3 holds a value behind the declared columns");
    assertThat(refused(files("day DATE, north INT").skipRows(1).byPosition()))
        .contains("a name in cell C2, behind the declared columns");
    assertThat(refused(files(all).headerless())).contains("column 'day' (cell A1)");
  }

  /** Rather a column in the middle is missing. */
  @Test
  void aSheetThatLacksTheLastColumnsByPositionIsRefused() {
    deliver(
        "a.xlsx",
        new Workbook().sheet("Data", row(1, text("a"), text("c")) + row(2, text("x"), text("y"))));
    ExcelSource all = files("a STRING, b STRING, c STRING");

    assertThat(refused(all.byPosition())).contains("values in 2 of the 3 declared columns");
    assertThat(refused(all.headerless())).contains("values in 2 of the 3 declared columns");
    assertThat(rows(all.byPosition().optional("c"))).containsExactly("x, y, -");
    assertThat(refused(all.skipRows(5).headerless())).contains("ends within the rows before");
  }

  @Test
  void aHeaderIsNoRecord() {
    deliver(
        "a.xlsx",
        new Workbook()
            .sheet("Data", row(1, text("name"), text("city")) + row(2, text("x"), text("y"))));

    assertThat(refused(files("name STRING, city STRING").headerless()))
        .contains("line 1 of", "the record names all columns, as a header does");
    assertThat(rows(files("city STRING, name STRING").headerless())).hasSize(2);
  }

  @Test
  void aWordForNullIsTheNumberThatIsMeant() {
    deliver(
        "a.xlsx",
        column(number("-99.990000000000009"), number("-99.990"), number("-9.999E1"), number("1")));

    assertThat(rows(files("x DOUBLE").nullWords("-99.99"))).containsExactly("-", "-", "-", "1.0");
  }

  /** Of what a CSV source could say, a sheet's can't say all. */
  @Test
  void aHeaderThatLacksAColumnIsExplained() {
    deliver(
        "a.xlsx",
        new Workbook()
            .sheet("Data", row(1, text("Sales of 2026")) + row(2, text("id"), text("n"))));

    assertThat(run(files("id INT, n INT")).failure().orElseThrow().fix())
        .isEqualTo(
            "declare .skipRows(…) if rows stand before the header, or else correct the file.");
    assertThat(run(files("ID INT, x INT").skipRows(1)).failure().orElseThrow().fix())
        .isEqualTo("write the names as the header does, or declare .byPosition().");
    assertThat(run(files("ID INT").skipRows(1)).failure().orElseThrow().fix())
        .contains(".ignoreCase()");
    deliver("a.xlsx", new Workbook().sheet("Data", row(1, text(" id "), text("n"))));
    assertThat(run(files("id INT")).failure().orElseThrow().fix())
        .isEqualTo("write the names as the header does.");
  }

  /** One row too many was skipped, for example. */
  @Test
  void aRecordIsNoHeaderOfWhichNoNameIsTaken() {
    deliver(
        "a.xlsx",
        new Workbook()
            .sheet(
                "Data",
                row(1, text("name"), text("id"))
                    + row(2, text("x"), number("1"))
                    + row(3, text("y"), number("2"))));

    Failure failure =
        run(files("name STRING, id INT").skipRows(1).byPosition()).failure().orElseThrow();

    assertThat(failure.message()).contains("line 2 of", "values of all columns, as a record does");
    assertThat(failure.fix()).contains(".headerless()", ".skipRows(…)");
    assertThat(rows(files("name STRING, id INT").byPosition())).containsExactly("x, 1", "y, 2");
    assertThat(rows(files("X STRING, id INT").skipRows(1).byPosition())).containsExactly("y, 2");
  }

  @Test
  void whatIsNotAValueOfTheTypeIsRefusedWithItsCell() {
    record Case(String cell, String type, String reason) {}
    for (Case wrong :
        List.of(
            new Case(number("1.5"), "INT", "is not an INT"),
            new Case(number("12.345"), "DECIMAL(12,2)", "is not a DECIMAL(12,2)"),
            new Case(number("1234567890123456"), "BIGINT", "more than 15 digits"),
            new Case(number("46082"), "DATE", "is a number, and declared DATE"),
            new Case(styled(1, "46082"), "BIGINT", "is a date or a time, and declared BIGINT"),
            new Case(styled(1, "46082"), "STRING", "is a date or a time, and declared STRING"),
            new Case(styled(2, "46082.5"), "DATE", "not midnight"),
            new Case(styled(2, "0.5"), "TIMESTAMP", "a time of day without a date"),
            new Case("<c t=\"e\"><v>#N/A</v></c>", "INT", "holds an error"),
            new Case("<c t=\"e\"><f>1/0</f><v>#DIV/0!</v></c>", "STRING", "holds an error"),
            new Case("<c t=\"b\"><v>1</v></c>", "INT", "is TRUE or FALSE, and declared INT"),
            new Case("<c t=\"b\"><v>true</v></c>", "BOOLEAN", "something that can't be read"),
            new Case("<c><v>1,5</v></c>", "INT", "something that can't be read"),
            new Case("<c><f>A1*2</f></c>", "INT", "a formula without a result"),
            new Case("<c><f>A1*2</f><v></v></c>", "STRING", "a formula without a result"),
            new Case(number("12345678901234.56"), "DECIMAL(20,2)", "more than 15 digits"),
            new Case(number("123456789012345.4"), "BIGINT", "more than 15 digits"),
            new Case(text("_xD800_"), "STRING", "holds half of a character"),
            new Case(text("secret"), "INT", "is not an INT"))) {
      deliver("a.xlsx", column(wrong.cell()));
      assertThat(refused(files("x " + wrong.type())))
          .as(wrong.toString())
          .contains("line 2 of", "/in/a.xlsx", "column 'x' (cell A2) ", wrong.reason())
          .doesNotContain("secret");
    }
  }

  @Test
  void valuesAreReadAsTheSourceSays() {
    deliver(
        "a.xlsx", column(text("1.234,50"), "<c t=\"e\"><v>#N/A</v></c>", text("-"), number("2.5")));

    assertThat(
            rows(
                files("x DECIMAL(9,2)")
                    .decimalSeparator(",")
                    .thousandsSeparator(".")
                    .nullWords("-", "#N/A")))
        .containsExactly("-", "-", "1234.50", "2.50");
  }

  @Test
  void theSheetIsTheOnlyOneOrTheOneThatIsNamed() {
    String data = row(1, text("x")) + row(2, number("1"));
    deliver(
        "a.xlsx",
        new Workbook()
            .sheet("Notes", row(1, text("hello")), "state=\"hidden\"")
            .sheet("Data", data));
    assertThat(rows(files("x INT"))).containsExactly("1");

    deliver("a.xlsx", new Workbook().sheet("Notes", row(1, text("hello"))).sheet("Data", data));
    assertThat(refused(files("x INT")))
        .contains("the workbook has 2 sheets that aren't hidden; its sheets are 'Notes', 'Data'");
    assertThat(rows(files("x INT").sheet("Data"))).containsExactly("1");
    assertThat(refused(files("x INT").sheet("data"))).contains("has no sheet 'data'");
  }

  @Test
  void rowsAboveTheHeaderAndOtherColumnsAreLeftOut() {
    deliver(
        "a.xlsx",
        new Workbook()
            .sheet(
                "Data",
                row(1, text("Sales of March"))
                    + row(3, text("x"), text("note"))
                    + row(4, number("1"), text("a"))
                    + row(5, number("2"))));

    assertThat(rows(files("x INT").skipRows(2))).containsExactly("1", "2");
    assertThat(run(files("x INT").skipRows(2)).inputs().get(0).unknownKeys())
        .containsExactly(Map.entry("note", 2L));
    assertThat(rows(files("x INT").skipRows(2).restInto("_rest")))
        .containsExactly("1, {\"note\":\"a\"}", "2, -");
    assertThat(rows(files("x INT, more STRING").optional("more").skipRows(2)))
        .containsExactly("1, -", "2, -");
    assertThat(refused(files("x INT"))).contains("line 1 of", "has no column 'x'");
  }

  @Test
  void formatsOfNumbersAreToldFromThoseOfDates() {
    for (int format : new int[] {4, 5, 6}) {
      deliver("a.xlsx", column(styled(format, "1500")));
      assertThat(rows(files("x INT"))).as("format " + format).containsExactly("1500");
    }
    deliver("a.xlsx", column(styled(7, "46082")));
    assertThat(rows(files("x DATE"))).containsExactly("2026-03-01");
    deliver("a.xlsx", column(styled(1, "46082")));
    assertThat(rows(files("x TIMESTAMP").epochSeconds("x"))).containsExactly("2026-03-01 00:00:00");
  }

  @Test
  void anEmptyTextOfAFormulaIsNullWhereTheSourceSaysSo() {
    deliver("a.xlsx", column(number("1"), "<c t=\"str\"><f>IF(1,\"\",2)</f><v></v></c>"));
    assertThat(rows(files("x INT").nullWords(""))).containsExactly("1");
    deliver("a.xlsx", column("<c t=\"str\"><f>\"#\"&amp;1</f><v>#1</v></c>"));
    assertThat(rows(files("x STRING"))).containsExactly("#1");
  }

  @Test
  void defectsAreKeptWithTheirRow() {
    deliver("a.xlsx", column(number("1"), text("one"), number("3")));

    assertThat(rows(files("x INT").keepDefects()))
        .containsExactly(
            "-, in/a.xlsx, 3, column 'x' (cell A3) is not an INT, one",
            "1, in/a.xlsx, 2, -, -",
            "3, in/a.xlsx, 4, -, -");
    assertThat(rows(files("x INT").keepRecords())).contains("3, in/a.xlsx, 4, -, 3");
  }

  @Test
  void aValueWithoutANameAboveItIsRefused() {
    deliver(
        "a.xlsx",
        new Workbook().sheet("Data", row(1, text("x")) + row(2, number("1"), number("2"))));
    assertThat(refused(files("x INT"))).contains("cell B2 holds a value");

    deliver(
        "a.xlsx",
        new Workbook()
            .sheet(
                "Data",
                row(1, text("x"), "<c/>", text("y")) + row(2, number("1"), "<c/>", number("3"))));
    assertThat(rows(files("y INT, x INT").refuseUnknownKeys())).containsExactly("3, 1");
    deliver(
        "a.xlsx",
        new Workbook()
            .sheet(
                "Data", row(1, text("x"), "<c/>", text("y")) + row(2, number("1"), number("2"))));
    assertThat(refused(files("x INT, y INT"))).contains("cell B2 holds a value");
  }

  @Test
  void damagedFilesAreNamed() {
    byte[] whole = column(number("1")).content();
    byte[] changed = whole.clone();
    changed[whole.length / 4] ^= 1;
    for (byte[] damaged :
        List.of(
            changed,
            Arrays.copyOf(whole, whole.length / 2),
            Arrays.copyOf(whole, whole.length - 1),
            Arrays.copyOf(whole, 3))) {
      deliver("a.xlsx", damaged);
      assertThat(refused(files("x INT"))).contains("/in/a.xlsx: it is damaged or cut off");
    }
  }
}
