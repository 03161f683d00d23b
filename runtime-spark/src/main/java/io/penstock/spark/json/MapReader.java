package io.penstock.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.util.ArrayBasedMapData;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.unsafe.types.UTF8String;

/** Reads objects with any keys as maps. */
final class MapReader implements JsonValueReader {
  private final JsonValueReader values;

  MapReader(JsonValueReader values) {
    this.values = values;
  }

  @Override
  public Object read(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw DefectException.ofValue("is not a MAP");
    }
    Set<String> names = new HashSet<>();
    List<Object> keys = new ArrayList<>();
    List<Object> read = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = wholeCharacters(parser.currentName());
      if (!names.add(key)) {
        throw DefectException.ofValue("has a key that is used twice");
      }
      keys.add(UTF8String.fromString(key));
      parser.nextToken();
      try {
        read.add(JsonTypes.nullable(values, parser));
      } catch (DefectException e) {
        // Keys are content, which no message may hold.
        throw e.below("[]");
      }
    }
    return new ArrayBasedMapData(
        new GenericArrayData(keys.toArray()), new GenericArrayData(read.toArray()));
  }

  @Override
  public void countUnknown() {
    values.countUnknown();
  }

  private static String wholeCharacters(String name) {
    try {
      return JsonTypes.wholeCharacters(name);
    } catch (DefectException e) {
      throw DefectException.ofValue("has a key that holds half a surrogate pair");
    }
  }
}
