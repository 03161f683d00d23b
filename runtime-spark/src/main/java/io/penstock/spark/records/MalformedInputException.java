package io.penstock.spark.records;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import java.io.IOException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Optional;
import java.util.Set;

/**
 * A record of a file doesn't match what the source declares. The message names file, line and
 * column, perhaps the names of a header or a single character, and never a value, which may be
 * personal data and would end up in a scheduler's log.
 *
 * <p>Spark wraps the exceptions of tasks, and may keep nothing but their text. Therefore the
 * message ends in {@code malformed-input={…}}, one line of JSON with {@code file}, {@code line},
 * {@code reason} and {@code schema}, from which {@link #find} restores the exception.
 */
public final class MalformedInputException extends RunFailedException {
  private static final long serialVersionUID = 1L;
  private static final String MARKER = "malformed-input=";
  private static final ObjectMapper JSON = new ObjectMapper();

  /** For {@link #line} when the file as a whole can't be read. */
  private static final long NO_LINE = 0;

  private final String file;
  private final long line;
  private final String reason;
  private final String schema;

  private MalformedInputException(
      String file, long line, String reason, String schema, String fix) {
    super(
        new Failure(FailureKind.DATA, "MALFORMED_INPUT", problem(file, line, reason, schema), fix),
        message(file, line, reason, schema, fix));
    this.file = file;
    this.line = line;
    this.reason = reason;
    this.schema = schema;
  }

  /** A record that doesn't fit. */
  static MalformedInputException ofRecord(String file, long line, Defect defect, String schema) {
    return new MalformedInputException(file, line, defect.reason(), schema, defect.fix());
  }

  /** A file that can't be read to its end, whatever its records hold. */
  public static MalformedInputException ofFile(String file, String reason, String fix) {
    return new MalformedInputException(file, NO_LINE, reason, "", fix);
  }

  /** Path of the file. */
  public String file() {
    return file;
  }

  /**
   * The physical line on which the record starts; the header line is 1, and 0 says that the file as
   * a whole can't be read.
   */
  public long line() {
    return line;
  }

  /** Why the record is malformed, without any of its content. */
  public String reason() {
    return reason;
  }

  /** The declared columns as DDL. */
  public String schema() {
    return schema;
  }

  /** The malformed input that caused {@code failure}, if one did. */
  public static Optional<MalformedInputException> find(Throwable failure) {
    Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Throwable t = failure; t != null && seen.add(t); t = t.getCause()) {
      if (t instanceof MalformedInputException malformed) {
        return Optional.of(malformed);
      }
      Optional<MalformedInputException> parsed = parse(t.getMessage());
      if (parsed.isPresent()) {
        return parsed;
      }
    }
    return Optional.empty();
  }

  private static Optional<MalformedInputException> parse(String message) {
    int marker = message == null ? -1 : message.indexOf(MARKER);
    if (marker < 0) {
      return Optional.empty();
    }
    ObjectReader reader = JSON.readerFor(JsonNode.class);
    try (var values = reader.<JsonNode>readValues(message.substring(marker + MARKER.length()))) {
      JsonNode node = values.nextValue();
      return Optional.of(
          new MalformedInputException(
              node.path("file").asText(),
              node.path("line").asLong(),
              node.path("reason").asText(),
              node.path("schema").asText(),
              node.path("fix").asText()));
    } catch (IOException e) {
      // The text was truncated, and without its place the exception has no use.
      return Optional.empty();
    }
  }

  private static String problem(String file, long line, String reason, String schema) {
    return "Cannot read "
        + (line == NO_LINE ? "" : "line " + line + " of ")
        + file
        + ": "
        + reason
        + "."
        + (schema.isEmpty() ? "" : " Declared: " + schema + ".");
  }

  private static String message(String file, long line, String reason, String schema, String fix) {
    return problem(file, line, reason, schema)
        + " "
        + Character.toUpperCase(fix.charAt(0))
        + fix.substring(1)
        + " "
        + MARKER
        + json(file, line, reason, schema, fix);
  }

  private static String json(String file, long line, String reason, String schema, String fix) {
    try {
      return JSON.writeValueAsString(
          JSON.createObjectNode()
              .put("file", file)
              .put("line", line)
              .put("reason", reason)
              .put("schema", schema)
              .put("fix", fix));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot print strings as JSON", e);
    }
  }
}
