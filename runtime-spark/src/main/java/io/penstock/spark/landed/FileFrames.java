package io.penstock.spark.landed;

import io.penstock.engine.FailureKind;
import io.penstock.spark.csv.CsvSource;
import io.penstock.spark.csv.InputFile;
import io.penstock.spark.datetime.SourceTimestamps;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.source.ColumnCollisions;
import io.penstock.spark.source.RowCounter;
import io.penstock.spark.sql.CatalystLiterals;
import io.penstock.spec.FileSource;
import io.penstock.spec.Source;
import io.penstock.spec.TypedValue;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.parquet.ParquetFileFormat;
import org.apache.spark.sql.execution.datasources.text.TextFileFormat;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/** Makes frames of listed files, by their format. Only the footers of Parquet files are read. */
final class FileFrames {
  /** Verifies the checksums of pages, which some writers store: they reveal a changed byte. */
  private static final Map<String, String> VERIFY_CHECKSUMS =
      Map.of("parquet.page.verify-checksum.enabled", "true");

  private final SparkSession session;
  private final LakeRoot root;

  FileFrames(SparkSession session, LakeRoot root) {
    this.session = session;
    this.root = root;
  }

  /**
   * The rows of files.
   *
   * @param count how many there are, or were read so far
   */
  record Counted(Dataset<Row> rows, Supplier<OptionalLong> count) {}

  /** Spark's reader of one format. */
  private interface Reader {
    Dataset<Row> rows(StructType schema, List<FileStatus> files);
  }

  /** The rows of the files, with the columns of their partition. */
  Counted of(FileSource source, List<UnitFiles> folders) {
    return switch (source.fileFormat()) {
      case CSV -> {
        requireCodecs(source, folders);
        yield counted(csv(source, folders));
      }
      case JSON -> {
        requireLines(source, folders);
        yield counted(bySpark(source, folders, SourceSchemas.declared(source), this::json));
      }
      case TEXT -> {
        requireLines(source, folders);
        yield counted(bySpark(source, folders, SourceSchemas.TEXT, this::text));
      }
      case PARQUET -> {
        List<FileStatus> files = UnitFiles.files(folders);
        StructType schema = ParquetSchemas.schemaOf(session, ParquetFooters.of(session, files));
        // The footers tell the count; counting would prevent Spark from pushing down filters.
        yield new Counted(
            bySpark(source, folders, schema, this::parquet),
            () -> ParquetFooters.rows(session, files));
      }
    };
  }

  private Counted counted(Dataset<Row> rows) {
    RowCounter counter = RowCounter.in(session);
    return new Counted(counter.counted(session, rows), counter::rows);
  }

  private void requireCodecs(FileSource source, List<UnitFiles> folders) {
    InputCodecs.require(
        source.fileFormat(), UnitFiles.files(folders), session.sessionState().newHadoopConf());
  }

  private void requireLines(FileSource source, List<UnitFiles> folders) {
    requireCodecs(source, folders);
    if (source.whenMissing() == Source.WhenMissing.FAIL) {
      requireContent(UnitFiles.files(folders));
    }
  }

  private Dataset<Row> csv(FileSource source, List<UnitFiles> folders) {
    CsvSource csv = csv(source);
    List<InputFile> files = new ArrayList<>();
    for (UnitFiles folder : folders) {
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
      CsvSource csv =
          CsvSource.of(SourceSchemas.declared(source))
              .withConstants(SourceSchemas.partition(source));
      return source.whenDefective() == FileSource.WhenDefective.KEEP ? csv.lenient() : csv;
    } catch (IllegalArgumentException e) {
      throw new PlanProblemException(
          "INVALID_SCHEMA", e.getMessage(), "declare columns that have a text form in files.");
    }
  }

  /** The path of a file below the root, so that rows that hold it don't depend on the machine. */
  private Column belowRoot(Column file) {
    int prefix = root.path().toString().length() + 1;
    return file.substr(functions.lit(prefix + 1), functions.length(file));
  }

  private Dataset<Row> bySpark(
      FileSource source, List<UnitFiles> folders, StructType schema, Reader reader) {
    ColumnCollisions.refuse(
        source.path(), "the files hold", SourceSchemas.addedColumns(source), schema);
    List<Dataset<Row>> parts = new ArrayList<>();
    for (UnitFiles folder : folders) {
      if (!folder.files().isEmpty()) {
        parts.add(withValues(reader.rows(schema, folder.files()), source, folder.values()));
      }
    }
    if (parts.isEmpty()) {
      return session.createDataFrame(List.of(), SourceSchemas.withPartition(schema, source));
    }
    return parts.stream().reduce(Dataset::unionByName).orElseThrow();
  }

  /**
   * Refuses empty files of lines: a file may be empty because its upload has just begun. Authors
   * who expect empty files declare it with orEmpty().
   */
  private static void requireContent(List<FileStatus> files) {
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
    return PinnedFileIndex.rows(session, files, schema, new TextFileFormat(), Map.of());
  }

  private Dataset<Row> parquet(StructType schema, List<FileStatus> files) {
    return PinnedFileIndex.rows(session, files, schema, new ParquetFileFormat(), VERIFY_CHECKSUMS);
  }

  private Dataset<Row> json(StructType schema, List<FileStatus> files) {
    return SourceTimestamps.parsed(
        schema,
        read ->
            PinnedFileIndex.rows(
                session, files, read, new JsonLines(), Map.of("mode", "FAILFAST")));
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

  static Column literal(TypedValue value) {
    return ExpressionUtils.column(CatalystLiterals.literal(value));
  }
}
