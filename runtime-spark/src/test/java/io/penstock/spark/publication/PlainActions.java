package io.penstock.spark.publication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The actions of which an entry of a {@link PlainLog} is made, as Delta writes them. */
final class PlainActions {
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlainActions() {}

  /** What a new table says of itself: an id that no other has, and its properties. */
  static String metadata(Map<String, String> properties) {
    ObjectNode action = JSON.createObjectNode();
    ObjectNode fields = action.putObject("metaData");
    fields.put("id", UUID.randomUUID().toString());
    fields.putArray("partitionColumns").add("day");
    fields.put("schemaString", "line STRING");
    ObjectNode configuration = fields.putObject("configuration");
    properties.forEach(configuration::put);
    return action.toString();
  }

  /** What a table said of itself at another version. */
  static String metadata(JsonNode of) {
    return JSON.createObjectNode().set("metaData", of).toString();
  }

  /** What a table says of itself, with further properties. */
  static JsonNode with(JsonNode metadata, Map<String, String> properties) {
    ObjectNode described = metadata.deepCopy();
    properties.forEach(((ObjectNode) described.get("configuration"))::put);
    return described;
  }

  /** The properties of a table. */
  static Map<String, String> properties(JsonNode metadata) {
    Map<String, String> properties = new TreeMap<>();
    JsonNode configuration = metadata.get("configuration");
    configuration
        .fieldNames()
        .forEachRemaining(name -> properties.put(name, configuration.get(name).textValue()));
    return properties;
  }

  static String protocol() {
    ObjectNode action = JSON.createObjectNode();
    action.putObject("protocol").put("minReaderVersion", 1).put("minWriterVersion", 2);
    return action.toString();
  }

  /** A commit by an attempt. */
  static String stamped(String stamp) {
    ObjectNode action = JSON.createObjectNode();
    action.putObject("commitInfo").put("operation", "WRITE").put("userMetadata", stamp);
    return action.toString();
  }

  /** A commit by somebody else. */
  static String operation(String name) {
    ObjectNode action = JSON.createObjectNode();
    action.putObject("commitInfo").put("operation", name);
    return action.toString();
  }

  static String txn(String application, long version) {
    ObjectNode action = JSON.createObjectNode();
    action.putObject("txn").put("appId", application).put("version", version);
    return action.toString();
  }

  /** A file of a day, as the log names it. */
  static String add(String file, String day, byte[] content) {
    ObjectNode action = JSON.createObjectNode();
    ObjectNode fields = action.putObject("add");
    fields.put("path", file);
    fields.putObject("partitionValues").put("day", day);
    fields.put("size", content.length);
    fields.put("modificationTime", 0);
    fields.put("dataChange", true);
    long lines =
        Arrays.stream(new String(content, UTF_8).split("\n"))
            .filter(line -> !line.isEmpty())
            .count();
    fields.put("stats", "{\"numRecords\":" + lines + "}");
    return action.toString();
  }

  /** A file that was in the table once is in it again, and its rows with it. */
  static String addAgain(JsonNode file) {
    ObjectNode again = file.deepCopy();
    again.put("dataChange", true);
    return JSON.createObjectNode().set("add", again).toString();
  }

  /** A file that holds what others held. */
  static String rewritten(String file, String day, byte[] content) {
    ObjectNode action = (ObjectNode) parse(add(file, day, content));
    ((ObjectNode) action.get("add")).put("dataChange", false);
    return action.toString();
  }

  /**
   * A file leaves the table.
   *
   * @param change whether its rows do, too: not so when they lie in another file from now on
   */
  static String remove(JsonNode file, Change change) {
    ObjectNode action = JSON.createObjectNode();
    ObjectNode fields = action.putObject("remove");
    fields.put("path", file.get("path").textValue());
    fields.set("partitionValues", file.get("partitionValues"));
    fields.put("dataChange", change == Change.OF_ROWS);
    return action.toString();
  }

  /** What a change of files is. */
  enum Change {
    OF_ROWS,
    OF_FILES
  }

  /** The day of a file. */
  static String day(JsonNode file) {
    return file.at("/partitionValues/day").textValue();
  }

  /** The JSON of an action. */
  static JsonNode parse(String action) {
    try {
      return JSON.readTree(action);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
