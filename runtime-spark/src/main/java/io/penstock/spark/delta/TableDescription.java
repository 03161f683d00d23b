package io.penstock.spark.delta;

import java.util.Map;
import java.util.Optional;

/**
 * The comment and the properties by which people recognise a table.
 *
 * @param properties table properties, such as those of {@link TableProperties}; others that the
 *     table has stay as they are
 */
public record TableDescription(Optional<String> comment, Map<String, String> properties) {
  /** Changes nothing. */
  public static final TableDescription NONE = new TableDescription(Optional.empty(), Map.of());

  public TableDescription {
    properties = Map.copyOf(properties);
  }
}
