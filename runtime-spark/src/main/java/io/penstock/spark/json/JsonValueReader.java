package io.penstock.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.List;

/** Reads a value that isn't null, as Spark's internal rows hold it. */
@FunctionalInterface
interface JsonValueReader {
  /**
   * The value that begins at the parser's current token, which is at its last token afterwards.
   *
   * @throws DefectException if it isn't a value of the type
   */
  Object read(JsonParser parser) throws IOException;

  /** Counts the keys that aren't declared of the objects that were read. */
  default void countUnknown() {}

  /**
   * The declared keys that none of the objects had that were read, as paths below this value: a key
   * that no object has is rather a wrong name.
   */
  default List<String> neverFound() {
    return List.of();
  }
}
