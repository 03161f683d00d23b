package io.penstock.spark.typed;

import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.collection.Iterator;

/** Looks for nanoseconds in INT96 columns, which Spark cuts off. */
final class Int96Check extends ParquetColumnCheck {
  private static final long serialVersionUID = 1L;

  private static final long NANOS_OF_MICRO = 1_000;

  Int96Check(
      StructType required,
      Broadcast<SerializableConfiguration> configuration,
      Function1<PartitionedFile, Iterator<InternalRow>> reader) {
    super(required, configuration, reader);
  }

  @Override
  boolean isChecked(ColumnDescriptor column) {
    return column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT96;
  }

  @Override
  void check(List<ColumnDescriptor> checked, RowGroup group, Path path) {
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(
            group.pages(),
            new DummyRecordConverter(group.columns()).getRootConverter(),
            group.columns(),
            group.file().getCreatedBy());
    for (ColumnDescriptor column : checked) {
      check(store.getColumnReader(column), valueCount(group.metadata(), column), column, path);
    }
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
