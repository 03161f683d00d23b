package io.penstock.spark.delta;

import java.util.Objects;

/**
 * Which attempt published a unit.
 *
 * @param epoch of the attempt; a later attempt of the same task has a higher one
 */
public record UnitEpoch(UnitId unit, long epoch) {
  public UnitEpoch {
    Objects.requireNonNull(unit, "unit");
    if (epoch < 0) {
      throw DeltaErrors.negativeEpoch(unit, epoch);
    }
  }
}
