package io.penstock.dsl;

import io.penstock.spec.DeltaSink;
import io.penstock.spec.DeltaSource;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import io.penstock.spec.Source;
import io.penstock.spec.Window;
import java.util.List;
import java.util.Optional;

/** A Delta table in the lake: a source by what is read of it, a sink by what is replaced in it. */
public record LakeTable(LakePath path) {

  /** One unit's worth: the units of the table that the run's unit covers. */
  public DeltaSource partition(Partition partition) {
    return partition(partition.unit());
  }

  /** The units of a window. */
  public DeltaSource partition(Window window) {
    return new DeltaSource(path, Optional.of(window), Source.WhenMissing.FAIL, Optional.empty());
  }

  /** The whole table. */
  public DeltaSource whole() {
    return new DeltaSource(path, Optional.empty(), Source.WhenMissing.FAIL, Optional.empty());
  }

  /**
   * The whole table; without rows, when it is not there and its columns are declared: {@code
   * delta("mart/totals").orEmpty().schema("day DATE, total BIGINT")}.
   */
  public DeltaSource orEmpty() {
    return whole().orEmpty();
  }

  /** A run replaces its unit of the table. */
  public DeltaSink overwrite(Partition partition) {
    return sink(Optional.of(partition));
  }

  /** A run replaces the whole table. */
  public DeltaSink overwrite() {
    return sink(Optional.empty());
  }

  private DeltaSink sink(Optional<Partition> partition) {
    return new DeltaSink(path, partition, DeltaSink.WhenColumnsAreNew.REFUSE, List.of());
  }
}
