package io.penstock.dsl;

import io.penstock.plan.Write;
import io.penstock.spec.Names;
import io.penstock.spec.Owner;
import io.penstock.spec.Parameter;
import java.util.ArrayList;
import java.util.List;

/** A pipeline that doesn't write yet, and so isn't one. */
public final class PipelineDraft {
  private final String name;
  private final String description;
  private final List<Owner> owners;
  private final List<Parameter> parameters;

  PipelineDraft(String name, String description, List<Owner> owners, List<Parameter> parameters) {
    this.name = name;
    this.description = description;
    this.owners = owners;
    this.parameters = parameters;
  }

  /** What the output means, in a sentence; also the comment of its tables. */
  public PipelineDraft describedAs(String text) {
    return new PipelineDraft(name, Names.text("a description", text), owners, parameters);
  }

  /** Who answers for it: {@code owners(business("growth"), technical("data-platform"))}. */
  public PipelineDraft owners(Owner... people) {
    return new PipelineDraft(name, description, List.of(people), parameters);
  }

  /** The values a run may be given, {@code :name} in expressions. */
  public PipelineDraft parameters(Parameter... declared) {
    return new PipelineDraft(name, description, owners, List.of(declared));
  }

  /** What the pipeline writes, in the order of publication. */
  public Pipeline writes(Write first, Write... more) {
    List<Write> writes = new ArrayList<>();
    writes.add(first);
    writes.addAll(List.of(more));
    return new Pipeline(name, description, owners, parameters, writes);
  }
}
