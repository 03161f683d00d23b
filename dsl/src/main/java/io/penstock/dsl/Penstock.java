package io.penstock.dsl;

import io.penstock.plan.Node;
import io.penstock.plan.Site;
import io.penstock.spec.Arrival;
import io.penstock.spec.AvroSource;
import io.penstock.spec.Expectation;
import io.penstock.spec.FileSelection;
import io.penstock.spec.FileSource;
import io.penstock.spec.LakePath;
import io.penstock.spec.OrcSource;
import io.penstock.spec.Owner;
import io.penstock.spec.ParquetSource;
import io.penstock.spec.Source;
import io.penstock.spec.TextSource;
import io.penstock.spec.TypedColumns;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/**
 * The methods a pipeline begins with; meant for {@code import static io.penstock.dsl.Penstock.*}.
 */
public final class Penstock {
  private Penstock() {}

  /** The rows of a source. Nothing is read until a run asks for it. */
  public static Rows read(Source source) {
    return new Rows(new Node.Read(source, Site.ofCaller()));
  }

  /** The rows of a whole Delta table. */
  public static Rows read(LakeTable table) {
    return new Rows(new Node.Read(table.whole(), Site.ofCaller()));
  }

  /**
   * A query over named rows: {@code sql("SELECT … FROM s JOIN c …").from("s", sessions)}. It sees
   * those tables and no others.
   */
  public static SqlStep sql(String query) {
    return new SqlStep(query, Site.ofCaller());
  }

  /** A Delta table, to read from or to write to. */
  public static LakeTable delta(String path) {
    return new LakeTable(new LakePath(path));
  }

  /** CSV files, to read from or to write to: RFC 4180, UTF-8, with a header. */
  public static CsvFiles csv(String path) {
    return new CsvFiles(new LakePath(path));
  }

  /** Files of JSON objects, one on each line unless the source says otherwise. */
  public static JsonFiles json(String path) {
    return new JsonFiles(new LakePath(path));
  }

  /** Excel workbooks, of each of which one sheet is read. */
  public static ExcelFiles excel(String path) {
    return new ExcelFiles(new LakePath(path));
  }

  /** Parquet files; they know their own columns, unless a source declares some. */
  public static ParquetSource parquet(String path) {
    return new ParquetSource(FileSelection.of(new LakePath(path)), TypedColumns.ofFiles());
  }

  /** ORC files; they know their own columns, unless a source declares some. */
  public static OrcSource orc(String path) {
    return new OrcSource(FileSelection.of(new LakePath(path)), TypedColumns.ofFiles());
  }

  /** Avro container files; they know their own columns, unless a source declares some. */
  public static AvroSource avro(String path) {
    return new AvroSource(FileSelection.of(new LakePath(path)), TypedColumns.ofFiles());
  }

  /** Lines of text, in one column {@code value STRING}. */
  public static TextSource text(String path) {
    return new TextSource(
        FileSelection.of(new LakePath(path)),
        FileSource.WhenDefective.FAIL,
        StandardCharsets.UTF_8);
  }

  /**
   * A file that the sender writes last, for {@link FileSource#arrivedWhen}: {@code
   * marker("_SUCCESS")}, {@code marker("*.done")}.
   */
  public static Arrival marker(String name) {
    return new Arrival.Marker(name);
  }

  /** So many files or more in the folder, for {@link FileSource#arrivedWhen}. */
  public static Arrival atLeastFiles(int files) {
    return new Arrival.FileCount(files);
  }

  /**
   * A file with the digest of each file, as {@code sha256sum} and {@code md5sum} print them, for
   * {@link FileSource#arrivedWhen}: {@code checksums("SHA256SUMS")}.
   */
  public static Arrival checksums(String name) {
    return new Arrival.Checksums(name);
  }

  /**
   * A file with the number of records of each file, or of all of them together, for {@link
   * FileSource#arrivedWhen}: {@code recordCounts("*.count")}. Each of its lines is a number and a
   * file, or a number alone. Files are read once more to count them, before anything is written.
   */
  public static Arrival recordCounts(String name) {
    return new Arrival.RecordCounts(name);
  }

