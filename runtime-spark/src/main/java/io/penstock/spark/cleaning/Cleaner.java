package io.penstock.spark.cleaning;

import io.penstock.engine.Cleaning;
import io.penstock.engine.Leftover;
import io.penstock.engine.Leftover.Kind;
import io.penstock.spark.export.ExportLeftovers;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.publication.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Looks through tables, exports and the notes of runs.
 *
 * <p>Who is alive can't be asked on a file system, so it goes by age: an attempt that is older than
 * {@link io.penstock.spark.publication.Publications#LONGEST_ATTEMPT} publishes nothing any more,
 * and what it wrote is not older than itself.
 */
public final class Cleaner {
  private final LakeRoot root;
  private final Configuration configuration;
  private final Function<Path, Set<Path>> named;
  private final Journal journal;
  private final Instant before;

  /**
   * @param named the files that the log of a table names
   * @param before what was changed since is left alone
   */
  public Cleaner(
      LakeRoot root,
      Configuration configuration,
      Function<Path, Set<Path>> named,
      Journal journal,
      Instant before) {
    this.root = root;
    this.configuration = configuration;
    this.named = named;
    this.journal = journal;
    this.before = before;
  }

  /** Looks through tables and exports, and through the notes of all runs. */
  public Cleaning everywhere(List<Path> tables, List<Path> exports) {
    List<Removable> found = new ArrayList<>(state().all());
    found.addAll(outputs(tables, exports));
    return new Found(found);
  }

  /** Looks through these tables and exports alone. */
  public Cleaning in(List<Path> tables, List<Path> exports) {
    return new Found(outputs(tables, exports));
  }

  private List<Removable> outputs(List<Path> tables, List<Path> exports) {
    StateLeftovers state = state();
    TableLeftovers data = new TableLeftovers(named, configuration, before);
    List<Removable> found = new ArrayList<>();
    for (Path table : tables) {
      found.addAll(data.in(table));
      state.temporaries(new Path(table, "_delta_log"), found);
    }
    for (Path export : exports) {
      ExportLeftovers versions = new ExportLeftovers(export, configuration, before);
      versions.find(export).forEach(old -> found.add(removable(versions, old)));
      state.temporaries(export, found);
    }
    return found;
  }

  private StateLeftovers state() {
    return new StateLeftovers(root, configuration, journal, before);
  }

  private static Removable removable(ExportLeftovers versions, ExportLeftovers.OldVersion old) {
    Kind kind = old.entry().isPresent() ? Kind.REPLACED_VERSION : Kind.UNPUBLISHED_VERSION;
    return new Removable(
        new Leftover(kind, old.version().toString(), old.bytes(), old.changed()),
        () -> versions.remove(old));
  }

  private record Found(List<Removable> removables) implements Cleaning {
    Found {
      removables =
          removables.stream()
              .sorted(Comparator.comparing(removable -> removable.leftover().path()))
              .toList();
    }

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
