package io.penstock.spark.json;

/** Looks for the brace that closes an object, part by part. */
final class ObjectEnd {
  private int depth;
  private boolean inString;
  private int at;

  /**
   * Goes on looking.
   *
   * @param offset of the object in the bytes
   * @param reached how many of its bytes are there
   */
  void lookAt(byte[] bytes, int offset, int reached) {
    int stop = offset + reached;
    int i = offset + at;
    while (i < stop) {
      byte b = bytes[i];
      i++;
      if (inString) {
        while (b != '"' && b != '\\' && i < stop) {
          b = bytes[i];
          i++;
        }
        if (b == '"') {
          inString = false;
        } else if (b == '\\') {
          // What is escaped may be a quote.
          i++;
        }
      } else if (b == '"') {
        inString = true;
      } else if (b == '{') {
        depth++;
      } else if (b == '}') {
        depth--;
        if (depth == 0) {
          break;
        }
      }
    }
    at = i - offset;
  }

  /** How many bytes it has looked at; the object's length once its end is found. */
  int looked() {
    return at;
  }

  boolean isFound() {
    return at > 0 && depth == 0;
  }
}
