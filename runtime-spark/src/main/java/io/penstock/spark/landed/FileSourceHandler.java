package io.penstock.spark.landed;

import io.penstock.engine.RunPlan;
import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.outputs.NestedOutputs;
import io.penstock.spark.problems.ProblemCollector;
import io.penstock.spark.source.OpenedInput;
import io.penstock.spec.FileSource;
import io.penstock.spec.Interval;
import io.penstock.spec.TypedValue;
import io.penstock.spec.Window;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;

/**
 * Opens sources of files. It lists them once and reads none, so that a run reads the files that
 * existed when it was compiled.
 */
public final class FileSourceHandler {
  private final SparkSession session;
  private final Optional<Interval> unit;
  private final ProblemCollector problems;
  private final SourceFolders sourceFolders;
  private final FileFrames frames;
  private final LakeRoot root;
  private final NestedOutputs places;

  public FileSourceHandler(
      SparkSession session, LakeRoot root, Optional<Interval> unit, ProblemCollector problems) {
    this.session = session;
    this.root = root;
    this.unit = unit;
    this.problems = problems;
    this.sourceFolders = new SourceFolders(session, root, unit, problems);
    this.frames = new FileFrames(session, root);
    this.places = new NestedOutputs(root, session.sessionState().newHadoopConf());
  }

  /** Opens a source; empty if its columns can't be determined, which is reported as a problem. */
  public Optional<OpenedInput> open(Node.Read node, FileSource<?> source) {
    Optional<Problem> misplaced = places.ofSource(node, source);
    if (misplaced.isPresent()) {
      problems.add(misplaced.get());
      return Optional.empty();
    }
    int before = problems.problems().size();
    SourceFolders.Found found = sourceFolders.of(node, source);
    List<UnitFiles> folders = found.units();
    if (source.hasColumnsInFiles() && problems.problems().size() > before) {
      return Optional.empty();
    }
    List<FileStatus> files = UnitFiles.files(folders);
    FileFrames.Counted counted = frames.of(source, folders);
    List<String> units =
        source
            .window()
            .map(
                window ->
                    sourceFolders.unitsOf(window).stream().map(window.partition()::label).toList())
            .orElse(List.of());
    return Optional.of(
        new OpenedFiles(
            source,
            withWindowColumn(source, counted.rows()),
            new RunPlan.Input(
                source.path().text(),
                source.format(),
                OptionalLong.empty(),
                units,
                files.size(),
                files.stream().mapToLong(FileStatus::getLen).sum(),
                folders.stream()
                    .flatMap(folder -> folder.leftOut().stream())
                    .map(file -> root.below(file.getPath()))
                    .toList(),
                found.absent()),
            counted.count(),
            counted.unknown(),
            new DeliveredRecords(session, root, frames).comparison(source, folders),
            new PinnedFiles(root, files),
            session.sessionState().newHadoopConf()));
  }

  private Dataset<Row> withWindowColumn(FileSource<?> source, Dataset<Row> rows) {
    Optional<String> windowColumn = source.window().flatMap(Window::column);
    if (windowColumn.isEmpty()) {
      return rows;
    }
    TypedValue value =
        source.window().orElseThrow().partition().valuesOf(unit.orElseThrow()).get(0);
    return rows.withColumn(windowColumn.get(), FileFrames.literal(value));
  }
}
