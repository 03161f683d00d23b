package io.penstock.spark.publication;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.penstock.spark.sql.PartitionValue;
import java.io.IOException;
import java.util.Map;
import org.apache.spark.sql.types.DataType;

/** Journal entries as JSON. */
final class JournalJson {
  private final ObjectMapper mapper =
      new ObjectMapper()
          .registerModules(
              new Jdk8Module(),
              new JavaTimeModule(),
              new SimpleModule()
                  .addSerializer(PartitionValue.class, new ValueWriter())
                  .addDeserializer(PartitionValue.class, new ValueReader()))
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

  /**
   * @param sinks what an entry holds of an output, by the name of its kind
   */
  JournalJson(Map<String, Class<? extends JournalledSink>> sinks) {
    sinks.forEach((name, type) -> mapper.registerSubtypes(new NamedType(type, name)));
  }

  byte[] write(JournalEntry entry) {
    try {
      return mapper.writeValueAsBytes(JournalDocument.of(entry));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Cannot print a record of plain values as JSON", e);
    }
  }

  JournalEntry read(byte[] json) throws IOException {
    JournalDocument document = mapper.readValue(json, JournalDocument.class);
    try {
      return document.entry();
    } catch (RuntimeException e) {
      throw new IOException("a part of it is missing, or is none that an entry has", e);
    }
  }

  /** A value with its type: without it the text could be of several. */
  private static final class ValueWriter extends JsonSerializer<PartitionValue> {
    @Override
    public void serialize(PartitionValue value, JsonGenerator json, SerializerProvider provider)
        throws IOException {
      json.writeStartObject();
      json.writeStringField("column", value.column());
      json.writeStringField("type", value.type().sql());
      json.writeStringField("text", value.text());
      json.writeEndObject();
    }
  }

  private static final class ValueReader extends JsonDeserializer<PartitionValue> {
    @Override
    public PartitionValue deserialize(JsonParser parser, DeserializationContext context)
        throws IOException {
      JsonNode json = parser.readValueAsTree();
      return PartitionValue.parse(
          json.required("column").textValue(),
          DataType.fromDDL(json.required("type").textValue()),
          json.required("text").textValue());
    }
  }
}
