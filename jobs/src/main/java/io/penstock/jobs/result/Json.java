package io.penstock.jobs.result;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;

/** Makes JSON of records: their components are its fields, in their order. */
public final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper().registerModule(new Jdk8Module());

  private Json() {}

  /** A record as an object. */
  public static ObjectNode object(Record document) {
    return MAPPER.valueToTree(document);
  }

  /** A document for a file or for stdout, with a line feed at the end. */
  public static String pretty(Object document) {
    return MAPPER.valueToTree(document).toPrettyString() + "\n";
  }
}
