package io.penstock.dsl;

import io.penstock.spec.CsvDialect;
import io.penstock.spec.ExcelSource;
import io.penstock.spec.FileSelection;
import io.penstock.spec.LakePath;
import io.penstock.spec.RecordOptions;
import java.util.Optional;

/** Excel workbooks: a source once its columns are declared. */
public record ExcelFiles(LakePath path) {

  /** The columns as DDL: {@code "shop STRING, price DECIMAL(12,2), sold DATE"}. */
  public ExcelSource schema(String ddl) {
    return new ExcelSource(
        FileSelection.of(path),
        RecordOptions.strict(ddl),
        Optional.empty(),
        0,
        CsvDialect.Header.NAMES);
  }
}
