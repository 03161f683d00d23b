package io.penstock.dsl;

import io.penstock.spec.CsvDialect;
import io.penstock.spec.CsvForm;
import io.penstock.spec.CsvSink;
import io.penstock.spec.CsvSource;
import io.penstock.spec.FileSelection;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import io.penstock.spec.RecordOptions;
import java.util.List;
import java.util.Optional;

/** CSV files in the lake: a source once its columns are declared, a sink by what is replaced. */
public record CsvFiles(LakePath path) {

  /** The columns as DDL: {@code "sessionid STRING, ts TIMESTAMP"}. */
  public CsvSource schema(String ddl) {
    return new CsvSource(FileSelection.of(path), RecordOptions.strict(ddl), CsvDialect.RFC4180);
  }

  /** A run replaces its unit of the export. */
  public CsvSink overwrite(Partition partition) {
    return new CsvSink(path, Optional.of(partition), CsvForm.PLAIN, List.of());
  }

  /** A run replaces the whole export. */
  public CsvSink overwrite() {
    return new CsvSink(path, Optional.empty(), CsvForm.PLAIN, List.of());
  }
}
