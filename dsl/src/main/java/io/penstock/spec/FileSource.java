package io.penstock.spec;

import java.util.Locale;
import java.util.Optional;

/**
 * Files in a folder of the lake.
 *
 * @param schema the columns as DDL, {@code "sessionid STRING, ts TIMESTAMP"}; present where they
 *     are {@link Columns#DECLARED}
 */
public record FileSource(
    Format fileFormat,
    LakePath path,
    Optional<String> schema,
    Optional<Window> window,
    WhenMissing whenMissing,
    WhenDefective whenDefective)
    implements Source {

  /** The file formats read. */
  public enum Format {
    CSV,
    JSON,
    PARQUET,
    TEXT;

    /** Where the columns of its files come from. */
    public Columns columns() {
      return switch (this) {
        case CSV, JSON -> Columns.DECLARED;
        case PARQUET -> Columns.IN_FILES;
        case TEXT -> Columns.FIXED;
      };
    }
  }

  /** Where the columns of files come from. */
  public enum Columns {
    /** The source declares them. */
    DECLARED,
    /** Each file says its own. */
    IN_FILES,
    /** The format has the same always: {@code value STRING}. */
    FIXED
  }

  /** What to do about a record that does not fit the schema. */
  public enum WhenDefective {
    /** The run fails and names file, line and reason. */
    FAIL,
    /**
     * Every record is a row, with the columns {@code _file}, {@code _line}, {@code _defect} and
     * {@code _text} added; {@code _defect} is NULL for a record that fits.
     */
    KEEP
  }

  public FileSource {
    schema.ifPresent(ddl -> Names.text("a schema", ddl));
    if ((fileFormat.columns() == Columns.DECLARED) != schema.isPresent()) {
      throw new IllegalArgumentException(
          "Cannot read "
              + path
              + " as "
              + fileFormat
              + (schema.isPresent() ? " with" : " without")
              + " a declared schema.");
    }
    if (whenDefective == WhenDefective.KEEP && fileFormat != Format.CSV) {
      throw new IllegalArgumentException(
          "Cannot keep defective records of " + path + ": only CSV sources know them.");
    }
  }

  /** The files of one unit, or of the units of a window. */
  public FileSource partition(Partition partition) {
    return partition(partition.unit());
  }

  /** The files of the units of a window. */
  public FileSource partition(Window units) {
    return new FileSource(fileFormat, path, schema, Optional.of(units), whenMissing, whenDefective);
  }

  /** The same source, where a missing unit counts as one without rows. */
  @Override
  public FileSource orEmpty() {
    return new FileSource(
        fileFormat, path, schema, window, WhenMissing.TREAT_AS_EMPTY, whenDefective);
  }

  /**
   * The same source, where a defective record is a row that says so ({@link WhenDefective#KEEP}).
   */
  public FileSource keepDefects() {
    return new FileSource(fileFormat, path, schema, window, whenMissing, WhenDefective.KEEP);
  }

  @Override
  public FileSource assuming(String ddl) {
    return this;
  }

  @Override
  public String options() {
    return whenDefective == WhenDefective.KEEP ? "keepDefects" : "";
  }

  @Override
  public String format() {
    return fileFormat.name().toLowerCase(Locale.ROOT);
  }

  @Override
  public boolean isTable() {
    return false;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitFiles(this);
  }
}
