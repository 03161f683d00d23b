package io.penstock.spark.cleaning;

import io.penstock.engine.Cleaning;
import io.penstock.engine.FailureKind;
import io.penstock.engine.Leftover;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.UnfinishedRun;
import io.penstock.spark.failures.Failures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/** The leftovers of a lake, with what was skipped and the unfinished publications. */
public final class FoundLeftovers implements Cleaning {
  /** Failures that end the program, whatever was searched. */
  private static final Set<FailureKind> FATAL =
      Set.of(FailureKind.STOPPED, FailureKind.OUT_OF_MEMORY);

  private final List<Removable> removables = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final List<UnfinishedRun> unfinished = new ArrayList<>();

  /** Adds a leftover that can be removed. */
  public void add(Leftover leftover, Runnable removal) {
    removables.add(new Removable(leftover, removal));
  }

  void add(Removable found) {
    removables.add(found);
  }

  void add(UnfinishedRun run) {
    unfinished.add(run);
  }

  /** Searches one subject. If that fails, the subject is skipped and others can be cleaned up. */
  void findOrSkip(Path subject, Consumer<FoundLeftovers> search) {
    try {
      FoundLeftovers seen =
          Failures.classified(
              () -> {
                FoundLeftovers all = new FoundLeftovers();
                search.accept(all);
                return all;
              });
      removables.addAll(seen.removables);
      unfinished.addAll(seen.unfinished);
    } catch (RunFailedException e) {
      if (FATAL.contains(e.failure().kind())) {
        throw e;
      }
      skipped.add(new Skipped(subject.toString(), e.failure()));
    }
  }

  @Override
  public List<Leftover> leftovers() {
    return inOrder().stream().map(Removable::leftover).toList();
  }

  @Override
  public List<Skipped> skipped() {
    return skipped.stream().sorted(Comparator.comparing(Skipped::path)).toList();
  }

  @Override
  public List<UnfinishedRun> unfinished() {
    return List.copyOf(unfinished);
  }

  @Override
  public void remove() {
    Failures.classified(
        () -> {
          inOrder().forEach(removable -> removable.removal().run());
          return removables;
        });
  }

  private List<Removable> inOrder() {
    return removables.stream()
        .sorted(Comparator.comparing(removable -> removable.leftover().path()))
        .toList();
  }
}
