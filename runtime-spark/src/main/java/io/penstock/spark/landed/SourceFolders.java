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
  private static final UnitFiles NONE = new UnitFiles(List.of(), List.of(), List.of());

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
  List<UnitFiles> of(Node.Read node, FileSource<?> source) {
    Set<Path> places = new HashSet<>();
    if (source.window().isEmpty()) {
      Optional<UnitFiles> files = list(node, source, source.path().text(), List.of(), places);
      if (files.isEmpty() && source.whenMissing() == Source.WhenMissing.FAIL) {
        missing(node, source, List.of(), "no file has arrived there yet");
      }
      return List.of(files.orElse(NONE));
    }
    Window window = source.window().orElseThrow();
    List<UnitFiles> folders = new ArrayList<>();
    List<Interval> absent = new ArrayList<>();
    for (Interval read : unitsOf(window)) {
      String folder = folder(source.path(), window.partition(), read);
      Optional<UnitFiles> files = list(node, source, folder, List.of(read), places);
      if (files.isEmpty()) {
        absent.add(read);
      }
      folders.add(files.orElse(NONE).of(window.partition().valuesOf(read)));
    }
    if (!absent.isEmpty() && source.whenMissing() == Source.WhenMissing.FAIL) {
      String labels = String.join(", ", absent.stream().map(window.partition()::label).toList());
      missing(node, source, absent, "no file has arrived for %s yet".formatted(labels));
    }
    return folders;
  }

  private void missing(Node.Read node, FileSource<?> source, List<Interval> units, String why) {
    problems.add(
        Problem.at(
            node,
            "INPUT_MISSING",
            "Cannot read '%s': %s. Files whose names begin with '_' or '.' don't count."
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
   * The files below a folder, ordered by name. Empty if there is none, even if the folder exists:
   * object stores have no empty folders.
   *
   * @param unit whose folder it is; none if the source isn't read by unit
   * @param places the real paths that the source reads so far
   */
  private Optional<UnitFiles> list(
      Node.Read node,
      FileSource<?> source,
      String lakePath,
      List<Interval> unit,
      Set<Path> places) {
    Optional<FileListing> listing = listings.computeIfAbsent(lakePath, this::list);
    listing.ifPresent(found -> refuseLinks(node, found));
    listing.ifPresent(found -> refuseRepeated(node, found, places));
    listing.ifPresent(found -> refuseOutputs(node, found));
    return listing
        .filter(found -> !found.isEmpty())
        .map(found -> selected(node, source, lakePath, unit, found.files()));
  }

  /** Tells the files that the source asks for from others, which may be there by mistake. */
  private UnitFiles selected(
      Node.Read node,
      FileSource<?> source,
      String lakePath,
      List<Interval> unit,
      List<FileStatus> files) {
    FileNames names = new FileNames(source);
    List<FileStatus> read = new ArrayList<>();
    List<FileStatus> others = new ArrayList<>();
    for (FileStatus file : files) {
      (names.isRead(file.getPath().getName()) ? read : others).add(file);
    }
    List<FileStatus> underWay =
        others.stream().filter(file -> names.isUnderWay(file.getPath().getName())).toList();
    others.stream()
        .filter(file -> names.isLeftOver(file.getPath().getName()))
        .forEach(file -> problems.add(leftOver(node, file)));
    if (!underWay.isEmpty()) {
      problems.add(underWay(node, underWay.get(0)), new MissingInput(source.path(), unit));
    } else if (read.isEmpty() && !others.isEmpty()) {
      problems.add(noneRead(node, lakePath, names, others));
    }
    return new UnitFiles(read, others, List.of());
  }

  private static Problem leftOver(Node.Read node, FileStatus file) {
    return Problem.at(
        node,
        "LEFTOVER_FILE",
        "Cannot read the folder of '%s': by its name, the file is an earlier version of another one."
            .formatted(file.getPath().toUri().getPath()),
        "remove it, or name the files to read with files(…).");
  }

  private static Problem underWay(Node.Read node, FileStatus file) {
    return Problem.at(
        node,
        "INPUT_MISSING",
        "Cannot read the folder of '%s': by its name, the file is still being delivered."
            .formatted(file.getPath().toUri().getPath()),
        "wait until it is complete, or remove it when nobody delivers it any more.");
  }

  private static Problem noneRead(
      Node.Read node, String lakePath, FileNames names, List<FileStatus> others) {
    return Problem.at(
        node,
        "NO_FILE_MATCHES",
        "Cannot read '%s' as %s: it holds %s, such as '%s', and none %s."
            .formatted(
                lakePath,
                node.source().format(),
                others.size() == 1 ? "a file" : others.size() + " files",
                others.get(0).getPath().getName(),
                names.asked()),
        "name the files to read with files(…), such as files(\"*\") for all.");
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
    for (Path link : listing.dangling()) {
      problems.add(
          linkProblem(
              node,
              "LINK_DANGLING",
              link,
              "leads to nothing",
              "put back what it leads to, or remove the link."));
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
