package io.penstock.samples.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;

/**
 * A command that has ended.
 *
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
public record Ended(int exitCode, String out, String err) {

  /** Requires this exit code. */
  public Ended with(int expected) {
    assertThat(exitCode).as("exit code of a command that said%n%s%s", out, err).isEqualTo(expected);
    return this;
  }

  /** Requires success. */
  public Ended well() {
    return with(0);
  }

  /** The lines of stdout, each a JSON document; the last one is a summary if there are several. */
  public List<JsonNode> lines() {
    return out.lines().map(Ended::json).toList();
  }

  /** The only line of a command that ran one task. */
  public JsonNode line() {
    assertThat(lines()).hasSize(1);
    return lines().get(0);
  }

  /** A JSON document. */
  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new AssertionError("Not JSON: " + text, e);
    }
  }
}
