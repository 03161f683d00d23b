package io.penstock.spark.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.penstock.spec.UnknownKeys.Treatment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Reads objects with declared keys; what happens to others is up to the source. It remembers which
 * of the declared keys any object of the file had, since a key that none has is rather a wrong
 * name.
 */
final class ObjectReader implements JsonValueReader {
  private static final int MOST_KNOWN_KEYS = 10_000;

  /** More than any table has columns: of each the reader keeps the name. */
  private static final int MOST_KEYS = 100_000;

  private static final int LONGEST_SHOWN = 100;

  private final String path;
  private final JsonRules rules;
  private final StructField[] fields;
  private final JsonValueReader[] readers;
  private final Map<String, Integer> positions = new HashMap<>();
  private final Map<String, Integer> positionsInLowerCase = new HashMap<>();
  private final Map<String, Key> knownKeys = new HashMap<>();

  /** The keys of the latest object, in its order, which is mostly that of the next one, too. */
  private final List<Key> keysInOrder = new ArrayList<>();

  private final boolean[] everFound;
  private boolean anyObject;
  private long objects;

  /**
   * @param path of the object below the one of the record; empty for that one
   */
  ObjectReader(StructType type, String path, JsonRules rules) {
    this.path = path;
    this.rules = rules;
    this.fields = type.fields();
    this.readers = new JsonValueReader[fields.length];
    this.everFound = new boolean[fields.length];
    for (int i = 0; i < fields.length; i++) {
      readers[i] = JsonTypes.of(fields[i].dataType(), below(fields[i].name()), rules);
      positions.put(rules.declared().comparable(fields[i].name()), i);
      positionsInLowerCase.put(fields[i].name().toLowerCase(Locale.ROOT), i);
    }
  }

