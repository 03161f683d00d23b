package io.penstock.spark.run;

import io.penstock.engine.DamagedInputException;
import io.penstock.engine.RunReport;
import io.penstock.plan.Nodes;
import io.penstock.spark.compile.Compilation;
import io.penstock.spark.compile.DamagedTables;
import io.penstock.spark.delta.DeltaTables;
import io.penstock.spark.delta.PinnedTable;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Window;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/** Tells of a run that could not read a file whether a table that it reads is damaged. */
final class DamagedInputs {
  private final Compilation compilation;
  private final DeltaTables tables;

  DamagedInputs(Compilation compilation, DeltaTables tables) {
    this.compilation = compilation;
    this.tables = tables;
  }

  /** The damage behind an exception, when it is one. */
  Optional<DamagedInputException> behind(Throwable thrown) {
    if (thrown instanceof DamagedInputException known) {
      return Optional.of(known);
    }
    return DamagedTables.file(thrown)
        .flatMap(
            file ->
                compilation.inputReports().stream()
                    .filter(input -> input.version().isPresent())
                    .filter(input -> file.path().contains(folder(input)))
                    .filter(input -> isStillReferredTo(input, file))
                    .findFirst()
                    .map(input -> damaged(input, file, thrown)));
  }

  /**
   * A table that went on since it was pinned may have been cleaned up: then the next attempt reads
   * its newer files.
   */
  private boolean isStillReferredTo(RunReport.Input input, DamagedTables.File file) {
    String folder = folder(input);
    String path = file.path();
    Path table = new Path(path.substring(0, path.indexOf(folder) + folder.length() - 1));
    PinnedTable now = tables.open(table);
    return now.version() == input.version().getAsLong()
        && now.holds(path.substring(path.indexOf(folder) + folder.length()));
  }

  private DamagedInputException damaged(
      RunReport.Input input, DamagedTables.File file, Throwable thrown) {
    String folder = folder(input);
    String below = file.path().substring(file.path().indexOf(folder) + folder.length());
    LakePath table = new LakePath(input.name());
    return DamagedTables.damagedData(
        table,
        input.version().getAsLong(),
        new DamagedTables.File(below, file.why()),
        unitsOf(table, below),
        thrown);
  }

  /** The units, of those that are read, whose folder the file lies in. */
  private List<Interval> unitsOf(LakePath table, String file) {
    return Nodes.reads(compilation.request().pipeline().writes()).stream()
        .filter(read -> read.source().path().equals(table))
        .flatMap(read -> read.source().window().stream())
        .flatMap(window -> unitsOf(window, file))
        .distinct()
        .toList();
  }

  private Stream<Interval> unitsOf(Window window, String file) {
    return compilation.request().unit().stream()
        .flatMap(unit -> window.unitsFor(unit).stream())
        .filter(unit -> file.startsWith(window.partition().label(unit) + "/"));
  }

  private static String folder(RunReport.Input input) {
    return "/" + input.name() + "/";
  }
}
