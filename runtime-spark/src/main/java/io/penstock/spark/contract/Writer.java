package io.penstock.spark.contract;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A pipeline that writes an output, and the part of the output that it writes.
 *
 * @param pipeline its name
 * @param bindings the partition values to which it is restricted, by column; none if it may write
 *     everything
 */
public record Writer(String pipeline, SortedMap<String, String> bindings)
    implements Comparable<Writer> {
  public Writer {
    if (pipeline.isBlank()) {
      throw ContractErrors.unnamedWriter();
    }
    bindings = Collections.unmodifiableSortedMap(new TreeMap<>(bindings));
  }

  /** A pipeline that writes all of an output. */
  public static Writer ofEverything(String pipeline) {
    return new Writer(pipeline, Collections.emptySortedMap());
  }

  /** The same pipeline, restricted to a value of one more column. */
  public Writer restrictedTo(String column, String value) {
    SortedMap<String, String> more = new TreeMap<>(bindings);
    more.put(column, value);
    return new Writer(pipeline, more);
  }

  /** Whether both may write the same row, because no column keeps them apart. */
  public boolean overlaps(Writer other) {
    return bindings.entrySet().stream()
        .noneMatch(
            bound -> {
              String theirs = other.bindings.get(bound.getKey());
              return theirs != null && !theirs.equals(bound.getValue());
            });
  }

  /**
   * An id without spaces, {@code sales} or {@code sales:country=DE/…}: columns in alphabetical
   * order, each part URL-encoded.
   */
  public String id() {
    String bound =
        bindings.entrySet().stream()
            .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
            .collect(joining("/"));
    return encode(pipeline) + (bound.isEmpty() ? "" : ":" + bound);
  }

  /**
   * The writer that an id names.
   *
   * @throws UnreadableContractException when it is no id
   */
  static Writer parse(String id) {
    String[] parts = id.split(":", -1);
    SortedMap<String, String> bindings = new TreeMap<>();
    if (parts.length > 2 || parts[0].isBlank()) {
      throw ContractErrors.damaged("'" + id + "' names no writer");
    }
    if (parts.length == 2) {
      for (String binding : parts[1].split("/", -1)) {
        String[] columnAndValue = binding.split("=", -1);
        if (columnAndValue.length != 2 || columnAndValue[0].isEmpty()) {
          throw ContractErrors.damaged("'" + id + "' names no writer");
        }
        bindings.put(decode(columnAndValue[0]), decode(columnAndValue[1]));
      }
    }
    String pipeline = decode(parts[0]);
    if (pipeline.isBlank()) {
      throw ContractErrors.damaged("'" + id + "' names no writer");
    }
    return new Writer(pipeline, bindings);
  }

  /** What it writes, for users. */
  public String extent() {
    return bindings.isEmpty()
        ? "everything"
        : bindings.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(joining(", "));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, UTF_8);
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw ContractErrors.damaged("'" + text + "' is not URL-encoded");
    }
  }

  @Override
  public int compareTo(Writer other) {
    return id().compareTo(other.id());
  }

  /** For users: {@code 'sales'}, or {@code 'sales' (country=DE)}. */
  @Override
  public String toString() {
    return "'" + pipeline + "'" + (bindings.isEmpty() ? "" : " (" + extent() + ")");
  }
}
