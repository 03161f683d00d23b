package io.penstock.spark.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.penstock.spark.sink.RejectedOutput;
import java.util.List;

/**
 * What checks refused in one run, as it is stored in the lake. Reading: a version that this release
 * doesn't know is refused; before version 1 there were the outputs alone, as an array.
 */
record RejectedDocument(
    @JsonProperty("rejectedVersion") int version, List<RejectedOutput> outputs) {
  private static final int VERSION = 1;

  RejectedDocument {
    if (version != VERSION) {
      throw RunFailures.unknownRejectedVersion(version, VERSION);
    }
    outputs = List.copyOf(outputs);
  }

  RejectedDocument(List<RejectedOutput> outputs) {
    this(VERSION, outputs);
  }

  /** The current form of a document from before version 1. */
  static JsonNode upgraded(JsonNode outputs) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("rejectedVersion", VERSION)
        .set("outputs", outputs);
  }
}
