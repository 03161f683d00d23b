package io.penstock.jobs.plan;

import io.penstock.engine.Lake;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What some tasks read and the lake holds. The lake is asked once for each table, whatever the
 * number of tasks: opening a table costs more than looking up a unit of it.
 */
final class Presence {
  /** A table, and the units that are asked for of it. */
  private record Asked(LakePath path, Partition partition) {
    static Asked of(TaskInput input) {
      return new Asked(input.path(), input.source().window().orElseThrow().partition());
    }
  }

  private final Map<Asked, Set<Interval>> missing = new HashMap<>();
  private final Map<LakePath, Boolean> present = new HashMap<>();

  private Presence() {}

  /** Asks the lake for all of these inputs that are tables; it can't tell of others. */
  static Presence of(Collection<TaskInput> inputs, Lake lake) {
    Presence presence = new Presence();
    Map<Asked, Set<Interval>> units = new HashMap<>();
    for (TaskInput input : inputs) {
      if (!input.source().isTable()) {
        continue;
      }
      if (input.isWhole()) {
        presence.present.computeIfAbsent(input.path(), lake::isPresent);
      } else {
        units
            .computeIfAbsent(Asked.of(input), asked -> new LinkedHashSet<>())
            .addAll(input.units());
      }
    }
    units.forEach(
        (asked, all) ->
            presence.missing.put(
                asked,
                new HashSet<>(
                    lake.missingUnits(asked.path(), asked.partition(), List.copyOf(all)))));
    return presence;
  }

  /** Whether an input that is read as a whole is there. */
  boolean isWhole(TaskInput input) {
    return present.getOrDefault(input.path(), false);
  }

  /** The units of an input that are not there, in the order in which it names them. */
  List<Interval> missingUnits(TaskInput input) {
    if (!input.source().isTable()) {
      return input.units();
    }
    Set<Interval> absent = missing.getOrDefault(Asked.of(input), Set.of());
    return input.units().stream().filter(absent::contains).toList();
  }
}
