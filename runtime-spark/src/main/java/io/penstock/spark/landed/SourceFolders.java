package io.penstock.spark.landed;

import io.penstock.engine.MissingInput;
import io.penstock.engine.RunPlan;
import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.problems.ProblemCollector;
import io.penstock.spark.text.ExceptionText;
import io.penstock.spec.FileSource;
import io.penstock.spec.Interval;
import io.penstock.spec.Source;
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
  private static final UnitFiles NONE =
      new UnitFiles(List.of(), List.of(), Optional.empty(), List.of());

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

  /**
   * The files that were found.
   *
   * @param units in order; those without files too
   * @param absent the labels of the units that aren't there
   */
  record Found(List<UnitFiles> units, List<String> absent) {
    Found {
      units = List.copyOf(units);
      absent = List.copyOf(absent);
    }
  }

  /** The files of each unit; missing ones that aren't accepted are reported as a problem. */
  Found of(Node.Read node, FileSource<?> source) {
    Places places = new Places();
    if (source.window().isEmpty()) {
      Optional<UnitFiles> files =
          list(node, source, source.path().text(), Optional.empty(), places);
      if (files.isEmpty() && source.whenMissing() == Source.WhenMissing.FAIL) {
        missing(node, source, List.of(), "no file has arrived there yet");
      }
      return new Found(
          List.of(files.orElse(NONE)),
          files.isPresent() ? List.of() : List.of(RunPlan.Input.WHOLE));
    }
    Window window = source.window().orElseThrow();
    List<UnitFiles> folders = new ArrayList<>();
    List<Interval> absent = new ArrayList<>();
    for (Interval read : unitsOf(window)) {
      String folder = source.selection().folderOf(read);
      Optional<UnitFiles> files = list(node, source, folder, Optional.of(read), places);
      if (files.isEmpty()) {
        absent.add(read);
      }
      folders.add(files.orElse(NONE).of(window.partition().valuesOf(read)));
    }
    List<String> labels = absent.stream().map(window.partition()::label).toList();
    if (!absent.isEmpty() && source.whenMissing() == Source.WhenMissing.FAIL) {
      missing(
          node,
          source,
          absent,
          "no file has arrived for %s yet".formatted(String.join(", ", labels)));
    }
    return new Found(folders, labels);
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

  /**
   * What one source has read.
   *
   * @param folders below the lake's root
   * @param real the real paths in them
   */
  private record Places(Set<String> folders, Set<Path> real) {
    Places() {
      this(new HashSet<>(), new HashSet<>());
    }
  }

  /**
   * The files below a folder, ordered by name. Empty if there is none, even if the folder exists:
   * object stores have no empty folders.
   *
   * @param unit whose folder it is; none if the source isn't read by unit
   * @param places what the source has read so far
   */
  private Optional<UnitFiles> list(
      Node.Read node,
      FileSource<?> source,
      String lakePath,
      Optional<Interval> unit,
      Places places) {
    Optional<FileListing> listing = listings.computeIfAbsent(lakePath, this::list);
    // Units whose files are told by their names share a folder.
    if (places.folders().add(lakePath)) {
      listing.ifPresent(found -> refuseLinks(node, found));
      listing.ifPresent(found -> refuseRepeated(node, found, places.real()));
      listing.ifPresent(found -> refuseOutputs(node, found));
    }
    return listing
        .filter(found -> !found.isEmpty())
        .flatMap(found -> selected(node, source, lakePath, unit, found));
  }

  /**
   * Tells the files that the source asks for from others, which may be there by mistake. Empty when
   * there are none of either kind.
   */
  private Optional<UnitFiles> selected(
      Node.Read node,
      FileSource<?> source,
      String lakePath,
      Optional<Interval> unit,
      FileListing listing) {
    FileNames names = new FileNames(source, unit);
    List<FileStatus> read = new ArrayList<>();
    List<FileStatus> others = new ArrayList<>();
    Deliveries delivery =
        new Deliveries(source.selection(), names, unit, session.sessionState().newHadoopConf());
    for (FileStatus file : listing.files()) {
      String name = file.getPath().getName();
      if (names.isRead(name)) {
        read.add(file);
      } else if (!names.isOfAnotherUnit(name) && !delivery.isEvidence(name)) {
        others.add(file);
      }
    }
    names
        .repeated(read.stream().map(file -> file.getPath().toUri().getPath()).toList())
        .ifPresent(name -> problems.add(repeated(node, lakePath, name)));
    List<FileStatus> underWay =
        others.stream().filter(file -> names.isUnderWay(file.getPath().getName())).toList();
    others.stream()
        .filter(file -> names.isLeftOver(file.getPath().getName()))
        .forEach(file -> problems.add(leftOver(node, file)));
    Optional<String> announced = read.isEmpty() ? delivery.announced(listing) : Optional.empty();
    if (announced.isPresent()) {
      problems.add(
          incomplete(node, lakePath, announced.get()),
          new MissingInput(source.path(), unit.stream().toList()));
    } else if (!underWay.isEmpty()) {
      problems.add(
          underWay(node, underWay.get(0)), new MissingInput(source.path(), unit.stream().toList()));
    } else if (read.isEmpty()
        && (source.selection().hasDatedNames()
            || (others.isEmpty() && !delivery.isUnconditional()))) {
      return Optional.empty();
    } else if (read.isEmpty() && !others.isEmpty()) {
      problems.add(noneRead(node, lakePath, names, others));
    }
    if (!read.isEmpty()) {
      delivery
          .incomplete(listing, read)
          .ifPresent(
              reason ->
                  problems.add(
                      incomplete(node, lakePath, reason),
                      new MissingInput(source.path(), unit.stream().toList())));
    }
    return Optional.of(
        new UnitFiles(
            read,
            others,
            read.isEmpty() ? Optional.empty() : delivery.declaredCounts(listing),
            List.of()));
  }

  private static Problem leftOver(Node.Read node, FileStatus file) {
    return Problem.at(
        node,
        "LEFTOVER_FILE",
        "Cannot read the folder of '%s': by its name, the file is an earlier version of another one."
            .formatted(file.getPath().toUri().getPath()),
        "remove it, or name the files to read with files(…).");
  }

  private static Problem repeated(Node.Read node, String lakePath, String name) {
    return Problem.at(
        node,
        "LEFTOVER_FILE",
        "Cannot read '%s': it holds the file '%s' more than once, compressed in different ways or not at all, so its rows would be read twice."
            .formatted(lakePath, name),
        "remove one of the two, or name the files to read with files(…).");
  }

  private static Problem underWay(Node.Read node, FileStatus file) {
    return Problem.at(
        node,
        "INPUT_MISSING",
        "Cannot read the folder of '%s': by its name, the file is still being delivered."
            .formatted(file.getPath().toUri().getPath()),
        "wait until it is complete, or remove it when nobody delivers it any more.");
  }

  private static Problem incomplete(Node.Read node, String lakePath, String reason) {
    return Problem.at(
        node,
        "INPUT_MISSING",
        "Cannot read '%s': its delivery is not complete, because %s.".formatted(lakePath, reason),
        "wait until it is, or have it delivered again.");
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
