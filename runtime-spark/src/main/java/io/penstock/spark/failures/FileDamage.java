package io.penstock.spark.failures;

import io.penstock.spark.files.AccessDenied;
import io.penstock.spark.files.StorageFaults;
import io.penstock.spark.text.ExceptionText;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipException;
import org.apache.hadoop.fs.ChecksumException;
import org.apache.spark.SparkThrowable;

/**
 * Finds what is wrong with a file that can't be read, in what the readers of Spark, Parquet and
 * Hadoop throw: they name the file in an outer exception, and the fault in an inner one.
 */
public final class FileDamage {
  private static final String DAMAGED = "is damaged or cut off";
  private static final String NOT_PARQUET = "is not a Parquet file";
  private static final Pattern IN_TEXT =
      Pattern.compile("Encountered error while reading file (\\S+?)\\.(?:\\s|$)");

  /** What these throw while they read a file, they throw because of its content. */
  private static final List<String> DECODERS =
      List.of(
          "org.apache.parquet.",
          "org.apache.orc.",
          "org.apache.hadoop.hive.",
          "org.apache.avro.",
          "org.apache.spark.sql.avro.",
          "shaded.parquet.",
          "org.apache.hadoop.io.compress.",
          "org.apache.spark.sql.execution.datasources.parquet.",
          "java.util.zip.",
          "com.github.luben.zstd.",
          "org.xerial.snappy.",
          "net.jpountz.",
          "io.airlift.compress.");

  private static final Pattern JDK = Pattern.compile("(?:java|jdk|sun)\\.(?!util\\.zip\\.)");

  /** Messages that quote nothing of the file, and name nothing of Java. */
  private static final Pattern PLAIN =
      Pattern.compile("(?!.*\\b(?:null\\b|java\\.))[\\w ,.:;()/+=<>#@-]{1,200}");

  private static final List<Pattern> MISSING_CODEC =
      List.of(
          Pattern.compile("(?:\\w+\\.)*(\\w+?)Codec was not found"),
          Pattern.compile("native (\\w+) library not available"),
          Pattern.compile("(?:\\w+[./])*(\\w+?)(?:Short)?Codec$"),
          Pattern.compile("(jpountz)[./]"));

  private FileDamage() {}

  /** From the outermost to the innermost. */
  public static List<Throwable> causes(Throwable thrown) {
    List<Throwable> causes = new ArrayList<>();
    for (Throwable cause = thrown;
        cause != null && !causes.contains(cause);
        cause = cause.getCause()) {
      causes.add(cause);
    }
    return causes;
  }

  /**
   * The file whose reading failed. An outer exception may name a file that was being written, too;
   * and of an exception that could not be serialized, only the text is left.
   */
  public static Optional<String> path(Throwable thrown) {
    List<Throwable> causes = causes(thrown);
    return causes.stream()
        .filter(cause -> condition(cause).startsWith("FAILED_READ_FILE"))
        .map(cause -> ((SparkThrowable) cause).getMessageParameters().get("path"))
        .filter(Objects::nonNull)
        .findFirst()
        .or(
            () ->
                causes.stream()
                    .map(cause -> IN_TEXT.matcher(String.valueOf(cause.getMessage())))
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst());
  }

  /**
   * What is wrong with a file, {@code "is cut off"}; empty when it isn't the file's fault.
   *
   * @param thrown when it was read
   */
  public static Optional<String> of(Throwable thrown) {
    List<Throwable> causes = causes(thrown);
    boolean otherFault =
        causes.stream().anyMatch(cause -> isOfFileSystem(cause) || codec(cause).isPresent());
    if (otherFault) {
      return Optional.empty();
    }
    return causes.stream()
        .flatMap(cause -> damage(cause).stream())
        .findFirst()
        .or(
            () ->
                path(thrown)
                    .filter(file -> causes.stream().anyMatch(FileDamage::isOfLoop))
                    .map(file -> DAMAGED));
  }

