package io.penstock.spark.compile;

import io.penstock.engine.MissingInput;
import io.penstock.engine.RunPlan;
import io.penstock.plan.Node;
import io.penstock.plan.Problem;
import io.penstock.spark.csv.CsvSource;
import io.penstock.spark.csv.InputFile;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.sql.Literals;
import io.penstock.spec.FileSource;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import io.penstock.spec.PartitionColumn;
import io.penstock.spec.Source;
import io.penstock.spec.TypedValue;
import io.penstock.spec.Window;
import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.json.JsonFileFormat;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.text.TextFileFormat;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Opens sources of files: lists them once, so that a run reads the files that were there when it
 * was compiled, and reads none of them.
 */
final class FileInputs {
  /**
   * The files of one unit, with the values of the partition columns; no values when not by unit.
   */
  private record Folder(List<FileStatus> files, List<TypedValue> values) {}

  private final SparkSession session;
  private final LakeRoot root;
  private final Optional<Interval> unit;
  private final Findings findings;

  FileInputs(SparkSession session, LakeRoot root, Optional<Interval> unit, Findings findings) {
    this.session = session;
    this.root = root;
    this.unit = unit;
    this.findings = findings;
  }

  /** The source's rows; empty when its columns can't be known, for which a problem is noted. */
  Optional<OpenedInput> open(Node.Read node, FileSource source) {
    int missing = findings.missing().size();
    List<Folder> folders = folders(node, source);
    if (source.fileFormat() == FileSource.Format.PARQUET && findings.missing().size() > missing) {
      return Optional.empty();
    }
    List<FileStatus> files = folders.stream().flatMap(folder -> folder.files().stream()).toList();
    Dataset<Row> rows;
    Supplier<OptionalLong> counted;
    if (source.fileFormat() == FileSource.Format.PARQUET) {
      // Counting would keep filters and unused columns from being skipped; the footers know it.
      rows = bySpark(source, folders);
      counted = () -> ParquetFooters.rows(session, files);
    } else {
      RowCounter counter = RowCounter.in(session);
      rows = counter.counted(session, textual(source, folders));
      counted = counter::rows;
    }
    List<String> units =
        source
            .window()
            .map(window -> unitsOf(window).stream().map(window.partition()::label).toList())
            .orElse(List.of());
    return Optional.of(
        new OpenedInput(
            withWindowColumn(source, rows),
            new RunPlan.Input(
                source.path().text(),
                source.format(),
                OptionalLong.empty(),
                units,
                files.size(),
                files.stream().mapToLong(FileStatus::getLen).sum()),
            counted));
  }

  private List<Interval> unitsOf(Window window) {
    return unit.map(window::unitsFor).orElse(List.of());
  }

  private List<Folder> folders(Node.Read node, FileSource source) {
    if (source.window().isEmpty()) {
      Optional<List<FileStatus>> files = list(node, source.path().text());
      if (files.isEmpty() && source.whenMissing() == Source.WhenMissing.FAIL) {
        missing(node, source, List.of(), "there is no such folder");
      }
      return List.of(new Folder(files.orElse(List.of()), List.of()));
    }
    Window window = source.window().orElseThrow();
    List<Folder> folders = new ArrayList<>();
    List<Interval> absent = new ArrayList<>();
    for (Interval read : unitsOf(window)) {
      Optional<List<FileStatus>> files =
          list(node, folder(source.path(), window.partition(), read));
      if (files.isEmpty()) {
        absent.add(read);
      }
      folders.add(new Folder(files.orElse(List.of()), window.partition().valuesOf(read)));
    }
    if (!absent.isEmpty() && source.whenMissing() == Source.WhenMissing.FAIL) {
      String labels = String.join(", ", absent.stream().map(window.partition()::label).toList());
      missing(node, source, absent, "there is no folder for " + labels);
    }
    return folders;
  }

