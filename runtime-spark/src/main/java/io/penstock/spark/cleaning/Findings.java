package io.penstock.spark.cleaning;

import io.penstock.engine.Cleaning;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.Leftover;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.run.Failures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.hadoop.fs.Path;

/** What is found, while a lake is looked through. */
final class Findings {
  /** What ends the whole program is no fault of what it was looking at. */
  private static final Set<FailureKind> OF_THE_PROGRAM =
      Set.of(FailureKind.STOPPED, FailureKind.OUT_OF_MEMORY);

  private final List<Removable> removables = new ArrayList<>();
  private final List<Cleaning.Skipped> skipped = new ArrayList<>();

  void add(List<Removable> found) {
    removables.addAll(found);
  }

  /** One output that can't be looked through doesn't keep the others from being cleaned up. */
  void addUnlessItFails(Path output, Supplier<List<Removable>> look) {
    try {
      add(Failures.classified(look));
    } catch (RunFailedException e) {
      Failure failure = e.failure();
      if (OF_THE_PROGRAM.contains(failure.kind())) {
        throw e;
      }
      skipped.add(new Cleaning.Skipped(output.toString(), failure));
    }
  }

  Cleaning cleaning() {
    return new Found(
        removables.stream()
            .sorted(Comparator.comparing(removable -> removable.leftover().path()))
            .toList(),
        skipped.stream().sorted(Comparator.comparing(Cleaning.Skipped::path)).toList());
  }

  private record Found(List<Removable> removables, List<Skipped> skipped) implements Cleaning {
    @Override
    public List<Leftover> leftovers() {
      return removables.stream().map(Removable::leftover).toList();
    }

    @Override
    public void remove() {
      removables.forEach(removable -> removable.removal().run());
    }
  }
}
