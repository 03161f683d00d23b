package io.penstock.spark.landed;

import com.fasterxml.jackson.core.JsonParseException;
import io.penstock.spark.landed.JsonLines.DefectException;
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
 * Finds the line of a JSON file that Spark's reader refused: it names the file and no more, so the
 * file is read once again for the message.
 */
final class JsonDefects {
  /** Reading on for a message alone would keep whoever waits for it. */
  private static final long MOST_LINES = 20_000_000;

  /** The byte order mark, which the reader of lines leaves out, each byte as a character. */
  private static final String MARK = "\u00ef\u00bb\u00bf";

  private static final JSONOptions WHOLE = JsonLines.options(Map$.MODULE$.<String, String>empty());

  /** As Spark reads a line by itself. */
  private static final JSONOptions FIRST_VALUE =
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
    JacksonParser whole = JsonLines.parser(schema, WHOLE);
    // As bytes, of which a line may hold such as are no UTF-8.
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.ISO_8859_1))) {
      long number = 0;
      for (String bytes = lines.readLine();
          bytes != null && number < MOST_LINES;
          bytes = lines.readLine()) {
        number++;
        Optional<String> line =
            decoded(number == 1 && bytes.startsWith(MARK) ? bytes.substring(MARK.length()) : bytes);
        if (line.isEmpty()) {
          return Optional.of(new Defect(number, "it is not UTF-8"));
        }
        if (!fits(whole, line.get())) {
          return Optional.of(new Defect(number, reason(line.get())));
        }
      }
    }
    return Optional.empty();
  }

  /** A line's text; empty when its bytes are none. */
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
    if (!fits(JsonLines.parser(new StructType(), FIRST_VALUE), line)) {
      return "it is not a JSON object";
    }
    Optional<String> defect =
        refusal(JsonLines.parser(new StructType(), WHOLE), line).flatMap(JsonDefects::defect);
    if (defect.isPresent()) {
      return defect.get();
    }
    for (StructField field : schema.fields()) {
      Optional<Exception> refusal =
          refusal(JsonLines.parser(new StructType().add(field), WHOLE), line);
      if (refusal.isPresent()) {
        return defect(refusal.get()).orElseGet(() -> otherType(field));
      }
    }
    return "it does not fit the declared columns";
  }

  private static String otherType(StructField field) {
    String type = field.dataType().sql();
    return "field '%s' is not %s %s"
        .formatted(field.name(), "AEIOU".indexOf(type.charAt(0)) < 0 ? "a" : "an", type);
  }

  /** What is wrong with the line, whatever its columns are. */
  private static Optional<String> defect(Throwable refusal) {
    return Stream.iterate(refusal, Objects::nonNull, Throwable::getCause)
        .filter(JsonParseException.class::isInstance)
        .map(JsonParseException.class::cast)
        .flatMap(cause -> told(cause).stream())
        .findFirst();
  }

  private static Optional<String> told(JsonParseException cause) {
    if (cause instanceof DefectException) {
      return Optional.of(cause.getOriginalMessage());
    }
    // Jackson has no class for it.
    return String.valueOf(cause.getOriginalMessage()).startsWith("Duplicate field")
        ? Optional.of("a key stands twice in one object")
        : Optional.empty();
  }

  private static boolean fits(JacksonParser parser, String line) {
    return refusal(parser, line).isEmpty();
  }

  private static Optional<Exception> refusal(JacksonParser parser, String line) {
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
      // Scala throws it without declaring it.
      if (e instanceof BadRecordException || e instanceof RuntimeException) {
        return Optional.of(e);
      }
      throw e;
    }
  }
}
