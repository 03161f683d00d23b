package io.penstock.spark.excel;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.testing.Proofs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Workbooks of which a byte is another one, or the end is missing, are refused or the same. */
@Tag("proof")
final class DamagedWorkbooksTest {
  private static final int FILES = Proofs.full() ? 20_000 : 300;

  private static final String SHEET =
      """
      <row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>
      <row r="2"><c r="A2" s="1"><v>46082</v></c><c r="B2" t="b"><v>1</v></c></row>
      <row r="3"><c r="A3"><f>B2*2</f><v>2.5E1</v></c><c r="B3" t="inlineStr"><is><t>x</t></is></c></row>
      """;

  private static Workbook workbook() {
    return new Workbook()
        .sheet("Data", SHEET)
        .texts("<t>day</t>", "<r><t>sh</t></r><r><t>op</t></r>");
  }

  /** The cells; empty if the file, or one of its cells, is refused. */
  private static Optional<List<List<SheetCell>>> cells(byte[] file) throws IOException {
    List<List<SheetCell>> rows = new ArrayList<>();
    try (OpenWorkbook workbook = OpenWorkbook.of(new ByteArrayInputStream(file), 1 << 20);
        SheetRows sheet = workbook.rows(Optional.empty())) {
      for (Optional<SheetRow> row = sheet.next(); row.isPresent(); row = sheet.next()) {
        rows.add(row.get().cells());
      }
    } catch (UnreadableWorkbookException e) {
      assertThat(e.getMessage()).isNotEmpty();
      return Optional.empty();
    }
    boolean whole =
        rows.stream()
            .flatMap(List::stream)
            .noneMatch(cell -> cell.kind() == SheetCell.Kind.UNREADABLE);
    return whole ? Optional.of(rows) : Optional.empty();
  }

  @Test
  void aDamagedFileHasTheSameCellsOrIsRefused() throws IOException {
    byte[] whole = workbook().content();
    List<List<SheetCell>> cells = cells(whole).orElseThrow();
    assertThat(cells).hasSize(3);
    Random random = Proofs.random("damaged workbooks");
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      int at = random.nextInt(whole.length);
      byte[] damaged = i % 2 == 0 ? Arrays.copyOf(whole, at) : whole.clone();
      if (i % 2 != 0) {
        damaged[at] ^= (byte) (1 << random.nextInt(8));
      }
      Optional<List<List<SheetCell>>> found = cells(damaged);
      assertThat(found.orElse(cells)).as("byte " + at).isEqualTo(cells);
      refused += found.isEmpty() ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(FILES / 2);
    Proofs.tell("Damaged workbooks: %s of %s refused, 0 different".formatted(refused, FILES));
  }

  /** Where a program wrote something else, the cells may be others, and nothing else happens. */
  @Test
  void partsThatAreWrongEndInCellsOrAreRefused() throws IOException {
    Random random = Proofs.random("workbooks with a wrong part");
    String worksheet =
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>%s</sheetData></worksheet>"
            .formatted(SHEET);
    int refused = 0;
    for (int i = 0; i < FILES; i++) {
      byte[] xml = worksheet.getBytes(StandardCharsets.UTF_8);
      xml[random.nextInt(xml.length)] = (byte) "<>/\"=& a19s:r\0\t".charAt(random.nextInt(15));
      byte[] file =
          workbook()
              .part("xl/worksheets/sheet1.xml", new String(xml, StandardCharsets.UTF_8))
              .content();
      refused += cells(file).isEmpty() ? 1 : 0;
    }
    assertThat(refused).isGreaterThan(FILES / 4);
    Proofs.tell("Workbooks with a wrong part: %s of %s refused".formatted(refused, FILES));
  }
}
