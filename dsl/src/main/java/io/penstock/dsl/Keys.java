package io.penstock.dsl;

import io.penstock.spec.Names;
import java.util.List;

/** Columns whose values say which rows belong together. */
public record Keys(List<String> columns) {
  public Keys {
    columns = Names.distinct("keys", columns);
  }
}