  /** Who answers for what the figures mean. */
  public static Owner business(String name) {
    return new Owner(Owner.Role.BUSINESS, name);
  }

  /** Who answers for the job running. */
  public static Owner technical(String name) {
    return new Owner(Owner.Role.TECHNICAL, name);
  }

  /** No two rows have the same values in the columns. */
  public static Expectation unique(String... columns) {
    return new Expectation.Unique(List.of(columns));
  }

  /** No row has a NULL in any of the columns. */
  public static Expectation notNull(String... columns) {
    return new Expectation.NotNull(List.of(columns));
  }

  /** The number of rows is {@link #atLeast}, {@link #atMost} or {@link #between}. */
  public static Expectation rows(RowBounds bounds) {
    return new Expectation.RowCount(bounds.atLeast(), bounds.atMost());
  }

  /** So many rows or more, for {@link #rows(RowBounds)}. */
  public static RowBounds atLeast(long rows) {
    return new RowBounds(OptionalLong.of(rows), OptionalLong.empty());
  }

  /** So many rows or fewer, for {@link #rows(RowBounds)}. */
  public static RowBounds atMost(long rows) {
    return new RowBounds(OptionalLong.empty(), OptionalLong.of(rows));
  }

  /** A number of rows within two bounds, both included, for {@link #rows(RowBounds)}. */
  public static RowBounds between(long least, long most) {
    return new RowBounds(OptionalLong.of(least), OptionalLong.of(most));
  }

  /**
   * The number of rows of the unit that is written is about that of the units before it, {@code
   * rows(within(0.5).ofLast(7))}; for the output of a unit, {@code
   * delta(…).overwrite(DAY).expect(…)}.
   */
  public static Expectation rows(RecentRows recent) {
    return recent.check();
  }

  /**
   * A number of rows that differs by at most this share from the usual one, for {@link
   * #rows(RecentRows)}: {@code within(0.5)} is half as many to half as many again.
   *
   * @throws IllegalArgumentException when it is no number
   */
  public static RowShare within(double share) {
    if (!Double.isFinite(share)) {
      throw new IllegalArgumentException(
          "Cannot expect rows within %s of others: name a share, such as 0.5 for half."
              .formatted(share));
    }
    return new RowShare(BigDecimal.valueOf(share));
  }

  /**
   * The newest value of a TIMESTAMP or DATE column is not older than this before the end of the
   * run's interval: {@code updatedWithin("ts", days(1))} of 1 March asks for a value of 1 March.
   * Values at or after that end don't count, nor does NULL; where no value is left, it fails.
   */
  public static Expectation updatedWithin(String column, Duration age) {
    return new Expectation.UpdatedWithin(column, age);
  }

  /** So many times 24 hours. */
  public static Duration days(long days) {
    return Duration.ofDays(days);
  }

  /** So many hours. */
  public static Duration hours(long hours) {
    return Duration.ofHours(hours);
  }

  /** So many minutes. */
  public static Duration minutes(long minutes) {
    return Duration.ofMinutes(minutes);
  }

  /** Every row has one of the values in the column. */
  public static Expectation oneOf(String column, String... values) {
    return new Expectation.OneOf(column, List.of(values));
  }

  /**
   * Every row of the left side of the join right before it has a match: {@code
   * orders.join(customers).using("customer").expect(allMatched())} finds the orders that the join
   * drops.
   */
  public static Expectation allMatched() {
    return new Expectation.AllMatched();
  }

  /** A SQL predicate is TRUE for every row, or for all but an allowed share. */
  public static Expectation.Satisfies satisfies(String predicate) {
    return new Expectation.Satisfies(predicate, BigDecimal.ZERO);
  }

  /** The columns by which {@link Rows#latestBy} tells rows apart. */
  public static Keys keys(String... columns) {
    return new Keys(List.of(columns));
  }
}
