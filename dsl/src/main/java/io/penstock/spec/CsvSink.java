package io.penstock.spec;

import java.util.List;
import java.util.Optional;

/** A CSV export of which a run replaces units, or the whole. */
public record CsvSink(LakePath path, Optional<Partition> partition, List<Expectation> expectations)
    implements Sink {

  public CsvSink {
    expectations = List.copyOf(expectations);
  }

  /** The same sink, with more checks on what was written. */
  public CsvSink expect(Expectation... more) {
    return new CsvSink(path, partition, Expectation.joined(expectations, more));
  }

  @Override
  public String format() {
    return "csv";
  }
}
