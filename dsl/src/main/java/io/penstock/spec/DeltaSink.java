package io.penstock.spec;

import java.util.List;
import java.util.Optional;

/** A Delta table of which a run replaces units, or the whole. */
public record DeltaSink(
    LakePath path,
    Optional<Partition> partition,
    WhenColumnsAreNew whenColumnsAreNew,
    List<Expectation> expectations)
    implements Sink {

  /** What to do about columns that the table doesn't have. */
  public enum WhenColumnsAreNew {
    /** A problem that prints both schemas and the {@code ALTER TABLE}. */
    REFUSE,
    /** Nullable ones are added to the table by the commit that publishes their first rows. */
    ADD
  }

  public DeltaSink {
    expectations = List.copyOf(expectations);
  }

  /** The same sink, with nullable columns added to the table when the rows bring them. */
  public DeltaSink allowNewColumns() {
    return new DeltaSink(path, partition, WhenColumnsAreNew.ADD, expectations);
  }

  /** The same sink, with more checks on what was written. */
  public DeltaSink expect(Expectation... more) {
    return new DeltaSink(
        path, partition, whenColumnsAreNew, Expectation.joined(expectations, more));
  }

  @Override
  public Optional<CsvForm> csvForm() {
    return Optional.empty();
  }

  @Override
  public String options() {
    return whenColumnsAreNew == WhenColumnsAreNew.ADD ? "allowNewColumns" : "";
  }

  @Override
  public String format() {
    return "delta";
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visitDelta(this);
  }
}
