package io.penstock.jobs.read;

import io.penstock.engine.CurrentTable;
import io.penstock.engine.ReaderLimit;
import io.penstock.engine.ReaderLimit.Reader;
import io.penstock.jobs.plan.PlanErrors;
import io.penstock.plan.Problem;
import io.penstock.spec.LakePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A program that reads the tables of a lake. */
public enum TableReader {
  DUCKDB(Optional.of(Reader.DUCKDB), "[%\\\\]"),
  POLARS(Optional.of(Reader.POLARS), "[^A-Za-z0-9!$&'()*+,./:;@\\[\\]^_|~-]"),
  PANDAS(Optional.of(Reader.DELTALAKE), "[%\\\\]"),
  TRINO(Optional.of(Reader.TRINO), "(?!)"),
  // In spark-sql it would be replaced by a setting.
  SPARK(Optional.empty(), "\\$\\{");

  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}]");

  /** On which file systems the others were tried, or are documented to read. */
  private static final Set<String> WITHOUT_HADOOP = Set.of("file", "s3a");

  private final Optional<Reader> reader;

  /** What the program takes for something else in a path, as was found by trying. */
  private final Pattern misread;

  TableReader(Optional<Reader> reader, String misread) {
    this.reader = reader;
    this.misread = Pattern.compile(misread);
  }

  /**
   * The snippet that reads the table, with a line end at its end.
   *
   * @throws io.penstock.engine.RunFailedException of kind USAGE, with everything that keeps this
   *     program from reading the table right
   */
  public String snippet(LakePath table, CurrentTable current) {
    PlanErrors.requireNone(problems(table, current));
    TableLocation location = TableLocation.of(current.uri());
    return switch (this) {
      case DUCKDB -> Snippets.duckDb(table, location);
      case POLARS -> Snippets.polars(table, location);
      case PANDAS -> Snippets.pandas(table, location);
      case TRINO -> Snippets.trino(table, location);
      case SPARK -> Snippets.spark(table, location);
    };
  }

  private List<Problem> problems(LakePath table, CurrentTable current) {
    List<Problem> problems = new ArrayList<>();
    for (ReaderLimit limit : current.limits()) {
      if (reader.filter(limit.reader()::equals).isPresent()) {
        problems.add(ReadErrors.limit(table, limit));
      }
    }
    if (CONTROL.matcher(current.uri()).find()) {
      problems.add(ReadErrors.unprintable(CONTROL.matcher(current.uri()).replaceAll("?")));
    }
    Matcher part = misread.matcher(current.uri());
    if (problems.isEmpty() && part.find()) {
      problems.add(ReadErrors.path(current.uri(), this, part.group()));
    }
    String scheme = TableLocation.of(current.uri()).scheme();
    if (!List.of(SPARK, TRINO).contains(this) && !WITHOUT_HADOOP.contains(scheme)) {
      problems.add(ReadErrors.location(table, this, scheme));
    }
    return problems;
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
