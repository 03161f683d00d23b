package io.penstock.spark.delta;

import io.delta.kernel.Scan;
import io.delta.kernel.Table;
import io.delta.kernel.data.FilteredColumnarBatch;
import io.delta.kernel.data.Row;
import io.delta.kernel.defaults.engine.DefaultEngine;
import io.delta.kernel.engine.Engine;
import io.delta.kernel.internal.InternalScanFileUtils;
import io.delta.kernel.internal.data.ScanStateRow;
import io.delta.kernel.internal.util.Utils;
import io.delta.kernel.utils.CloseableIterator;
import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Reads tables by Delta Kernel, on which readers outside of Spark are built. */
final class KernelReader {
  private final Engine engine = DefaultEngine.create(new Configuration());

  /** How many rows a table has. */
  long count(Path table) throws IOException {
    Scan scan =
        Table.forPath(engine, table.toString()).getLatestSnapshot(engine).getScanBuilder().build();
    Row state = scan.getScanState(engine);
    long rows = 0;
    try (CloseableIterator<FilteredColumnarBatch> batches = scan.getScanFiles(engine)) {
      while (batches.hasNext()) {
        try (CloseableIterator<Row> files = batches.next().getRows()) {
          while (files.hasNext()) {
            rows += rows(state, files.next());
          }
        }
      }
    }
    return rows;
  }

  private long rows(Row state, Row file) throws IOException {
    long rows = 0;
    try (CloseableIterator<FilteredColumnarBatch> logical =
        Scan.transformPhysicalData(
            engine,
            state,
            file,
            engine
                .getParquetHandler()
                .readParquetFiles(
                    Utils.singletonCloseableIterator(InternalScanFileUtils.getAddFileStatus(file)),
                    ScanStateRow.getPhysicalDataReadSchema(state),
                    Optional.empty())
                .map(read -> read.getData()))) {
      while (logical.hasNext()) {
        try (CloseableIterator<Row> selected = logical.next().getRows()) {
          while (selected.hasNext()) {
            selected.next();
            rows++;
          }
        }
      }
    }
    return rows;
  }
}
