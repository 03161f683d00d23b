package io.penstock.spark.delta;

import io.penstock.engine.DamagedInputException;
import io.penstock.engine.Failure;
import io.penstock.engine.RunPlan;
import io.penstock.spark.failures.DamagedTables;
import io.penstock.spark.source.OpenedInput;
import io.penstock.spec.DeltaSource;
import io.penstock.spec.Interval;
import io.penstock.spec.Window;
import java.util.List;
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
 * @param count the rows, by the table's log
 * @param now opens a table as it is by now
 */
record OpenedTable(
    DeltaSource source,
    Optional<Interval> unit,
    Dataset<Row> rows,
    RunPlan.Input description,
    Supplier<OptionalLong> count,
    DeltaTables now)
    implements OpenedInput {
  @Override
  public OptionalLong rowsRead() {
    return count.get();
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

  /** That a data file of the table is damaged, when that is what kept the run from reading. */
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
   * A table that went on since it was pinned may have been cleaned up: then the next attempt reads
   * its newer files.
   */
  private boolean isStillReferredTo(DamagedTables.File file) {
    String path = file.path();
    Path table = new Path(path.substring(0, path.indexOf(folder()) + folder().length() - 1));
    PinnedTable latest = now.open(table);
    return latest.version() == description.version().getAsLong() && latest.holds(below(path));
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
