package io.penstock.dsl;

import io.penstock.spec.FileSelection;
import io.penstock.spec.JsonSource;
import io.penstock.spec.LakePath;
import io.penstock.spec.RecordOptions;

/** Files of JSON objects: a source once its columns are declared. */
public record JsonFiles(LakePath path) {

  /** The columns as DDL: {@code "sessionid STRING, ts TIMESTAMP"}. */
  public JsonSource schema(String ddl) {
    return new JsonSource(
        FileSelection.of(path), RecordOptions.strict(ddl), JsonSource.Layout.LINES);
  }
}
