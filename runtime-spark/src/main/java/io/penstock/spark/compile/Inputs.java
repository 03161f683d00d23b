package io.penstock.spark.compile;

import io.penstock.engine.RunReport;
import io.penstock.plan.Node;
import io.penstock.spark.source.OpenedInput;
import io.penstock.spark.source.SourceHandler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Opens every source of a compilation once. */
final class Inputs {
  private final SourceHandler sources;
  private final IdentityHashMap<Node.Read, Optional<Opened>> opened = new IdentityHashMap<>();
  private final List<Opened> inOrder = new ArrayList<>();

  Inputs(SourceHandler sources) {
    this.sources = sources;
  }

  /**
   * An opened input.
   *
   * @param opening how long it took to open it
   */
  record Opened(OpenedInput input, Duration opening) {
    RunReport.Input report() {
      return new RunReport.Input(
          input.description().name(),
          input.description().version(),
          input.rowsRead(),
          input.description().files(),
          input.description().bytes(),
          opening.toMillis(),
          input.digest(),
          input.unknownKeys(),
          input.description().absent());
    }
  }

  /** The input of a node; empty when it can't be opened, which is reported as a problem. */
  Optional<OpenedInput> open(Node.Read node) {
    return opened.computeIfAbsent(node, this::openAnew).map(Opened::input);
  }

  /** The inputs that are opened so far. */
  List<Opened> all() {
    return List.copyOf(inOrder);
  }

  private Optional<Opened> openAnew(Node.Read node) {
    long start = System.nanoTime();
    Optional<Opened> input =
        sources
            .open(node)
            .map(found -> new Opened(found, Duration.ofNanos(System.nanoTime() - start)));
    input.ifPresent(inOrder::add);
    return input;
  }
}
