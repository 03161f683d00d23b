package io.penstock.spark.source;

import io.penstock.plan.Node;
import java.util.Optional;

/** Opens the sources of one compilation, whatever their kind. */
public interface SourceHandler {
  /**
   * Opens a source, and reads none of its rows.
   *
   * @return empty if its columns can't be determined, which is reported as a problem
   */
  Optional<OpenedInput> open(Node.Read node);
}
