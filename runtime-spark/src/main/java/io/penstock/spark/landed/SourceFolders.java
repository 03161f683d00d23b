package io.penstock.spark.landed;

import io.penstock.engine.MissingInput;
import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.problems.ProblemCollector;
import io.penstock.spark.text.ExceptionText;
import io.penstock.spec.FileSource;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import io.penstock.spec.Source;
import io.penstock.spec.TypedValue;
import io.penstock.spec.Window;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.classic.SparkSession;

/** Lists the files of a source, each folder once, and opens no file. */
final class SourceFolders {
  private final SparkSession session;
  private final LakeRoot root;
  private final Optional<Interval> unit;
  private final ProblemCollector problems;

  /** Kept so that two sources of one run find the same files in the same folder. */
  private final Map<String, Optional<FileListing>> listings = new HashMap<>();

  SourceFolders(
      SparkSession session, LakeRoot root, Optional<Interval> unit, ProblemCollector problems) {
    this.session = session;
    this.root = root;
    this.unit = unit;
    this.problems = problems;
  }

  /** The units that a window reads; none without a unit. */
  List<Interval> unitsOf(Window window) {
    return unit.map(window::unitsFor).orElse(List.of());
  }

  /** The files of each unit, in order; missing ones are reported as a problem. */
  List<UnitFiles> of(Node.Read node, FileSource source) {
    Set<Path> places = new HashSet<>();
    if (source.window().isEmpty()) {
      Optional<List<FileStatus>> files = list(node, source.path().text(), places);
      if (files.isEmpty() && source.whenMissing() == Source.WhenMissing.FAIL) {
        missing(node, source, List.of(), "no file has arrived there yet");
      }
      return List.of(new UnitFiles(files.orElse(List.of()), List.of()));
    }
    Window window = source.window().orElseThrow();
    List<UnitFiles> folders = new ArrayList<>();
    List<Interval> absent = new ArrayList<>();
    for (Interval read : unitsOf(window)) {
      Optional<List<FileStatus>> files =
          list(node, folder(source.path(), window.partition(), read), places);
      if (files.isEmpty()) {
        absent.add(read);
      }
      folders.add(new UnitFiles(files.orElse(List.of()), window.partition().valuesOf(read)));
    }
    if (!absent.isEmpty() && source.whenMissing() == Source.WhenMissing.FAIL) {
      String labels = String.join(", ", absent.stream().map(window.partition()::label).toList());
      missing(node, source, absent, "no file has arrived for %s yet".formatted(labels));
    }
    return folders;
  }

  private void missing(Node.Read node, FileSource source, List<Interval> units, String why) {
    problems.add(
        Problem.at(
            node,
            "INPUT_MISSING",
            "Cannot read '%s': %s. Files whose names begin with '_' or '.' and files that are still being copied don't count."
                .formatted(source.path(), why),
            "deliver the files, or accept their absence with orEmpty()."),
        new MissingInput(source.path(), units));
  }

  /** The folder of a unit: placeholders filled in, or {@code column=value} below the path. */
  private static String folder(LakePath path, Partition partition, Interval unit) {
    if (path.placeholders().isEmpty()) {
      return path.text() + "/" + partition.label(unit);
    }
    String folder = path.text();
    List<TypedValue> values = partition.valuesOf(unit);
    for (int i = 0; i < values.size(); i++) {
      folder = folder.replace("{" + partition.columns().get(i).name() + "}", values.get(i).text());
    }
    return folder;
  }

  /**
   * Every data file below a folder, ordered by name. Empty if there is none, even if the folder
   * exists: object stores have no empty folders.
   *
   * @param places the real paths that the source reads so far
   */
  private Optional<List<FileStatus>> list(Node.Read node, String lakePath, Set<Path> places) {
    Optional<FileListing> listing = listings.computeIfAbsent(lakePath, this::list);
    listing.ifPresent(found -> refuseLinks(node, found));
    listing.ifPresent(found -> refuseRepeated(node, found, places));
    listing.ifPresent(found -> refuseOutputs(node, found));
    return listing.filter(found -> !found.isEmpty()).map(FileListing::files);
  }

  private Optional<FileListing> list(String lakePath) {
    try {
      return FileListing.of(root, lakePath, session.sessionState().newHadoopConf());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Cannot list '" + lakePath + "': " + ExceptionText.sentence(e), e);
    }
  }

  /** Refuses links in the folder of one unit that lead to the folder of another. */
  private void refuseRepeated(Node.Read node, FileListing listing, Set<Path> places) {
    for (Path place : listing.places()) {
      if (!places.add(place)) {
        problems.add(
            Problem.at(
                node,
                "LINK_REPEATS",
                "Cannot read '%s' for more than one unit of '%s': a symbolic link leads to it, so its rows would be read twice."
                    .formatted(place.toUri().getPath(), node.source().path()),
                "remove the link."));
      }
    }
  }

  private void refuseOutputs(Node.Read node, FileListing listing) {
    for (Path output : listing.outputs()) {
      problems.add(
          Problem.at(
              node,
              "INPUT_HOLDS_OUTPUT",
              "Cannot read '%s' as files: its folder '%s' is a table, an export or the output of a stream, whose files may be replaced or unpublished."
                  .formatted(node.source().path(), output.toUri().getPath()),
              "read a folder that holds arriving files only; read a Delta table with delta(…)."));
    }
  }

  private void refuseLinks(Node.Read node, FileListing listing) {
    for (Path link : listing.outside()) {
      problems.add(
          linkProblem(
              node,
              "LINK_ESCAPE",
              link,
              "leads out of the lake's root",
              "copy the data into the lake, or remove the link."));
    }
    for (Path link : listing.repeated()) {
      problems.add(
          linkProblem(
              node,
              "LINK_REPEATS",
              link,
              "leads to files that are read already, so their rows would be read twice",
              "remove the link."));
    }
  }

  private static Problem linkProblem(
      Node.Read node, String code, Path link, String where, String fix) {
    return Problem.at(
        node,
        code,
        "Cannot read '%s': it is a symbolic link that %s.".formatted(link.toUri().getPath(), where),
        fix);
  }
}
