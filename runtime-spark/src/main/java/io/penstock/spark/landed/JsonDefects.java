package io.penstock.spark.landed;

import com.fasterxml.jackson.core.JsonParseException;
import io.penstock.spark.landed.StrictJson.DefectException;
import io.penstock.spark.text.ExceptionText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.catalyst.json.JSONOptions;
import org.apache.spark.sql.catalyst.json.JacksonParser;
import org.apache.spark.sql.catalyst.util.BadRecordException;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;
import scala.collection.immutable.Map$;

/**
 * Finds the line of a JSON file that Spark's reader rejected. Spark names the file only, so the
 * file is read again for the message.
 */
final class JsonDefects {
  /** A limit, since the user waits while a message is prepared. */
  private static final long MAX_LINES = 20_000_000;

  /** The bytes of the byte order mark, which Spark's reader skips, as characters of ISO 8859-1. */
  private static final String MARK = "\u00ef\u00bb\u00bf";

  private static final JSONOptions STRICT =
      StrictJson.options(Map$.MODULE$.<String, String>empty());

  /** The options with which Spark parses a line. */
  private static final JSONOptions LENIENT =
      new JSONOptions(Map$.MODULE$.<String, String>empty(), "UTC", "");

  private final StructType schema;
  private final Configuration configuration;

  JsonDefects(StructType schema, Configuration configuration) {
    this.schema = schema;
    this.configuration = configuration;
  }

  /** A line that can't be read, and why, without any of its content. */
  record Defect(long line, String reason) {}

  /** The first line that doesn't fit the schema; empty when none is found. */
  Optional<Defect> first(Path file) throws IOException {
    JacksonParser parser = StrictJson.parser(schema, STRICT);
    // Read as bytes, since a line may not be UTF-8.
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.ISO_8859_1))) {
      long number = 0;
      for (String bytes = lines.readLine();
          bytes != null && number < MAX_LINES;
          bytes = lines.readLine()) {
        number++;
        Optional<String> line =
            decoded(number == 1 && bytes.startsWith(MARK) ? bytes.substring(MARK.length()) : bytes);
        if (line.isEmpty()) {
          return Optional.of(new Defect(number, "it is not UTF-8"));
        }
        if (!fits(parser, line.get())) {
          return Optional.of(new Defect(number, reason(line.get())));
        }
      }
    }
    return Optional.empty();
  }

  /** The text of a line; empty if its bytes aren't UTF-8. */
  private static Optional<String> decoded(String bytes) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  private InputStream open(Path file) throws IOException {
    FSDataInputStream in = file.getFileSystem(configuration).open(file);
    CompressionCodec codec = new CompressionCodecFactory(configuration).getCodec(file);
    return codec == null ? in : codec.createInputStream(in);
  }

  private String reason(String line) {
    if (!fits(StrictJson.parser(new StructType(), LENIENT), line)) {
      return "it is not a JSON object";
    }
    Optional<String> defect =
        error(StrictJson.parser(new StructType(), STRICT), line).flatMap(JsonDefects::defect);
    if (defect.isPresent()) {
      return defect.get();
    }
    for (StructField field : schema.fields()) {
      Optional<Exception> error =
          error(StrictJson.parser(new StructType().add(field), STRICT), line);
      if (error.isPresent()) {
        return defect(error.get()).orElseGet(() -> otherType(field));
      }
    }
    return "it does not fit the declared columns";
  }

  private static String otherType(StructField field) {
    return "field '%s' is not %s"
        .formatted(field.name(), ExceptionText.withArticle(field.dataType().sql()));
  }

  /** The defect of a line, independent of the declared columns. */
  private static Optional<String> defect(Throwable error) {
    return Stream.iterate(error, Objects::nonNull, Throwable::getCause)
        .filter(JsonParseException.class::isInstance)
        .map(JsonParseException.class::cast)
        .flatMap(cause -> reason(cause).stream())
        .findFirst();
  }

  private static Optional<String> reason(JsonParseException cause) {
    if (cause instanceof DefectException) {
      return Optional.of(cause.getOriginalMessage());
    }
    // Jackson has no class for duplicate keys.
    return String.valueOf(cause.getOriginalMessage()).startsWith("Duplicate field")
        ? Optional.of("a key is used twice in one object")
        : Optional.empty();
  }

  private static boolean fits(JacksonParser parser, String line) {
    return error(parser, line).isEmpty();
  }

  private static Optional<Exception> error(JacksonParser parser, String line) {
    try {
      parser.parse(
          line,
          (factory, text) -> {
            try {
              return factory.createParser(text);
            } catch (IOException e) {
              throw new java.io.UncheckedIOException(e);
            }
          },
          UTF8String::fromString);
      return Optional.empty();
    } catch (Exception e) {
      // Scala code throws this checked exception without declaring it.
      if (e instanceof BadRecordException || e instanceof RuntimeException) {
        return Optional.of(e);
      }
      throw e;
    }
  }
}
