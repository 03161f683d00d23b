package io.penstock.spark.typed;

import io.penstock.spark.files.FailedAccessException;
import java.io.IOException;
import java.io.Serializable;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.collection.Iterator;
import scala.runtime.AbstractFunction1;

/** Looks for nanoseconds in the INT96 columns of a part of a file, and then reads it. */
final class Int96Check extends AbstractFunction1<PartitionedFile, Iterator<InternalRow>>
    implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final long NANOS_OF_MICRO = 1_000;

  private final StructType required;
  private final Broadcast<SerializableConfiguration> configuration;
  private final Function1<PartitionedFile, Iterator<InternalRow>> reader;

  /**
   * @param required the columns that are read
   */
  Int96Check(
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
    } catch (IOException e) {
      throw new FailedAccessException("read", path, e);
    }
    return reader.apply(part);
  }

  private void check(ParquetFileReader file, Path path) throws IOException {
    FileMetaData metadata = file.getFileMetaData();
    List<ColumnDescriptor> times =
        metadata.getSchema().getColumns().stream().filter(this::isReadTime).toList();
    if (times.isEmpty()) {
      return;
    }
    Set<String> names =
        times.stream().map(column -> column.getPath()[0]).collect(Collectors.toSet());
    MessageType columns =
        new MessageType(
            "times",
            metadata.getSchema().getFields().stream()
                .filter(field -> names.contains(field.getName()))
                .toList());
    file.setRequestedSchema(columns);
    for (BlockMetaData group : file.getRowGroups()) {
      if (group.getRowCount() == 0) {
        continue;
      }
      PageReadStore pages = file.readNextRowGroup();
      ColumnReadStoreImpl store =
          new ColumnReadStoreImpl(
              pages,
              new DummyRecordConverter(columns).getRootConverter(),
              columns,
              metadata.getCreatedBy());
      for (ColumnDescriptor column : times) {
        check(store.getColumnReader(column), valueCount(group, column), column, path);
      }
    }
  }

  /** Spark finds the columns whatever the case of their names. */
  private boolean isReadTime(ColumnDescriptor column) {
    return column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT96
        && Stream.of(required.fieldNames())
            .anyMatch(
                name ->
                    name.toLowerCase(Locale.ROOT)
                        .equals(column.getPath()[0].toLowerCase(Locale.ROOT)));
  }

  private static long valueCount(BlockMetaData group, ColumnDescriptor column) {
    return group.getColumns().stream()
        .filter(chunk -> Arrays.equals(chunk.getPath().toArray(), column.getPath()))
        .findFirst()
        .orElseThrow()
        .getValueCount();
  }

  private static void check(ColumnReader values, long count, ColumnDescriptor column, Path path) {
    for (long i = 0; i < count; i++) {
      if (values.getCurrentDefinitionLevel() == column.getMaxDefinitionLevel()) {
        long nanosOfDay =
            values.getBinary().toByteBuffer().order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (nanosOfDay % NANOS_OF_MICRO != 0) {
          throw UnfitValueException.nanoseconds().in(path.toString(), column.getPath()[0]);
        }
      }
      values.consume();
    }
  }
}
