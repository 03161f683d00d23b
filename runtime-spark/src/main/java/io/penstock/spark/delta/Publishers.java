package io.penstock.spark.delta;

import io.penstock.spark.sql.PartitionValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The pipelines that published into a table, found by the units that they replaced: a table of
 * years has thousands of publications, and as many units may be asked for.
 */
final class Publishers {
  /** By the columns that a publication names, and by its values of these. */
  private final Map<List<String>, Map<List<String>, Set<String>>> byColumns = new HashMap<>();

  Publishers(Collection<UnitEpoch> publications) {
    for (UnitEpoch publication : publications) {
      Map<String, String> values = publication.unit().values();
      byColumns
          .computeIfAbsent(List.copyOf(values.keySet()), columns -> new HashMap<>())
          .computeIfAbsent(List.copyOf(values.values()), unit -> new TreeSet<>())
          .add(publication.unit().pipeline());
    }
  }

  /** Those that replaced any of some units, possibly by no rows, and possibly with others. */
  Set<String> of(List<List<PartitionValue>> units) {
    Set<String> found = new TreeSet<>();
    for (List<PartitionValue> unit : units) {
      Map<String, String> texts = UnitId.texts(unit);
      byColumns.forEach(
          (columns, published) -> {
            if (texts.keySet().containsAll(columns)) {
              List<String> values = new ArrayList<>();
              columns.forEach(column -> values.add(texts.get(column)));
              found.addAll(published.getOrDefault(values, Set.of()));
            }
          });
    }
    return found;
  }
}
