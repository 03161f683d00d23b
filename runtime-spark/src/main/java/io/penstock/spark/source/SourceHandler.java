package io.penstock.spark.source;

import io.penstock.plan.Node;
import java.util.Optional;

/** What the engine asks of the sources of one compilation, whatever their kinds. */
public interface SourceHandler {
  /**
   * Opens a source, and reads none of its rows.
   *
   * @return empty when its columns can't be known, for which a problem is noted
   */
  Optional<OpenedInput> open(Node.Read node);
}
