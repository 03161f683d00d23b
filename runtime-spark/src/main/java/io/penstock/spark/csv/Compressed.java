package io.penstock.spark.csv;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdOutputStream;
import io.penstock.spec.CsvCompression;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.io.compress.DecompressorStream;
import org.apache.hadoop.io.compress.zlib.BuiltInGzipDecompressor;

/**
 * Compresses and decompresses files. A written file is always one gzip member or zstd frame,
 * because some readers stop after the first. Its header has neither a time nor a name, so that the
 * same content gives the same file.
 */
final class Compressed {
  private static final int BUFFER = 1 << 16;
  private static final String HADOOP_CODECS = "org.apache.hadoop.io.compress.";

  private Compressed() {}

  static OutputStream write(CsvCompression compression, OutputStream file) throws IOException {
    return switch (compression) {
      case NONE -> file;
      case GZIP -> new GZIPOutputStream(file, BUFFER);
      case ZSTD -> new ZstdOutputStream(file).setChecksum(true);
    };
  }

  /** The compression that a file's name tells. */
  static CsvCompression byName(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      return CsvCompression.GZIP;
    }
    return name.endsWith(".zst") ? CsvCompression.ZSTD : CsvCompression.NONE;
  }

  /**
   * Whether reading failed because of the file's content, and not while it was transferred, which
   * raises exceptions elsewhere.
   */
  static boolean isDamage(IOException e) {
    StackTraceElement[] trace = e.getStackTrace();
    String thrower = trace.length > 0 ? trace[0].getClassName() : "";
    return e instanceof ZstdIOException
        || thrower.equals(ZstdFrames.class.getName())
        || thrower.startsWith(HADOOP_CODECS);
  }

  static InputStream read(CsvCompression compression, InputStream file) throws IOException {
    return switch (compression) {
      case NONE -> file;
      case GZIP -> gunzip(file);
      case ZSTD -> new ZstdFrames(file);
    };
  }

  /**
   * Decompresses all members of a file, and fails at anything else. Java's own stream silently ends
   * where the next member is damaged, or where the file's stream has no bytes available at the
   * moment.
   */
  private static InputStream gunzip(InputStream file) throws IOException {
    return new DecompressorStream(file, new BuiltInGzipDecompressor(), BUFFER);
  }
}
