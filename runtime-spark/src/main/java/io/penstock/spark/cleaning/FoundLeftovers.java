package io.penstock.spark.cleaning;

import io.penstock.engine.Cleaning.Skipped;
import io.penstock.engine.FailureKind;
import io.penstock.engine.Leftover;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.failures.Failures;
import io.penstock.spark.publication.UnfinishedPublication;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hadoop.fs.Path;

/** The leftovers of a lake, with what was skipped and the unfinished publications. */
public final class FoundLeftovers {
  /** Failures that end the program, whatever was searched. */
  private static final Set<FailureKind> FATAL =
      Set.of(FailureKind.STOPPED, FailureKind.OUT_OF_MEMORY);

  private final List<Removable> removables = new ArrayList<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private final List<UnfinishedPublication> unfinished = new ArrayList<>();

  /** Adds a leftover that can be removed. */
  public void add(Leftover leftover, Runnable removal) {
    removables.add(new Removable(leftover, removal));
  }

  void add(Removable found) {
    removables.add(found);
  }

  void add(UnfinishedPublication publication) {
    unfinished.add(publication);
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

  /** As {@link io.penstock.engine.Cleaning#leftovers}. */
  public List<Leftover> leftovers() {
    return inOrder().stream().map(Removable::leftover).toList();
  }

  /** As {@link io.penstock.engine.Cleaning#skipped}. */
  public List<Skipped> skipped() {
    return skipped.stream().sorted(Comparator.comparing(Skipped::path)).toList();
  }

  /** As {@link io.penstock.engine.Cleaning#unfinished}. */
  public List<UnfinishedPublication> unfinished() {
    return List.copyOf(unfinished);
  }

  /** As {@link io.penstock.engine.Cleaning#remove}. */
  public void remove() {
    inOrder().forEach(removable -> removable.removal().run());
  }

  private List<Removable> inOrder() {
    return removables.stream()
        .sorted(Comparator.comparing(removable -> removable.leftover().path()))
        .toList();
  }
}
