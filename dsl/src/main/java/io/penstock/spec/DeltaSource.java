package io.penstock.spec;

import java.util.Optional;

/**
 * A Delta table, or some of its units, read at one version for the whole run.
 *
 * @param schema the columns as DDL, {@code "day DATE, total BIGINT"}: those of a table that is not
 *     there yet, and at least some of those of one that is
 */
public record DeltaSource(
    LakePath path, Optional<Window> window, WhenMissing whenMissing, Optional<String> schema)
    implements Source {
  public DeltaSource {
    schema.ifPresent(ddl -> Names.text("a schema", ddl));
  }

  /** The same source, where a missing unit counts as one without rows. */
  @Override
  public DeltaSource orEmpty() {
    return new DeltaSource(path, window, WhenMissing.TREAT_AS_EMPTY, schema);
  }

  /**
   * The same source with its columns declared, so that together with {@link #orEmpty()} it can be
   * read before any run has made the table.
   *
   * @param ddl columns and types, {@code "day DATE, total BIGINT"}
   */
  public DeltaSource schema(String ddl) {
    return new DeltaSource(path, window, whenMissing, Optional.of(ddl));
  }

  @Override
  public DeltaSource assuming(String ddl) {
    return schema(ddl);
  }

  @Override
  public String options() {
    return schema.map(ddl -> "schema \"" + ddl + "\"").orElse("");
  }

  @Override
  public String format() {
    return "delta";
  }

  @Override
  public boolean isTable() {
    return true;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitDelta(this);
  }
}
