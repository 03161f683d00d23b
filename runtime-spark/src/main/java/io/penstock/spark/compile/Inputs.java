package io.penstock.spark.compile;

import io.penstock.plan.Node;
import io.penstock.spec.DeltaSource;
import io.penstock.spec.FileSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Every source of a run, opened once. */
final class Inputs {
  private final DeltaInputs delta;
  private final FileInputs files;
  private final IdentityHashMap<Node.Read, Optional<OpenedInput>> opened = new IdentityHashMap<>();
  private final List<OpenedInput> inOrder = new ArrayList<>();

  Inputs(DeltaInputs delta, FileInputs files) {
    this.delta = delta;
    this.files = files;
  }

  /** The source of a node; empty when it could not be opened, for which a problem is noted. */
  Optional<OpenedInput> open(Node.Read node) {
    return opened.computeIfAbsent(node, this::openAnew);
  }

  /** Those opened so far. */
  List<OpenedInput> all() {
    return List.copyOf(inOrder);
  }

  private Optional<OpenedInput> openAnew(Node.Read node) {
    long start = System.nanoTime();
    Optional<OpenedInput> input =
        (node.source() instanceof DeltaSource source
                ? delta.open(node, source)
                : files.open(node, (FileSource) node.source()))
            .map(opened -> opened.openedWithin(Duration.ofNanos(System.nanoTime() - start)));
    input.ifPresent(inOrder::add);
    return input;
  }
}
