package io.penstock.spark.sink;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Written files that a check refused: enough to look at them from another process.
 *
 * @param json with the sink's path in the lake, its format, and what its kind needs
 */
public record RejectedOutput(JsonNode json) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What is there whatever the kind, and one list at least of what its kind needs. */
  public RejectedOutput {
    boolean whole =
        json.path("path").isTextual() && json.path("format").isTextual() && hasList(json);
    if (!whole) {
      throw new IllegalArgumentException("Cannot use an output without path, format and a list.");
    }
  }

  private static boolean hasList(JsonNode json) {
    for (JsonNode field : json) {
      if (field.isArray()) {
        return true;
      }
    }
    return false;
  }

  /**
   * An output.
   *
   * @param field what its kind needs, by name
   */
  public static RejectedOutput of(String path, String format, String field, Object value) {
    ObjectNode json = JSON.createObjectNode();
    json.put("path", path);
    json.put("format", format);
    json.set(field, JSON.valueToTree(value));
    return new RejectedOutput(json);
  }

  /** The sink's path in the lake. */
  public String path() {
    return json.required("path").textValue();
  }

  public String format() {
    return json.required("format").textValue();
  }
}
