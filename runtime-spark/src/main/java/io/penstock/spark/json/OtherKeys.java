package io.penstock.spark.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.StringWriter;
import org.apache.spark.unsafe.types.UTF8String;

/** Gathers the keys of an object that aren't declared, as an object of their own. */
final class OtherKeys implements ObjectReader.Rest {
  /** Made for the first key: most objects have none. */
  private StringWriter text;

  private JsonGenerator generator;

  @Override
  public boolean take(String key, JsonParser parser) throws IOException {
    if (generator == null) {
      text = new StringWriter();
      generator = JsonObjects.FACTORY.createGenerator(text);
      generator.writeStartObject();
    }
    generator.writeFieldName(key);
    Documents.copy(parser, generator);
    return true;
  }

  /** The JSON text of the object; NULL if there was no such key. */
  UTF8String object() throws IOException {
    if (generator == null) {
      return null;
    }
    generator.writeEndObject();
    generator.close();
    return UTF8String.fromString(JsonTypes.wholeCharacters(text.toString()));
  }
}
