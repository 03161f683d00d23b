package io.penstock.spec;

import java.util.List;
import java.util.Optional;

/**
 * Files that hold the types of their columns.
 *
 * @param <S> the format's own type, which each step of a source returns
 */
public sealed interface TypedSource<S extends TypedSource<S>> extends FileSource<S>
    permits ParquetSource, OrcSource, AvroSource {

  /** What is said of the columns. */
  TypedColumns columns();

  /** The same source, of which something else is said. */
  S with(TypedColumns columns);

  /**
   * The same source with these columns, whatever others the files have. A file may hold one in
   * another type, as long as each of its values is one of the declared type: this is how files are
   * read together whose types have changed.
   *
   * @param ddl such as {@code "id BIGINT, paid DECIMAL(12,2), paid_at TIMESTAMP"}
   */
  default S schema(String ddl) {
    return with(columns().declared(ddl));
  }

  /** The same source, where files may lack these declared columns, which are NULL then. */
  default S optional(String... columns) {
    return with(columns().optional(List.of(columns)));
  }

  /** The same source, where declared columns are found in the files whatever their case. */
  default S ignoreCase() {
    return with(columns().ignoringCase());
  }

  /** The same source, where a column of a file that isn't declared is refused. */
  default S refuseUnknownKeys() {
    return with(columns().refusingUnknown());
  }

  @Override
  default Optional<String> schema() {
    return columns().ddl();
  }

  @Override
  default boolean hasColumnsInFiles() {
    return columns().ddl().isEmpty();
  }

  @Override
  default String formatOptions() {
    return columns().toString();
  }
}
