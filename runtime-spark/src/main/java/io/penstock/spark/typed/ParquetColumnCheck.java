package io.penstock.spark.typed;

import io.penstock.spark.failures.FileDamage;
import io.penstock.spark.files.FailedAccessException;
import io.penstock.spark.records.MalformedInputException;
import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/**
 * Looks through columns of a part of a Parquet file for what Spark wouldn't notice, and then reads
 * the part.
 */
abstract class ParquetColumnCheck extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private final StructType required;
  private final Broadcast<SerializableConfiguration> configuration;
  private final Function1<PartitionedFile, Iterator<InternalRow>> reader;

  /**
   * @param required the columns that are read
   */
  ParquetColumnCheck(
      StructType required,
      Broadcast<SerializableConfiguration> configuration,
      Function1<PartitionedFile, Iterator<InternalRow>> reader) {
    this.required = required;
    this.configuration = configuration;
    this.reader = reader;
  }

  @Override
  public Iterator<InternalRow> apply(PartitionedFile part) {
    Path path = part.toPath();
    Configuration hadoop = configuration.value().value();
    try (ParquetFileReader file =
        ParquetFileReader.open(
            HadoopInputFile.fromPath(path, hadoop),
            HadoopReadOptions.builder(hadoop)
                .withRange(part.start(), part.start() + part.length())
                .build())) {
      check(file, path);
    } catch (MalformedInputException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      Optional<String> damage = FileDamage.of(e);
      if (damage.isPresent()) {
        throw damaged(path, damage.get());
      }
      throw e instanceof RuntimeException unexpected
          ? unexpected
          : new FailedAccessException("read", path, (IOException) e);
    }
    return reader.apply(part);
  }

  private void check(ParquetFileReader file, Path path) throws IOException {
    FileMetaData metadata = file.getFileMetaData();
    List<ColumnDescriptor> checked =
        metadata.getSchema().getColumns().stream()
            .filter(column -> isRead(column) && isChecked(column))
            .toList();
    if (checked.isEmpty()) {
      return;
    }
    Set<String> names =
        checked.stream().map(column -> column.getPath()[0]).collect(Collectors.toSet());
    MessageType columns =
        new MessageType(
            "checked",
            metadata.getSchema().getFields().stream()
                .filter(field -> names.contains(field.getName()))
                .toList());
    file.setRequestedSchema(columns);
    for (BlockMetaData group : file.getRowGroups()) {
      if (group.getRowCount() > 0) {
        check(checked, new RowGroup(group, file.readNextRowGroup(), columns, metadata), path);
      }
    }
  }

  /** Spark finds the columns whatever the case of their names. */
  private boolean isRead(ColumnDescriptor column) {
    return Stream.of(required.fieldNames())
        .anyMatch(
            name ->
                name.toLowerCase(Locale.ROOT).equals(column.getPath()[0].toLowerCase(Locale.ROOT)));
  }

  /**
   * The values of some columns.
   *
   * @param columns those in {@code pages}
   */
  record RowGroup(
      BlockMetaData metadata, PageReadStore pages, MessageType columns, FileMetaData file) {}

  /** Whether values of the column have to be looked at. */
  abstract boolean isChecked(ColumnDescriptor column);

  /**
   * Looks at the values of a row group.
   *
   * @throws MalformedInputException if the file can't be read rightly
   */
  abstract void check(List<ColumnDescriptor> checked, RowGroup group, Path path);

  /**
   * A file that isn't as its format says.
   *
   * @param why to be put after "it"
   */
  static MalformedInputException damaged(Path path, String why) {
    return MalformedInputException.ofFile(
        path.toUri().getPath(), "it " + why, "deliver the file again, complete, or remove it.");
  }
}
