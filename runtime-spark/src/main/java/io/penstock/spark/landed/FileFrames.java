package io.penstock.spark.landed;

import io.penstock.engine.FailureKind;
import io.penstock.spark.csv.CsvFormat;
import io.penstock.spark.excel.ExcelFormat;
import io.penstock.spark.failures.UnreadableFile;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.json.JsonFormat;
import io.penstock.spark.problems.PlanProblemException;
import io.penstock.spark.records.ExpectedColumns;
import io.penstock.spark.records.InputFile;
import io.penstock.spark.records.PartitionCounts;
import io.penstock.spark.records.RecordColumns;
import io.penstock.spark.records.RecordFiles;
import io.penstock.spark.records.RecordFormat;
import io.penstock.spark.records.TextEncoding;
import io.penstock.spark.source.ColumnCollisions;
import io.penstock.spark.source.RowCounter;
import io.penstock.spark.sql.CatalystLiterals;
import io.penstock.spark.sql.SqlLiterals;
import io.penstock.spark.typed.TypedFormat;
import io.penstock.spark.typed.TypedRows;
import io.penstock.spec.AvroSource;
import io.penstock.spec.CsvSource;
import io.penstock.spec.ExcelSource;
import io.penstock.spec.FileSource;
import io.penstock.spec.JsonSource;
import io.penstock.spec.OrcSource;
import io.penstock.spec.ParquetSource;
import io.penstock.spec.Source;
import io.penstock.spec.TextSource;
import io.penstock.spec.TypedSource;
import io.penstock.spec.TypedValue;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * Makes frames of listed files, by their format. Of the files, only what they say of their columns
 * is read.
 */
final class FileFrames {
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
   * @param unknown what isn't declared in the records read so far
   */
  record Counted(
      Dataset<Row> rows, Supplier<OptionalLong> count, Supplier<Map<String, Long>> unknown) {}

  /** The rows of the files, with the columns of their partition. */
  Counted of(FileSource<?> source, List<UnitFiles> folders) {
    return source.accept(new OfFolders(folders));
  }

  private final class OfFolders implements FileSource.FormatVisitor<Counted> {
    private final List<UnitFiles> folders;

    OfFolders(List<UnitFiles> folders) {
      this.folders = folders;
    }

    @Override
    public Counted visitCsv(CsvSource source) {
      requireContent(source, UnitFiles.files(folders));
      return records(
          source,
          SourceSchemas.expected(source),
          declared -> CsvFormat.of(source.dialect(), SourceSchemas.values(source), declared),
          source.whenDefective(),
          source.charset());
    }

    @Override
    public Counted visitJson(JsonSource source) {
      requireContent(source, UnitFiles.files(folders));
      return records(
          source,
          SourceSchemas.expected(source),
          declared -> JsonFormat.of(source.layout(), SourceSchemas.values(source), declared),
          source.whenDefective(),
          source.charset());
    }

    @Override
    public Counted visitExcel(ExcelSource source) {
      requireContent(source, UnitFiles.files(folders));
      return records(
          source,
          SourceSchemas.expected(source),
          declared -> ExcelFormat.of(source, SourceSchemas.values(source), declared),
          source.whenDefective(),
          source.charset());
    }

    @Override
    public Counted visitText(TextSource source) {
      requireContent(source, UnitFiles.files(folders));
      return records(
          source,
          ExpectedColumns.strict(SourceSchemas.TEXT),
          declared -> new TextLines(),
          source.whenDefective(),
          source.charset());
    }

    @Override
    public Counted visitParquet(ParquetSource source) {
      return typed(source, TypedFormat.parquet());
    }

    @Override
    public Counted visitOrc(OrcSource source) {
      return typed(source, TypedFormat.orc());
    }

    @Override
    public Counted visitAvro(AvroSource source) {
      return typed(source, TypedFormat.avro());
    }

    private Counted typed(TypedSource<?> source, TypedFormat format) {
      Optional<StructType> declared = SourceSchemas.typed(source);
      TypedRows typed = TypedRows.of(session, source, format, declared, UnitFiles.files(folders));
      refuseCollisions(source, typed.schema());
      StructType partition = SourceSchemas.partition(source);
      Dataset<Row> rows =
          typed.parts().stream()
              .map(part -> rows(typed, part, partition))
              .reduce(Dataset::union)
              .orElseGet(
                  () ->
                      session.createDataFrame(
                          List.of(), SourceSchemas.withPartition(typed.schema(), source)));
      // The files tell the count; counting would prevent Spark from pushing down filters.
      return new Counted(rows, typed::rows, typed::unknownColumns);
    }

    private Dataset<Row> rows(TypedRows typed, TypedRows.Part part, StructType partition) {
      List<Column> columns = new ArrayList<>(part.columns());
      for (String name : partition.fieldNames()) {
        columns.add(functions.col(SqlLiterals.identifier(name)));
      }
      return PinnedFileIndex.rows(
              session,
              folders.stream().map(folder -> folder.among(part.files())).toList(),
              part.read(),
              partition,
              part.reader(),
              typed.options())
          .select(columns.toArray(Column[]::new));
    }

    private Counted records(
        FileSource<?> source,
        ExpectedColumns declared,
        Function<StructType, RecordFormat> format,
        FileSource.WhenDefective whenDefective,
        Charset charset) {
      InputCodecs.require(source, UnitFiles.files(folders));
      refuseCollisions(source, declared.types());
      PartitionCounts unknown = PartitionCounts.in(session);
      Dataset<Row> read;
      try {
        read =
            RecordFiles.rows(
                session,
                format.apply(declared.types()),
                new RecordColumns(declared, SourceSchemas.partition(source), whenDefective),
                TextEncoding.of(charset),
                unknown,
                inputs(folders));
      } catch (IllegalArgumentException e) {
        throw new PlanProblemException(
            "INVALID_SCHEMA", e.getMessage(), "declare columns that have a text form in files.");
      }
      RowCounter counter = RowCounter.in(session);
      Dataset<Row> rows = counter.counted(session, read);
      return new Counted(
          whenDefective != FileSource.WhenDefective.FAIL
              ? rows.withColumn("_file", belowRoot(rows.col("_file")))
              : rows,
          counter::rows,
          unknown::value);
    }
  }

  private static List<InputFile> inputs(List<UnitFiles> folders) {
    List<InputFile> files = new ArrayList<>();
    for (UnitFiles folder : folders) {
      List<Serializable> constants =
          folder.values().stream().map(value -> (Serializable) value.value()).toList();
      for (FileStatus file : folder.files()) {
        files.add(new InputFile(file.getPath().toString(), file.getLen(), constants));
      }
    }
    return files;
  }

  /** The path of a file below the root, so that rows that hold it don't depend on the machine. */
  private Column belowRoot(Column file) {
    int prefix = root.path().toString().length() + 1;
    return file.substr(functions.lit(prefix + 1), functions.length(file));
  }

  private static void refuseCollisions(FileSource<?> source, StructType schema) {
    ColumnCollisions.refuse(
        source.path(), "the files hold", SourceSchemas.addedColumns(source), schema);
  }

  /**
   * Refuses files of no bytes: a file may be empty because its upload has just begun. Authors who
   * expect empty files declare it with orEmpty().
   */
  private static void requireContent(FileSource<?> source, List<FileStatus> files) {
    if (source.whenMissing() != Source.WhenMissing.FAIL) {
      return;
    }
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

  static Column literal(TypedValue value) {
    return ExpressionUtils.column(CatalystLiterals.literal(value));
  }
}
