package io.penstock.jobs.load;

import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.Column;
import io.penstock.engine.CurrentExport.PartitionValue;
import io.penstock.plan.Problem;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Collects what keeps a database from loading an export; of each kind at most one. */
final class LoadProblems {
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cc}\\x{2028}\\x{2029}]");

  /** One ASCII character; of those that can't be printed a tab. */
  private static final Pattern DELIMITER = Pattern.compile("[\\t -~]");

  private final String database;
  private final Load load;
  private final Set<Problem> problems = new LinkedHashSet<>();

  private LoadProblems(String database, Load load) {
    this.database = database;
    this.load = load;
  }

  /** What no database can load. */
  static LoadProblems of(String database, Load load) {
    LoadProblems found = new LoadProblems(database, load);
    found.excelProfile();
    found.conflictingTypes();
    found.controlCharacters();
    if (load.table().stream().anyMatch(String::isBlank)) {
      found.add(LoadErrors.badTable(load.tableText(), "a part of it is empty", "mart.sales"));
    }
    return found;
  }

  LoadProblems add(Problem problem) {
    problems.add(problem);
    return this;
  }

  List<Problem> list() {
    return List.copyOf(problems);
  }

  LoadProblems compressedAs(CsvCompression... known) {
    for (CurrentExport version : load.versions()) {
      if (!List.of(known).contains(version.compression())) {
        add(LoadErrors.compression(load, database, version.compression()));
      }
    }
    return this;
  }

  /**
   * For a database whose delimiter is one character that can be printed, or a tab.
   *
   * @param encodings that it reads, by their names in Java
   */
  LoadProblems writtenIn(Set<String> encodings) {
    for (CurrentExport version : load.versions()) {
      if (!DELIMITER.matcher(version.delimiter()).matches()) {
        add(LoadErrors.delimiter(load, database, version.delimiter()));
      }
      if (!encodings.contains(version.encoding().name())) {
        add(LoadErrors.encoding(load, database, version.encoding()));
      }
    }
    return this;
  }

  /**
   * @param schemes the file systems that the database, or a program at its side, can read
   * @param fix where to have the export instead
   */
  LoadProblems onFileSystems(List<String> schemes, String fix) {
    for (CurrentExport version : load.versions()) {
      String scheme = FileLocation.folder(version).scheme();
      if (!schemes.contains(scheme)) {
        add(LoadErrors.location(load, database, scheme, fix));
      }
    }
    return this;
  }

  /**
   * For a file system whose paths the database's own client takes for patterns.
   *
   * @param wildcard a character that it would expand
   */
  LoadProblems withoutWildcards(String scheme, Pattern wildcard, String fix) {
    load.versions().stream()
        .map(FileLocation::folder)
        .filter(
            location ->
                location.scheme().equals(scheme) && wildcard.matcher(location.rest()).find())
        .findFirst()
        .ifPresent(location -> add(LoadErrors.location(load, database, location.uri(), fix)));
    return this;
  }

  /** A NULL in the only column is an empty line, which most loaders pass over. */
  LoadProblems ofSeveralColumns() {
    if (load.versions().stream().anyMatch(version -> version.columns().size() == 1)) {
      add(LoadErrors.oneColumn(load, database));
    }
    return this;
  }

  private void excelProfile() {
    if (load.versions().stream().anyMatch(version -> version.profile() == CsvProfile.EXCEL)) {
      add(LoadErrors.excel(load));
    }
  }

  private void conflictingTypes() {
    Map<String, Column> known = new HashMap<>();
    for (CurrentExport version : load.versions()) {
      for (Column column : version.columns()) {
        Column other = known.putIfAbsent(column.name(), column);
        if (other != null && !other.equals(column)) {
          add(LoadErrors.types(load, other, column));
        }
      }
    }
  }

  /** Scripts are made of lines, which some clients end at any of the characters of Unicode. */
  private void controlCharacters() {
    List<String> texts = new ArrayList<>(load.table());
    for (CurrentExport version : load.versions()) {
      Stream.of(
              version.columns().stream().map(Column::name),
              version.partition().stream().map(PartitionValue::value),
              version.files().stream().map(CurrentExport.File::uri))
          .flatMap(all -> all)
          .forEach(texts::add);
    }
    texts.stream()
        .filter(text -> CONTROL.matcher(text).find())
        .forEach(text -> add(LoadErrors.unprintable(CONTROL.matcher(text).replaceAll("?"))));
  }
}
