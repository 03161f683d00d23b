package io.penstock.spark.delta;

import java.util.Map;
import java.util.Optional;

/**
 * What a table says of itself to people who find it.
 *
 * @param properties table properties, such as those of {@link TableProperties}; others that the
 *     table has stay as they are
 */
public record TableDescription(Optional<String> comment, Map<String, String> properties) {
  /** Nothing to say: what the table says already stays. */
  public static final TableDescription NONE = new TableDescription(Optional.empty(), Map.of());

  public TableDescription {
    properties = Map.copyOf(properties);
  }
}
