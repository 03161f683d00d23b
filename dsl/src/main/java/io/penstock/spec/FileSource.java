package io.penstock.spec;

import java.util.List;
import java.util.Optional;

/**
 * Files in a folder of the lake, in one of the formats.
 *
 * @param <S> the format's own type, which each step of a source returns
 */
public sealed interface FileSource<S extends FileSource<S>> extends Source
    permits RecordSource, TextSource, TypedSource {

  /** What to do about a record that does not fit the schema. */
  enum WhenDefective {
    /** The run fails and names file, line and reason. */
    FAIL,
    /**
     * Every record is a row, with the columns {@code _file}, {@code _line}, {@code _defect} and
     * {@code _text} added; {@code _defect} and {@code _text} are NULL for a record that fits.
     */
    KEEP,
    /** The same, where {@code _text} holds the text of every record, also of one that fits. */
    KEEP_RECORDS
  }

  /** Which files are read. */
  FileSelection selection();

  /** The same source over other files. */
  S with(FileSelection selection);

  /** Whether each file says its own columns, so that nobody knows them without a file. */
  boolean hasColumnsInFiles();

  /** Calls the method of the visitor that fits the format. */
  <R> R accept(FormatVisitor<R> visitor);

  /** The files of one unit. */
  default S partition(Partition partition) {
    return partition(partition.unit());
  }

  /** The files of the units of a window. */
  default S partition(Window units) {
    return with(selection().partition(units));
  }

  /** The same source, where a missing unit counts as one without rows. */
  @Override
  default S orEmpty() {
    return with(selection().orEmpty());
  }

  /**
   * The same source over the files with these names, and no others.
   *
   * @param glob of names without their folders, {@code "sales_*.dat"}; {@code "*"} for all files.
   *     Where it tells the unit, {@code "sales_{day:yyyyMMdd}_*.csv"}, the files of all units may
   *     lie in one folder
   */
  default S files(String glob) {
    return with(selection().named(glob));
  }

  /**
   * The same source, whose deliveries count as complete only when all of this is there: otherwise
   * the run ends as when files are missing, also with {@link #orEmpty()}.
   */
  default S arrivedWhen(Arrival... conditions) {
    return with(selection().arrivedWhen(List.of(conditions)));
  }

  @Override
  default String options() {
    OptionText text = new OptionText();
    selection().names().ifPresent(names -> text.add("files", names));
    selection().arrivals().forEach(arrival -> text.add("arrivedWhen(" + arrival + ")"));
    text.addAll(formatOptions());
    return text.toString();
  }

  /** The options of the format, as plans print them. */
  String formatOptions();

  @Override
  default LakePath path() {
    return selection().path();
  }

  @Override
  default List<String> placeholders() {
    return selection().placeholders();
  }

  @Override
  default Optional<Window> window() {
    return selection().window();
  }

  @Override
  default WhenMissing whenMissing() {
    return selection().whenMissing();
  }

  @Override
  default Source assuming(String ddl) {
    return this;
  }

  @Override
  default boolean isTable() {
    return false;
  }

  @Override
  default <R> R accept(Visitor<R> visitor) {
    return visitor.visitFiles(this);
  }

  /**
   * Treats every format. There is no default method, so that a new format does not compile until
   * every visitor has an answer for it.
   *
   * @param <R> what a visit yields
   */
  interface FormatVisitor<R> {
    R visitCsv(CsvSource source);

    R visitJson(JsonSource source);

    R visitExcel(ExcelSource source);

    R visitText(TextSource source);

    R visitParquet(ParquetSource source);

    R visitOrc(OrcSource source);

    R visitAvro(AvroSource source);
  }
}
