package io.penstock.spark.typed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.apache.hadoop.fs.Path;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.execution.datasources.PartitionedFile;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import scala.Function1;
import scala.collection.Iterator;

/**
 * Looks whether columns of arrays and maps hold as many rows as their row groups. A value whose
 * repetition level is 0 begins a row. Where the first one of a row group has another level, or
 * there are too many or too few, Spark's readers leave values out, and give rows those of others.
 */
final class RepetitionCheck extends ParquetColumnCheck {
  private static final long serialVersionUID = 1L;

  RepetitionCheck(
      StructType required,
      Broadcast<SerializableConfiguration> configuration,
      Function1<PartitionedFile, Iterator<InternalRow>> reader) {
    super(required, configuration, reader);
  }

  @Override
  boolean isChecked(ColumnDescriptor column) {
    return column.getMaxRepetitionLevel() > 0;
  }

  @Override
  void check(List<ColumnDescriptor> checked, RowGroup group, Path path) {
    for (ColumnDescriptor column : checked) {
      long expected = group.metadata().getRowCount();
      long rows = rows(group.pages().getPageReader(column), column, path);
      if (rows != expected) {
        throw damaged(
            path,
            "is damaged (column '%s' has %s rows in a row group of %s)"
                .formatted(column.getPath()[0], rows, expected));
      }
    }
  }

  private static long rows(PageReader pages, ColumnDescriptor column, Path path) {
    long rows = 0;
    for (DataPage page = pages.readPage(); page != null; page = pages.readPage()) {
      Levels levels = levels(page, column);
      for (int i = 0; i < page.getValueCount(); i++) {
        if (levels.next() == 0) {
          rows++;
        } else if (rows == 0) {
          throw damaged(
              path,
              "is damaged (column '%s' begins in the middle of a row)"
                  .formatted(column.getPath()[0]));
        }
      }
    }
    return rows;
  }

  /** The repetition levels of a page, one after the other. */
  private interface Levels {
    int next();
  }

  private static Levels levels(DataPage page, ColumnDescriptor column) {
    return page.accept(
        new DataPage.Visitor<>() {
          @Override
          public Levels visit(DataPageV1 first) {
            ValuesReader levels =
                first.getRlEncoding().getValuesReader(column, ValuesType.REPETITION_LEVEL);
            try {
              levels.initFromPage(first.getValueCount(), first.getBytes().toInputStream());
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
            return levels::readInteger;
          }

          @Override
          public Levels visit(DataPageV2 second) {
            return hybrid(second.getRepetitionLevels(), column.getMaxRepetitionLevel());
          }
        });
  }

  private static Levels hybrid(BytesInput bytes, int greatest) {
    try {
      RunLengthBitPackingHybridDecoder levels =
          new RunLengthBitPackingHybridDecoder(
              BytesUtils.getWidthFromMaxInt(greatest), bytes.toInputStream());
      return () -> {
        try {
          return levels.readInt();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      };
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
