package io.penstock.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which files a source reads.
 *
 * @param path the folder in which they lie, with placeholders for the columns of the partition
 * @param window the units read; empty when all files below the folder are
 * @param names which names of files are read, as a glob, which may have placeholders as well; empty
 *     for those with an ending of the format
 * @param arrivals what has to be there for a delivery to be complete
 */
public record FileSelection(
    LakePath path,
    Optional<Window> window,
    Source.WhenMissing whenMissing,
    Optional<String> names,
    List<Arrival> arrivals) {
  public FileSelection {
    arrivals = List.copyOf(arrivals);
    names.ifPresent(FileSelection::requireGlob);
    if (window.isPresent()) {
      DatedText all = new DatedText(path.text() + "/" + names.orElse(""));
      all.requireDistinctUnits(window.get().partition());
    }
  }

  /** The files below a folder whose names have an ending of the format. */
  public static FileSelection of(LakePath path) {
    return new FileSelection(
        path, Optional.empty(), Source.WhenMissing.FAIL, Optional.empty(), List.of());
  }

  FileSelection partition(Window units) {
    return new FileSelection(path, Optional.of(units), whenMissing, names, arrivals);
  }

  FileSelection orEmpty() {
    return new FileSelection(path, window, Source.WhenMissing.TREAT_AS_EMPTY, names, arrivals);
  }

  FileSelection named(String glob) {
    return new FileSelection(path, window, whenMissing, Optional.of(glob), arrivals);
  }

  FileSelection arrivedWhen(List<Arrival> conditions) {
    List<Arrival> all = new ArrayList<>(arrivals);
    all.addAll(conditions);
    return new FileSelection(path, window, whenMissing, names, all);
  }

  /** The columns for which the path or the names have placeholders, each once. */
  public List<String> placeholders() {
    return new DatedText(path.text() + "/" + names.orElse("")).columns();
  }

  /** Whether the names of the files tell their units, which may lie in one folder then. */
  public boolean hasDatedNames() {
    return names.map(DatedText::new).filter(DatedText::isDated).isPresent();
  }

  /**
   * The folder of a unit, below the lake's root: the path with its placeholders filled in. Without
   * any, it is a folder {@code column=value} below the path, unless the names tell the unit.
   */
  public String folderOf(Interval unit) {
    Partition partition = window.orElseThrow().partition();
    return path.placeholders().isEmpty() && !hasDatedNames()
        ? path.text() + "/" + partition.label(unit)
        : new DatedText(path.text()).of(partition, unit);
  }

  /**
   * Which names the files of a unit have; empty when the source asks for none.
   *
   * @param unit none when the source isn't read by unit
   */
  public Optional<FileNameGlob> namesOf(Optional<Interval> unit) {
    return names.map(glob -> glob(glob, unit));
  }

  /** A glob with its placeholders filled in. */
  public FileNameGlob glob(String text, Optional<Interval> unit) {
    return new FileNameGlob(
        unit.isPresent()
            ? new DatedText(text).of(window.orElseThrow().partition(), unit.get())
            : text);
  }

  /** Which names the files of any unit have; empty when the source asks for none. */
  public Optional<FileNameGlob> namesOfAnyUnit() {
    return names.map(this::globOfAnyUnit);
  }

  /** A glob in which each placeholder stands for the digits of any date. */
  public FileNameGlob globOfAnyUnit(String text) {
    return new FileNameGlob(
        window
            .map(units -> new DatedText(text).shape(units.partition()))
            .orElseGet(() -> new DatedText(text).with("*")));
  }

  /**
   * @throws IllegalArgumentException if it can't be names of files
   */
  static void requireGlob(String glob) {
    Names.text("names of files", glob);
    DatedText dated = new DatedText(glob);
    if (dated.withFolders("x").contains("/")) {
      throw new IllegalArgumentException(
          "Cannot use '%s' for the names of files: it holds a '/'. Fix: name the folder in the path, and files alone here."
              .formatted(glob));
    }
    new FileNameGlob(dated.with("x"));
  }
}
