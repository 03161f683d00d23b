package io.penstock.spark.csv;

import com.github.luben.zstd.ZstdOutputStream;
import io.penstock.spec.CsvCompression;
import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.GZIPOutputStream;

/**
 * Compresses files. A written file is always one gzip member or zstd frame, because some readers
 * stop after the first. Its header has neither a time nor a name, so that the same content gives
 * the same file.
 */
final class Compressed {
  private static final int BUFFER = 1 << 16;

  private Compressed() {}

  static OutputStream write(CsvCompression compression, OutputStream file) throws IOException {
    return switch (compression) {
      case NONE -> file;
      case GZIP -> new GZIPOutputStream(file, BUFFER);
      case ZSTD -> new ZstdOutputStream(file).setChecksum(true);
    };
  }
}