  private String below(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  @Override
  public Object read(JsonParser parser) throws IOException {
    Object[] values = new Object[fields.length];
    read(parser, values, Rest.NONE);
    return new GenericInternalRow(values);
  }

  /**
   * Reads the object at which the parser is.
   *
   * @param values whose beginning takes the values of the declared keys
   * @param rest takes those of others
   */
  void read(JsonParser parser, Object[] values, Rest rest) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw DefectException.ofValue("is not a STRUCT");
    }
    objects++;
    if (!anyObject) {
      anyObject = true;
      rules.notes().add(() -> anyObject = false);
    }
    if (knownKeys.size() > MOST_KNOWN_KEYS) {
      // Objects may have any number of keys, such as ids.
      countOtherKeys();
      knownKeys.clear();
      keysInOrder.clear();
    }
    boolean[] found = new boolean[fields.length];
    String[] otherCase = null;
    int keys = 0;
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      Key key = key(parser.currentName(), keys);
      keys++;
      if (keys > MOST_KEYS) {
        throw DefectException.ofObject("it has more than 100,000 keys");
      }
      parser.nextToken();
      if (key.position < 0) {
        otherCase = passOther(key, parser, otherCase, rest);
      } else if (found[key.position]) {
        throw Documents.usedTwice();
      } else {
        found[key.position] = true;
        if (!everFound[key.position]) {
          everFound[key.position] = true;
          rules.notes().add(() -> everFound[key.position] = false);
        }
        values[key.position] = value(key.position, parser);
      }
    }
    for (int i = 0; i < fields.length; i++) {
      if (!found[i]) {
        requireAbsentRightly(i, otherCase == null ? null : otherCase[i]);
      }
    }
  }

  /**
   * The key of a name.
   *
   * @param number of the key in its object, from 0
   */
  private Key key(String name, int number) {
    if (number < keysInOrder.size()) {
      Key expected = keysInOrder.get(number);
      // The parser gives equal names as the same string.
      if (expected.isNamed(name)) {
        return expected;
      }
    }
    Key key = knownKeys.get(name);
    if (key == null) {
      key =
          new Key(
              name,
              positions.getOrDefault(rules.declared().comparable(name), -1),
              positionsInLowerCase.getOrDefault(name.toLowerCase(Locale.ROOT), -1));
      knownKeys.put(name, key);
    }
    if (number < keysInOrder.size()) {
      keysInOrder.set(number, key);
    } else if (number == keysInOrder.size()) {
      keysInOrder.add(key);
    }
    return key;
  }

  private Object value(int position, JsonParser parser) throws IOException {
    try {
      Object value = JsonTypes.nullable(readers[position], parser);
      if (value == null && !fields[position].nullable()) {
        throw DefectException.ofValue("has no value and is declared NOT NULL");
      }
      return value;
    } catch (DefectException e) {
      throw e.below(fields[position].name());
    }
  }

  /**
   * Passes a key that isn't declared, and its value.
   *
   * @param otherCase the keys so far that differ from declared ones in case alone, by their
   *     positions; null when there were none
   */
  private String[] passOther(Key key, JsonParser parser, String[] otherCase, Rest rest)
      throws IOException {
    if (key.lastObject == objects) {
      throw Documents.usedTwice();
    }
    key.lastObject = objects;
    if (rules.declared().unknown() == Treatment.REFUSE) {
      throw DefectException.ofObject("its key '" + shown(below(key.name)) + "' isn't declared");
    }
    if (!rest.take(key.name, parser)) {
      key.leftOut++;
      rules.notes().add(key);
      Documents.skip(parser);
    }
    if (key.similar < 0) {
      return otherCase;
    }
    String[] all = otherCase == null ? new String[fields.length] : otherCase;
    all[key.similar] = key.name;
    return all;
  }

  private static String shown(String key) {
    return key.length() > LONGEST_SHOWN ? key.substring(0, LONGEST_SHOWN) + "…" : key;
  }

  private void requireAbsentRightly(int position, String otherCase) {
    String name = fields[position].name();
    if (otherCase != null) {
      throw DefectException.ofValue("is absent, and there is a key '" + otherCase + "'")
          .below(name);
    }
    if (!fields[position].nullable() && !rules.declared().isOptional(below(name))) {
      throw DefectException.ofValue("is absent and declared NOT NULL").below(name);
    }
  }

  @Override
  public void countUnknown() {
    countOtherKeys();
    for (JsonValueReader reader : readers) {
      reader.countUnknown();
    }
  }

  private void countOtherKeys() {
    knownKeys.forEach(
        (name, key) -> {
          if (key.leftOut > 0) {
            rules.unknown().found(below(name), key.leftOut);
            key.leftOut = 0;
          }
        });
  }

  @Override
  public List<String> neverFound() {
    List<String> names = new ArrayList<>();
    for (int i = 0; anyObject && i < fields.length; i++) {
      String name = fields[i].name();
      if (everFound[i] || rules.declared().isOptional(below(name))) {
        readers[i].neverFound().forEach(below -> names.add("." + name + below));
      } else {
        names.add("." + name);
      }
    }
    return names;
  }

  /** Takes the keys that aren't declared. */
  interface Rest {
    /** Takes none. */
    Rest NONE = (key, parser) -> false;

    /** Whether it takes a key; the parser is at its value then, or else at the value's end. */
    boolean take(String key, JsonParser parser) throws IOException;
  }

  /** A key that some object had. */
  private final class Key implements ObjectNotes.Note {
    private final String name;

    /** Of the column that it is declared as; below zero if it isn't. */
    private final int position;

    /** Of the declared key that differs in case at most; below zero if there is none. */
    private final int similar;

    /** Where it isn't declared, the number of the latest object that had it. */
    private long lastObject;

    /** The objects that had it and in which it was left out, as far as they aren't counted. */
    private long leftOut;

    Key(String name, int position, int similar) {
      this.name = name;
      this.position = position;
      this.similar = similar;
    }

    @Override
    public void takeBack() {
      if (knownKeys.get(name) == this) {
        leftOut--;
      } else {
        // It was counted when the known keys had become too many.
        rules.unknown().found(below(name), -1);
      }
    }

    /** Whether this is its name, by the string's identity. */
    @SuppressWarnings({"ReferenceEquality", "StringEquality"})
    boolean isNamed(String other) {
      return name == other;
    }
  }
}
