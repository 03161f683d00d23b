package io.penstock.jobs.load;

import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.Column;
import io.penstock.jobs.result.Amounts;
import io.penstock.spec.LakePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is loaded, and into what.
 *
 * @param export where it lies in the lake
 * @param table its name in parts, such as schema and table
 * @param versions one for each partition; at least one
 */
public record Load(LakePath export, List<String> table, List<CurrentExport> versions) {
  public Load {
    table = List.copyOf(table);
    versions = List.copyOf(versions);
  }

  /**
   * A load into the table of that name, or of the export's own.
   *
   * @param table such as {@code sales} or {@code mart.sales}
   */
  public static Load of(LakePath export, Optional<String> table, List<CurrentExport> versions) {
    String own = export.text().substring(export.text().lastIndexOf('/') + 1);
    // A dot in the name of an export divides nothing.
    List<String> parts =
        table.map(name -> List.of(name.split("\\.", -1))).orElseGet(() -> List.of(own));
    return new Load(export, parts, versions);
  }

  /** The columns of all versions: a partition may be older than a column. */
  List<Column> columns() {
    Map<String, Column> columns = new LinkedHashMap<>();
    versions.forEach(
        version -> version.columns().forEach(column -> columns.put(column.name(), column)));
    return new ArrayList<>(columns.values());
  }

  /** The statements for each version, below each other. */
  String forEachVersion(Function<CurrentExport, String> statements) {
    return versions.stream().map(statements).collect(Collectors.joining("\n"));
  }

  /** The table as people write it. */
  String tableText() {
    return String.join(".", table);
  }

  /** What is loaded, for the first line of a script. */
  String summary() {
    return "%s%s into %s"
        .formatted(
            export,
            versions.size() == 1 ? "" : ", %s partitions,".formatted(versions.size()),
            tableText());
  }

  /** A version, for a line above its statements. */
  static String summary(CurrentExport version) {
    return "%s, %s of run %s".formatted(partition(version), rows(version), version.runId());
  }

  /** The partition as people write it. */
  static String partition(CurrentExport version) {
    return version.partition().isEmpty()
        ? "all"
        : version.partition().stream().map(Object::toString).collect(Collectors.joining("/"));
  }

  private static String rows(CurrentExport version) {
    return Amounts.of(version.rows(), "row");
  }
}
