package io.penstock.spark.excel;

import io.penstock.spark.csv.CsvColumns;
import io.penstock.spark.records.Defect;
import io.penstock.spark.records.ExpectedColumns;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;

/**
 * Where the columns of a sheet stand: by the names in its header, or the declared ones in their
 * order.
 *
 * @param named the positions of the columns that have a name, or are declared, in their order
 * @param columns which of these are the declared ones, if the header suits them
 * @param defect why it doesn't suit them, if so
 */
record SheetHeader(List<Integer> named, Optional<CsvColumns> columns, Optional<Defect> defect) {
  static SheetHeader of(SheetRow top, CellValues values, ExpectedColumns declared) {
    List<Integer> named = new ArrayList<>();
    List<String> names = new ArrayList<>();
    try {
      for (int i = 0; i < top.cells().size(); i++) {
        SheetCell cell = top.cell(i);
        if (!values.isEmpty(cell)) {
          named.add(i);
          names.add(CellValues.text(cell, "cell " + top.address(i) + " of the header"));
        }
      }
      return new SheetHeader(
          named, Optional.of(CsvColumns.namedInSheet(names, declared)), Optional.empty());
    } catch (CellValues.UnfitCellException e) {
      return defective(new Defect(e.getMessage()));
    } catch (CsvColumns.UnfitHeaderException e) {
      return defective(e.defect());
    }
  }

  /** That of a sheet whose columns are the declared ones, in their order. */
  static SheetHeader inOrder(ExpectedColumns declared) {
    return new SheetHeader(
        IntStream.range(0, declared.types().size()).boxed().toList(),
        Optional.of(CsvColumns.inOrder(declared)),
        Optional.empty());
  }

  /** That of a sheet whose first row is a header of which no name is taken. */
  static SheetHeader byPosition(SheetRow top, CellValues values, ExpectedColumns declared) {
    StructField[] columns = declared.types().fields();
    for (int i = columns.length; i < top.cells().size(); i++) {
      if (!values.isEmpty(top.cell(i))) {
        return defective(
            new Defect(
                "the header has a name in cell %s, behind the declared columns"
                    .formatted(top.address(i)),
                "declare each column of the sheet, in its order, or correct the file."));
      }
    }
    boolean typed = false;
    for (int i = 0; i < columns.length; i++) {
      if (!(columns[i].dataType() instanceof StringType)) {
        try {
          typed |= values.of(top.cell(i), columns[i].name(), columns[i].dataType()) != null;
        } catch (CellValues.UnfitCellException e) {
          return inOrder(declared);
        }
      }
    }
    return typed ? defective(CsvColumns.recordForHeader("skipRows")) : inOrder(declared);
  }

  /** One that isn't there, or can't be read. */
  static SheetHeader defective(Defect defect) {
    return new SheetHeader(List.of(), Optional.empty(), Optional.of(defect));
  }

  /** Whether the column at a position of the sheet has a name. */
  boolean hasName(int position) {
    return Collections.binarySearch(named, position) >= 0;
  }

  /** Where a declared column stands in the sheet; empty for one that it lacks. */
  Optional<Integer> position(int declared) {
    int at = columns.orElseThrow().positions().get(declared);
    return at == CsvColumns.ABSENT ? Optional.empty() : Optional.of(named.get(at));
  }

  /** The names of the columns that aren't declared. */
  List<String> others() {
    return columns.map(CsvColumns::others).orElse(List.of());
  }

  /** Where one of these stands in the sheet. */
  int otherPosition(int other) {
    return named.get(columns.orElseThrow().otherPositions().get(other));
  }
}