  /**
   * The compression for which there is no codec, {@code "brotli"}, when that is why it can't be
   * read.
   */
  static Optional<String> missingCodec(Throwable thrown) {
    return causes(thrown).stream().flatMap(cause -> codec(cause).stream()).findFirst();
  }

  /** Whether the record is to blame, and not the file as a whole. */
  public static boolean isMalformedRecord(Throwable thrown) {
    return causes(thrown).stream()
        .anyMatch(cause -> condition(cause).startsWith("MALFORMED_RECORD"));
  }

  private static Optional<String> damage(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    if (condition(cause).startsWith("MALFORMED_RECORD")) {
      return Optional.of("holds a record that does not fit the declared columns");
    }
    if (condition(cause).endsWith("PARQUET_COLUMN_DATA_TYPE_MISMATCH")) {
      return Optional.of(
          "has column "
              + ((SparkThrowable) cause).getMessageParameters().get("column")
              + " as another type than the others");
    }
    if (message.contains(NOT_PARQUET)) {
      return Optional.of(
          message.contains("length is too low: 0)") ? "is empty" : NOT_PARQUET + " that is whole");
    }
    if (cause instanceof ChecksumException) {
      return Optional.of("holds other bytes than the checksum beside it was made of");
    }
    if (cause instanceof ZipException || message.contains("not a gzip file")) {
      return Optional.of("is not compressed as its name says, or damaged");
    }
    // HDFS throws the same when a connection breaks.
    if (cause.getClass() == EOFException.class && isOfDecoder(cause)) {
      return Optional.of("is cut off");
    }
    // Decoders that run out of bytes in the middle of a value.
    if (cause instanceof NullPointerException && isOfDecoder(cause)) {
      return Optional.of(DAMAGED);
    }
    boolean spoken = cause instanceof IOException || cause instanceof RuntimeException;
    return spoken && !(cause instanceof SparkThrowable) && isOfDecoder(cause)
        ? Optional.of("is damaged" + because(cause))
        : Optional.empty();
  }

  /** What a decoder says, unless it quotes what it found in the file. */
  private static String because(Throwable cause) {
    String phrase = ExceptionText.phrase(cause);
    return PLAIN.matcher(phrase).matches() ? " (" + phrase + ")" : "";
  }

  /** After many of them the JVM throws such exceptions without a stack trace. */
  private static boolean isOfLoop(Throwable cause) {
    boolean ofJvm =
        cause instanceof NullPointerException || cause instanceof IndexOutOfBoundsException;
    return ofJvm && cause.getStackTrace().length == 0;
  }

  /** Whether a decoder threw it, or what the decoder called in the JDK. */
  private static boolean isOfDecoder(Throwable cause) {
    return Arrays.stream(cause.getStackTrace())
        .dropWhile(frame -> JDK.matcher(frame.getClassName()).lookingAt())
        .limit(3)
        .anyMatch(frame -> DECODERS.stream().anyMatch(frame.getClassName()::startsWith));
  }

  /** The file is missing, this user may not read it, or the file system failed. */
  private static boolean isOfFileSystem(Throwable cause) {
    return AccessDenied.isIn(cause)
        || StorageFaults.kind(cause).isPresent()
        || FileFailures.isMissingFile(cause)
        || FileFailures.isUnreachable(cause);
  }

  private static Optional<String> codec(Throwable cause) {
    boolean possible =
        cause instanceof LinkageError
            || cause instanceof ClassNotFoundException
            || cause instanceof RuntimeException;
    String message = String.valueOf(cause.getMessage());
    return possible
        ? MISSING_CODEC.stream()
            .map(pattern -> pattern.matcher(message))
            .filter(Matcher::find)
            .map(found -> found.group(1).toLowerCase(Locale.ROOT).replace("jpountz", "lz4"))
            .findFirst()
        : Optional.empty();
  }

  /** The error condition of Spark or Delta; empty for any other exception. */
  static String condition(Throwable cause) {
    return cause instanceof SparkThrowable spark ? String.valueOf(spark.getCondition()) : "";
  }
}
