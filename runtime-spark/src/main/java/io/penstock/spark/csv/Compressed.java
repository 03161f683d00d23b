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
 * The compressed form of a file's bytes: always one member or frame, because some readers stop
 * behind the first. Neither header holds a time or a name, so that the same bytes give the same
 * file.
 */
final class Compressed {
  private static final int BUFFER = 1 << 16;
  private static final String UNDOING_GZIP = "org.apache.hadoop.io.compress.";

  private Compressed() {}

  static OutputStream write(CsvCompression compression, OutputStream file) throws IOException {
    return switch (compression) {
      case NONE -> file;
      case GZIP -> new GZIPOutputStream(file, BUFFER);
      case ZSTD -> new ZstdOutputStream(file).setChecksum(true);
    };
  }

  /** The form that a file's name tells, of a file of others. */
  static CsvCompression byName(String path) {
    String name = path.toLowerCase(Locale.ROOT);
    if (name.endsWith(".gz")) {
      return CsvCompression.GZIP;
    }
    return name.endsWith(".zst") ? CsvCompression.ZSTD : CsvCompression.NONE;
  }

  /**
   * Whether reading failed by what the file holds, and not by how it was brought here: Hadoop's
   * streams have exceptions of their own for that.
   */
  static boolean isDamage(IOException e) {
    StackTraceElement[] trace = e.getStackTrace();
    String thrower = trace.length > 0 ? trace[0].getClassName() : "";
    return e instanceof ZstdIOException
        || thrower.equals(ZstdFrames.class.getName())
        || thrower.startsWith(UNDOING_GZIP);
  }

  static InputStream read(CsvCompression compression, InputStream file) throws IOException {
    return switch (compression) {
      case NONE -> file;
      case GZIP -> gunzipped(file);
      case ZSTD -> new ZstdFrames(file);
    };
  }

  /**
   * All members of a file, and an exception for what isn't one: Java's own stream ends without a
   * word where the next member is damaged, or where the file below says that it has nothing at
   * hand.
   */
  private static InputStream gunzipped(InputStream file) throws IOException {
    return new DecompressorStream(file, new BuiltInGzipDecompressor(), BUFFER);
  }
}