  private void missing(Node.Read node, FileSource source, List<Interval> units, String why) {
    findings.add(
        Problem.at(
            node,
            "INPUT_MISSING",
            "Cannot read '%s': %s below the lake's root.".formatted(source.path(), why),
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

  /** Every data file below a folder, by name; empty when there is no such folder. */
  private Optional<List<FileStatus>> list(Node.Read node, String lakePath) {
    try {
      Optional<FileListing> listing =
          FileListing.of(root, lakePath, session.sessionState().newHadoopConf());
      listing.ifPresent(found -> found.outside().forEach(link -> findings.add(escape(node, link))));
      return listing.map(FileListing::files);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot list '" + lakePath + "': " + e.getMessage(), e);
    }
  }

  private static Problem escape(Node.Read node, Path link) {
    return Problem.at(
        node,
        "LINK_ESCAPE",
        "Cannot read '%s': it is a symbolic link that leads out of the lake's root."
            .formatted(link.toUri().getPath()),
        "copy the data into the lake, or take the link away.");
  }

  private Dataset<Row> textual(FileSource source, List<Folder> folders) {
    return source.fileFormat() == FileSource.Format.CSV
        ? csv(source, folders)
        : bySpark(source, folders);
  }

  private Dataset<Row> withWindowColumn(FileSource source, Dataset<Row> rows) {
    Optional<String> windowColumn = source.window().flatMap(Window::column);
    if (windowColumn.isEmpty()) {
      return rows;
    }
    TypedValue value =
        source.window().orElseThrow().partition().valuesOf(unit.orElseThrow()).get(0);
    return rows.withColumn(windowColumn.get(), literal(value));
  }

  private Dataset<Row> csv(FileSource source, List<Folder> folders) {
    CsvSource csv = csv(source);
    List<InputFile> files = new ArrayList<>();
    for (Folder folder : folders) {
      List<Serializable> constants =
          folder.values().stream().map(value -> (Serializable) value.value()).toList();
      for (FileStatus file : folder.files()) {
        files.add(new InputFile(file.getPath().toString(), file.getLen(), constants));
      }
    }
    Dataset<Row> rows = csv.rows(session, files);
    return source.whenDefective() == FileSource.WhenDefective.KEEP
        ? rows.withColumn("_file", belowRoot(rows.col("_file")))
        : rows;
  }

  private static CsvSource csv(FileSource source) {
    try {
      CsvSource csv = CsvSource.of(declared(source)).withConstants(partitionSchema(source));
      return source.whenDefective() == FileSource.WhenDefective.KEEP ? csv.lenient() : csv;
    } catch (IllegalArgumentException e) {
      throw new PlanProblemException(
          "INVALID_SCHEMA", e.getMessage(), "declare the columns as their text stands in files.");
    }
  }

  private static StructType declared(FileSource source) {
    StructType schema = DeclaredColumns.of(source.path(), source.schema().orElseThrow());
    for (String name : schema.fieldNames()) {
      if (namesOfWindow(source).stream().anyMatch(name::equalsIgnoreCase)) {
        throw new PlanProblemException(
            "INVALID_SCHEMA",
            "Cannot declare '%s' as a column of the files of '%s': its value comes from their folder."
                .formatted(name, source.path()),
            "leave '"
                + name
                + "' out of the schema, or give the column in the files another name.");
      }
    }
    return schema;
  }

  /** The columns that every row is given besides those of its file. */
  private static List<String> namesOfWindow(FileSource source) {
    List<String> names = new ArrayList<>();
    source
        .window()
        .ifPresent(
            window -> {
              names.addAll(window.partition().columnNames());
              window.column().ifPresent(names::add);
            });
    return names;
  }

  /** A file's path as a lake path: rows that name it mean the same on another machine. */
  private Column belowRoot(Column file) {
    int prefix = root.path().toString().length() + 1;
    return file.substr(functions.lit(prefix + 1), functions.length(file));
  }

  private Dataset<Row> bySpark(FileSource source, List<Folder> folders) {
    StructType schema =
        switch (source.fileFormat()) {
          case TEXT -> new StructType().add("value", "string");
          case PARQUET ->
              ParquetFooters.schemaOfFirst(
                  session, folders.stream().flatMap(f -> f.files().stream()).toList());
          default -> declared(source);
        };
    if (source.fileFormat() == FileSource.Format.PARQUET) {
      ParquetAgreement.require(
          session, folders.stream().flatMap(folder -> folder.files().stream()).toList());
    }
    List<Dataset<Row>> parts = new ArrayList<>();
    for (Folder folder : folders) {
      if (!folder.files().isEmpty()) {
        parts.add(withValues(bySpark(source, schema, folder.files()), source, folder.values()));
      }
    }
    if (parts.isEmpty()) {
      return session.createDataFrame(List.of(), partitioned(schema, source));
    }
    return parts.stream().reduce(Dataset::unionByName).orElseThrow();
  }

  private Dataset<Row> bySpark(FileSource source, StructType schema, List<FileStatus> files) {
    return switch (source.fileFormat()) {
      case TEXT -> ListedFiles.rows(session, files, schema, new TextFileFormat(), Map.of());
      case PARQUET -> ListedFiles.rows(session, files, schema, new ParquetFileFormat(), Map.of());
      default ->
          ListedFiles.rows(
              session, files, schema, new JsonFileFormat(), Map.of("mode", "FAILFAST"));
    };
  }

  private static Dataset<Row> withValues(
      Dataset<Row> rows, FileSource source, List<TypedValue> values) {
    Dataset<Row> all = rows;
    for (int i = 0; i < values.size(); i++) {
      String name = source.window().orElseThrow().partition().columns().get(i).name();
      all = all.withColumn(name, literal(values.get(i)));
    }
    return all;
  }

  private static StructType partitioned(StructType schema, FileSource source) {
    StructType all = schema;
    for (var field : partitionSchema(source).fields()) {
      all = all.add(field);
    }
    return all;
  }

  private static StructType partitionSchema(FileSource source) {
    StructType schema = new StructType();
    if (source.window().isPresent()) {
      for (PartitionColumn column : source.window().orElseThrow().partition().columns()) {
        schema = schema.add(column.name(), Literals.dataType(column.type()));
      }
    }
    return schema;
  }

  private static Column literal(TypedValue value) {
    return ExpressionUtils.column(Literals.literal(value));
  }
}
