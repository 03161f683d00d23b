package io.penstock.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.util.GenericArrayData;

/** Reads arrays. */
final class ArrayReader implements JsonValueReader {
  private final JsonValueReader elements;

  ArrayReader(JsonValueReader elements) {
    this.elements = elements;
  }

  @Override
  public Object read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw DefectException.ofValue("is not an ARRAY");
    }
    List<Object> values = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      try {
        values.add(JsonTypes.nullable(elements, parser));
      } catch (DefectException e) {
        throw e.below("[" + values.size() + "]");
      }
    }
    return new GenericArrayData(values.toArray());
  }

  @Override
  public void countUnknown() {
    elements.countUnknown();
  }

  @Override
  public List<String> neverFound() {
    return elements.neverFound().stream().map(path -> "[]" + path).toList();
  }
}
