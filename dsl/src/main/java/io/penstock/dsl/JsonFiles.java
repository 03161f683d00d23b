package io.penstock.dsl;

import io.penstock.spec.FileSource;
import io.penstock.spec.LakePath;
import java.util.Optional;

/** Files with one JSON object on each line: a source once its columns are declared. */
public record JsonFiles(LakePath path) {

  /** The columns as DDL: {@code "sessionid STRING, ts TIMESTAMP"}. */
  public FileSource schema(String ddl) {
    return Penstock.files(FileSource.Format.JSON, path.text(), Optional.of(ddl));
  }
}
