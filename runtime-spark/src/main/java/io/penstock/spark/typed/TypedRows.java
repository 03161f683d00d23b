package io.penstock.spark.typed;

import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.records.UnknownKeyCounts;
import io.penstock.spark.sql.SqlLiterals;
import io.penstock.spec.RecordOptions.NameMatching;
import io.penstock.spec.TypedColumns;
import io.penstock.spec.TypedSource;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.FileFormat;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The rows of a source's files: which of their columns are read, and how the columns of the source
 * are made of them.
 *
 * @param schema the columns of the source
 * @param parts files that have the columns in the same types, in the order of their first files
 * @param opened the files
 * @param unknown the columns that aren't declared, with the files that have them
 */
public record TypedRows(
    StructType schema,
    List<Part> parts,
    Map<String, String> options,
    List<TypedFile> opened,
    Map<String, List<TypedFile>> unknown) {
  private static final int MOST_NAMED = 10;

  /**
   * Files that are read alike.
   *
   * @param read the columns, in the types that the files have
   * @param columns those of the source, made of the columns that are read
   */
  public record Part(Set<Path> files, FileFormat reader, StructType read, List<Column> columns) {
    public Part {
      files = Set.copyOf(files);
      columns = List.copyOf(columns);
    }
  }

  public TypedRows {
    parts = List.copyOf(parts);
    options = Map.copyOf(options);
    opened = List.copyOf(opened);
    unknown = Map.copyOf(unknown);
  }

  /**
   * Opens files. Reads what each says of its columns, and no rows.
   *
   * @param declared the columns of the source; empty for those of the files
   * @throws io.penstock.engine.RunFailedException that names the files that can't be read, or not
   *     as declared, and why
   */
  public static TypedRows of(
      SparkSession session,
      TypedSource<?> source,
      TypedFormat format,
      Optional<StructType> declared,
      List<FileStatus> files) {
    if (declared.isEmpty() && files.isEmpty()) {
      throw new PlanProblemException(
          "SCHEMA_UNKNOWN",
          "Cannot determine the columns of '%s': there is no file.".formatted(source.path()),
          "declare them with schema(…), or deliver a file.");
    }
    List<TypedFile> opened = format.open(session, files);
    StructType schema = declared.orElseGet(() -> CommonColumns.of(opened));
    ColumnMatching matching =
        new ColumnMatching(
            schema, declared.isPresent() ? source.columns() : whateverTheirCase(source.columns()));
    // Most files have the columns of others.
    Map<List<FileColumn>, ColumnMatching.Found> found = new HashMap<>();
    opened.forEach(file -> found.computeIfAbsent(file.columns(), matching::in));
    requireFit(opened, found);
    return new TypedRows(
        schema,
        parts(format, schema, opened, found),
        format.options(),
        opened,
        declared.isPresent() ? unknown(opened, found) : Map.of());
  }

  /** Spark finds the columns so, of which one file names all. */
  private static TypedColumns whateverTheirCase(TypedColumns columns) {
    return new TypedColumns(
        Optional.empty(), List.of(), NameMatching.IGNORING_CASE, columns.unknown());
  }

  /** The number of rows in all files; empty if one of them can no longer be read. */
  public OptionalLong rows() {
    return rowsOf(opened);
  }

  /**
   * The columns that aren't declared, with the number of rows in the files that have them; none if
   * one of those can no longer be read.
   */
  public Map<String, Long> unknownColumns() {
    Map<String, Long> counts = new TreeMap<>();
    unknown.forEach(
        (name, files) ->
            rowsOf(files)
                .ifPresent(rows -> counts.merge(UnknownKeyCounts.shown(name), rows, Long::sum)));
    return counts;
  }

  private static OptionalLong rowsOf(List<TypedFile> files) {
    try {
      return OptionalLong.of(
          files.parallelStream().mapToLong(file -> file.rows().getAsLong()).sum());
    } catch (UncheckedIOException e) {
      return OptionalLong.empty();
    }
  }

  private static void requireFit(
      List<TypedFile> files, Map<List<FileColumn>, ColumnMatching.Found> found) {
    Map<ColumnMatching.Misfit, List<TypedFile>> problems = new LinkedHashMap<>();
    for (TypedFile file : files) {
      for (ColumnMatching.Misfit problem : found.get(file.columns()).problems()) {
        problems.computeIfAbsent(problem, key -> new ArrayList<>()).add(file);
      }
    }
    if (!problems.isEmpty()) {
      throw unfit(problems);
    }
  }

  private static PlanProblemException unfit(Map<ColumnMatching.Misfit, List<TypedFile>> problems) {
    String all =
        problems.entrySet().stream()
            .limit(MOST_NAMED)
            .map(
                problem ->
                    problem.getValue().get(0).path()
                        + (problem.getValue().size() == 1
                            ? ""
                            : " and %s others".formatted(problem.getValue().size() - 1))
                        + ": "
                        + problem.getKey().why())
            .collect(Collectors.joining(";\n  "));
    return new PlanProblemException(
        "FILE_COLUMNS_DIFFER",
        "Cannot read files with the declared columns:\n  "
            + all
            + (problems.size() > MOST_NAMED ? ";\n  …" : "."),
        problems.keySet().stream()
            .findFirst()
            .flatMap(ColumnMatching.Misfit::fix)
            .orElse(
                "declare types that hold the columns of all files, optional(…) for columns that"
                    + " files may lack, and ignoreCase() for names in another case."));
  }

  private static Map<String, List<TypedFile>> unknown(
      List<TypedFile> files, Map<List<FileColumn>, ColumnMatching.Found> found) {
    Map<String, List<TypedFile>> unknown = new TreeMap<>();
    for (TypedFile file : files) {
      for (String name : found.get(file.columns()).unknown()) {
        unknown.computeIfAbsent(name, key -> new ArrayList<>()).add(file);
      }
    }
    return unknown;
  }

  /** What is the same in files that are read alike: the column of each declared one, if any. */
  private record Reading(List<Optional<FileColumn>> columns, boolean batches) {}

  private static List<Part> parts(
      TypedFormat format,
      StructType schema,
      List<TypedFile> files,
      Map<List<FileColumn>, ColumnMatching.Found> found) {
    Map<Reading, Set<Path>> alike = new LinkedHashMap<>();
    for (TypedFile file : files) {
      alike
          .computeIfAbsent(
              new Reading(found.get(file.columns()).columns(), file.batches()),
              key -> new HashSet<>())
          .add(file.file().getPath());
    }
    List<Part> parts = new ArrayList<>();
    alike.forEach((reading, paths) -> parts.add(part(format, schema, reading, paths)));
    return parts;
  }

  private static Part part(
      TypedFormat format, StructType schema, Reading reading, Set<Path> paths) {
    StructType read = new StructType();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < schema.size(); i++) {
      StructField field = schema.fields()[i];
      Optional<FileColumn> found = reading.columns().get(i);
      if (found.isEmpty()) {
        columns.add(functions.lit(null).cast(field.dataType()).as(field.name()));
        continue;
      }
      FileColumn column = found.get();
      read = read.add(column.name(), column.type());
      columns.add(
          Conversions.of(column, functions.col(SqlLiterals.identifier(column.name())), field)
              .orElseThrow()
              .as(field.name()));
    }
    return new Part(
        paths,
        format.reader(
            reading.columns().stream().flatMap(Optional::stream).toList(), reading.batches()),
        read,
        columns);
  }
}
