package io.penstock.dsl;

import io.penstock.plan.Write;
import io.penstock.spec.Names;
import io.penstock.spec.Owner;
import io.penstock.spec.Parameter;
import io.penstock.spec.Partition;
import java.util.List;
import java.util.Optional;

/**
 * A named description of what is read, computed and written: an immutable value without a date, a
 * clock or a session.
 *
 * @param writes in the order in which a run publishes them
 */
public record Pipeline(
    String name,
    String description,
    List<Owner> owners,
    List<Parameter> parameters,
    List<Write> writes) {

  public Pipeline {
    Names.pipeline(name);
    owners = List.copyOf(owners);
    parameters = List.copyOf(parameters);
    writes = List.copyOf(writes);
    if (writes.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot make pipeline '" + name + "' without a write: it would do nothing.");
    }
    if (!parameters.isEmpty()) {
      Names.distinct(
          "the parameters of '" + name + "'", parameters.stream().map(Parameter::name).toList());
    }
  }

  /** Begins a pipeline: lower-case words joined by '-'. It is one once it {@code writes}. */
  public static PipelineDraft named(String name) {
    return new PipelineDraft(Names.pipeline(name), "", List.of(), List.of());
  }

  /** The partition by whose units this pipeline runs; empty when it replaces wholes only. */
  public Optional<Partition> partition() {
    return writes.stream().flatMap(write -> write.sink().partition().stream()).findFirst();
  }
}
