package io.penstock.spark.landed;

import io.penstock.engine.FailureKind;
import io.penstock.spark.csv.CsvSource;
import io.penstock.spark.csv.InputFile;
import io.penstock.spark.datetime.SourceTimestamps;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.source.DeclaredColumns;
import io.penstock.spark.source.OwnColumns;
import io.penstock.spark.sql.CatalystLiterals;
import io.penstock.spec.FileSource;
import io.penstock.spec.PartitionColumn;
import io.penstock.spec.Source;
import io.penstock.spec.TypedValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.text.TextFileFormat;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.CharType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.types.VarcharType;

/** Makes frames of listed files, by their format. No file is read for it but Parquet's footers. */
final class FileFrames {
  /** Who wrote a file may have put a checksum into each page: then a changed byte is found. */
  private static final Map<String, String> CHECKING_PAGES =
      Map.of("parquet.page.verify-checksum.enabled", "true");

  private final SparkSession session;
  private final LakeRoot root;

  FileFrames(SparkSession session, LakeRoot root) {
    this.session = session;
    this.root = root;
  }

  /** What Spark makes of the files of one folder. */
  private interface Reader {
    Dataset<Row> rows(StructType schema, List<FileStatus> files);
  }

  /** The files' rows, with the columns of their partition. */
  Dataset<Row> rows(FileSource source, List<ListedFolder> folders) {
    return switch (source.fileFormat()) {
      case CSV -> {
        requireCodecs(source, folders);
        yield csv(source, folders);
      }
      case JSON -> {
        requireLines(source, folders);
        yield bySpark(source, folders, declared(source), this::json);
      }
      case TEXT -> {
        requireLines(source, folders);
        yield bySpark(source, folders, new StructType().add("value", "string"), this::text);
      }
      case PARQUET ->
          bySpark(
              source,
              folders,
              ParquetAgreement.schemaOf(
                  session, ParquetFooters.of(session, ListedFolder.files(folders))),
              this::parquet);
    };
  }

  private void requireCodecs(FileSource source, List<ListedFolder> folders) {
    InputCodecs.require(
        source.fileFormat(), ListedFolder.files(folders), session.sessionState().newHadoopConf());
  }

  private void requireLines(FileSource source, List<ListedFolder> folders) {
    requireCodecs(source, folders);
    if (source.whenMissing() == Source.WhenMissing.FAIL) {
      requireBytes(ListedFolder.files(folders));
    }
  }

  private Dataset<Row> csv(FileSource source, List<ListedFolder> folders) {
    CsvSource csv = csv(source);
    List<InputFile> files = new ArrayList<>();
    for (ListedFolder folder : folders) {
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
    requireReadable(source, schema);
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

  private static void requireReadable(FileSource source, StructType schema) {
    if (schema.existsRecursively(type -> type instanceof CharType || type instanceof VarcharType)) {
      throw new PlanProblemException(
          "INVALID_SCHEMA",
          "Cannot declare CHAR or VARCHAR for the files of '%s': nothing would hold their texts to"
                  .formatted(source.path())
              + " the length.",
          "declare STRING, and check it by .expect(satisfies(\"length(x) <= 3\")).");
    }
    if (source.fileFormat() == FileSource.Format.JSON
        && schema.existsRecursively(
            type -> type instanceof MapType map && !(map.keyType() instanceof StringType))) {
      throw new PlanProblemException(
          "INVALID_SCHEMA",
          "Cannot read the files of '%s': keys of an object in JSON are texts."
              .formatted(source.path()),
          "declare MAP<STRING, …>, and cast the keys.");
    }
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

  private Dataset<Row> bySpark(
      FileSource source, List<ListedFolder> folders, StructType schema, Reader reader) {
    OwnColumns.require(source.path(), "the files hold", namesOfWindow(source), schema);
    List<Dataset<Row>> parts = new ArrayList<>();
    for (ListedFolder folder : folders) {
      if (!folder.files().isEmpty()) {
        parts.add(withValues(reader.rows(schema, folder.files()), source, folder.values()));
      }
    }
    if (parts.isEmpty()) {
      return session.createDataFrame(List.of(), partitioned(schema, source));
    }
    return parts.stream().reduce(Dataset::unionByName).orElseThrow();
  }

  /**
   * A file of lines without a byte may hold no lines, or its upload may have begun a moment ago:
   * only the author can say that there may be none.
   */
  private static void requireBytes(List<FileStatus> files) {
    List<UnreadableFile> empty =
        files.stream()
            .filter(file -> file.getLen() == 0)
            .map(
                file ->
                    new UnreadableFile(
                        file.getPath().toUri().getPath(), "is empty", FailureKind.DATA))
            .toList();
    if (!empty.isEmpty()) {
      throw UnreadableFile.failure(empty, files.size());
    }
  }

  private Dataset<Row> text(StructType schema, List<FileStatus> files) {
    return ListedFiles.rows(session, files, schema, new TextFileFormat(), Map.of());
  }

  private Dataset<Row> parquet(StructType schema, List<FileStatus> files) {
    return ListedFiles.rows(session, files, schema, new ParquetFileFormat(), CHECKING_PAGES);
  }

  private Dataset<Row> json(StructType schema, List<FileStatus> files) {
    return SourceTimestamps.parsed(
        schema,
        read ->
            ListedFiles.rows(session, files, read, new JsonLines(), Map.of("mode", "FAILFAST")));
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
        schema = schema.add(column.name(), CatalystLiterals.dataType(column.type()));
      }
    }
    return schema;
  }

  static Column literal(TypedValue value) {
    return ExpressionUtils.column(CatalystLiterals.literal(value));
  }
}
