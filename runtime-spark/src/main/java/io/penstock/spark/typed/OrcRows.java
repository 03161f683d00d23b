package io.penstock.spark.typed;

import io.penstock.spark.files.FailedAccessException;
import io.penstock.spark.records.MalformedInputException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.hadoop.hive.ql.exec.vector.VectorizedRowBatch;
import org.apache.orc.Reader;
import org.apache.orc.RecordReader;
import org.apache.orc.TypeDescription;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The rows of a part of an ORC file. */
final class OrcRows implements Iterator<InternalRow> {
  private final Reader file;
  private final String path;
  private final RecordReader reader;
  private final VectorizedRowBatch batch;
  private final StructType columns;
  private final int[] positions;
  private final OrcValues[] values;
  private final Object[] row;
  private final UnsafeProjection unsafe;
  private int next;
  private boolean closed;

  /**
   * @param columns those read, by their names in the file and in the types that it has
   */
  OrcRows(Reader file, PartitionedFile part, StructType columns, StructType partition)
      throws IOException {
    this.file = file;
    this.columns = columns;
    this.path = part.toPath().toString();
    TypeDescription schema = file.getSchema();
    boolean[] included = new boolean[schema.getMaximumId() + 1];
    included[0] = true;
    this.positions = new int[columns.size()];
    this.values = new OrcValues[columns.size()];
    for (int i = 0; i < positions.length; i++) {
      StructField column = columns.fields()[i];
      positions[i] = position(schema, column.name());
      TypeDescription type = schema.getChildren().get(positions[i]);
      for (int id = type.getId(); id <= type.getMaximumId(); id++) {
        included[id] = true;
      }
      values[i] = OrcValues.of(type);
    }
    this.row = new Object[columns.size() + partition.size()];
    for (int i = 0; i < partition.size(); i++) {
      row[columns.size() + i] = part.partitionValues().get(i, partition.fields()[i].dataType());
    }
    this.unsafe = UnsafeProjection.create(withPartition(columns, partition));
    this.batch = schema.createRowBatch();
    this.reader = file.rows(file.options().include(included).range(part.start(), part.length()));
  }

  private static StructType withPartition(StructType columns, StructType partition) {
    StructType all = columns;
    for (StructField field : partition.fields()) {
      all = all.add(field);
    }
    return all;
  }

  private static int position(TypeDescription schema, String name) {
    List<String> names = schema.getFieldNames();
    for (int i = 0; i < names.size(); i++) {
      if (names.get(i).equalsIgnoreCase(name)) {
        return i;
      }
    }
    throw new IllegalStateException("The column '" + name + "' is gone.");
  }

  @Override
  public boolean hasNext() {
    try {
      while (!closed && next >= batch.size) {
        next = 0;
        if (!reader.nextBatch(batch)) {
          close();
        }
      }
      return !closed;
    } catch (IOException e) {
      throw new FailedAccessException("read", path, e);
    }
  }

  @Override
  public InternalRow next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    for (int i = 0; i < positions.length; i++) {
      row[i] = value(i);
    }
    next++;
    return unsafe.apply(new GenericInternalRow(row));
  }

  private Object value(int column) {
    try {
      return values[column].at(batch.cols[positions[column]], next);
    } catch (UnfitValueException e) {
      throw e.in(path, columns.fields()[column].name());
    } catch (IndexOutOfBoundsException | NegativeArraySizeException | ArithmeticException e) {
      throw MalformedInputException.ofFile(
          path,
          "it is damaged: column '" + columns.fields()[column].name() + "' can't be decoded",
          "deliver the file again, complete, or remove it.");
    }
  }

  void close() {
    if (closed) {
      return;
    }
    closed = true;
    try {
      reader.close();
      file.close();
    } catch (IOException e) {
      throw new FailedAccessException("close", path, e);
    }
  }
}
