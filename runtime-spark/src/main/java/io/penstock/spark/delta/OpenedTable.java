package io.penstock.spark.delta;

import io.penstock.engine.DamagedInputException;
import io.penstock.engine.Failure;
import io.penstock.engine.ReaderLimit;
import io.penstock.engine.RunPlan;
import io.penstock.spark.failures.DamagedTables;
import io.penstock.spark.source.OpenedInput;
import io.penstock.spec.DeltaSource;
import io.penstock.spec.Interval;
import io.penstock.spec.Window;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A Delta table at one version, as an input.
 *
 * @param unit of the run
 * @param count the number of rows, by the table's log
 * @param limits what other programs do with it
 * @param latest opens tables at their latest version
 */
record OpenedTable(
    DeltaSource source,
    Optional<Interval> unit,
    Dataset<Row> rows,
    RunPlan.Input description,
    Supplier<OptionalLong> count,
    List<ReaderLimit> limits,
    DeltaTables latest)
    implements OpenedInput {
  @Override
  public List<ReaderLimit> readerLimits() {
    return limits;
  }

  @Override
  public OptionalLong rowsRead() {
    return count.get();
  }

  @Override
  public Map<String, Long> unknownKeys() {
    return Map.of();
  }

  /** What a run has published is whole. */
  @Override
  public Optional<Failure> undelivered() {
    return Optional.empty();
  }

  @Override
  public Optional<String> doubt() {
    return Optional.empty();
  }

  @Override
  public Optional<String> digest() {
    return Optional.empty();
  }

  /** Files of a version never change. */
  @Override
  public Optional<Path> changed(Configuration configuration) {
    return Optional.empty();
  }

  /** The failure of reading a damaged data file of this table, when that is why the run failed. */
  @Override
  public Optional<Failure> explain(Throwable thrown) {
    return description.version().isEmpty()
        ? Optional.empty()
        : DamagedTables.file(thrown)
            .filter(file -> file.path().contains(folder()))
            .filter(this::isStillReferredTo)
            .map(file -> damaged(file, thrown));
  }

  /**
   * Whether the latest version still has the file. A table that has newer versions may have been
   * vacuumed since it was pinned: then the next attempt reads its newer files.
   */
  private boolean isStillReferredTo(DamagedTables.File file) {
    String path = file.path();
    Path table = new Path(path.substring(0, path.indexOf(folder()) + folder().length() - 1));
    PinnedTable current = latest.open(table);
    return current.version() == description.version().getAsLong() && current.holds(below(path));
  }

  private Failure damaged(DamagedTables.File file, Throwable thrown) {
    String below = below(file.path());
    DamagedInputException damage =
        DamagedTables.damagedData(
            source.path(),
            description.version().getAsLong(),
            new DamagedTables.File(below, file.why()),
            source.window().stream().flatMap(window -> unitsOf(window, below)).toList(),
            thrown);
    return damage.failure().causedBy(damage);
  }

  /** The units, of those that are read, whose folder the file lies in. */
  private Stream<Interval> unitsOf(Window window, String file) {
    List<Interval> read = unit.map(window::unitsFor).orElse(List.of());
    return read.stream().filter(each -> file.startsWith(window.partition().label(each) + "/"));
  }

  private String folder() {
    return "/" + source.path().text() + "/";
  }

  private String below(String path) {
    return path.substring(path.indexOf(folder()) + folder().length());
  }
}
