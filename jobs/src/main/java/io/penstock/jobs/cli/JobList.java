package io.penstock.jobs.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.penstock.dsl.Pipeline;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.result.Json;
import io.penstock.jobs.result.Redaction;
import io.penstock.plan.Node;
import io.penstock.plan.NodeProperties;
import io.penstock.plan.Nodes;
import io.penstock.spec.Owner;
import io.penstock.spec.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What {@code penstock list} prints, for people and for programs. */
record JobList(List<Entry> entries) {

  /**
   * One job.
   *
   * @param grain empty for a job that has no partition
   * @param variations where and why a second run may give other rows
   */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record Entry(
      String job,
      Optional<String> grain,
      List<String> inputs,
      List<String> outputs,
      List<OwnerDocument> owners,
      List<ParameterDocument> parameters,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Variation> variations,
      String description) {

    static Entry of(Pipeline pipeline, Redaction redaction) {
      return new Entry(
          pipeline.name(),
          pipeline.partition().map(partition -> partition.grain().text()),
          Nodes.reads(pipeline.writes()).stream()
              .map(read -> read.source().path().text())
              .distinct()
              .toList(),
          pipeline.writes().stream().map(write -> write.sink().path().text()).toList(),
          pipeline.owners().stream().map(OwnerDocument::of).toList(),
          pipeline.parameters().stream()
              .map(parameter -> ParameterDocument.of(parameter, redaction))
              .toList(),
          Nodes.inOrder(pipeline.writes()).stream()
              .flatMap(node -> NodeProperties.of(node).allowance().stream())
              .map(Variation::of)
              .toList(),
          pipeline.description());
    }

    /** The description, with what has to be known about the job's rows below it. */
    String remarks() {
      List<String> lines = new ArrayList<>(List.of(description));
      variations.forEach(
          variation ->
              lines.add("may vary at %s: %s".formatted(variation.place(), variation.reason())));
      return String.join("\n", lines);
    }
  }

  /** A step of which the author says that it may give other rows, and why. */
  record Variation(String place, String reason) {
    static Variation of(Node.AllowVariation node) {
      return new Variation(node.input().place(), node.reason());
    }
  }

  /** Defaults of secret parameters are masked, however short they are. */
  static JobList of(JobRegistry jobs, Redaction redaction) {
    return new JobList(
        jobs.pipelines().stream().map(pipeline -> Entry.of(pipeline, redaction)).toList());
  }

  String text() {
    if (entries.isEmpty()) {
      return "There are no jobs on the class path.\n";
    }
    return TextTable.of(
        List.of("JOB", "GRAIN", "INPUTS", "OUTPUTS", "OWNERS", "DESCRIPTION"),
        entries.stream()
            .map(
                entry ->
                    List.of(
                        entry.job(),
                        entry.grain().orElse("-"),
                        String.join("\n", entry.inputs()),
                        String.join("\n", entry.outputs()),
                        String.join(
                            "\n", entry.owners().stream().map(OwnerDocument::name).toList()),
                        entry.remarks()))
            .toList());
  }

  String json() {
    return Json.pretty(entries);
  }

  /** Whom to ask. */
  record OwnerDocument(String role, String name) {
    static OwnerDocument of(Owner owner) {
      return new OwnerDocument(owner.role().name().toLowerCase(Locale.ROOT), owner.name());
    }
  }

  /** What a run can be given. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  record ParameterDocument(
      String name, String type, @JsonProperty("default") Optional<String> defaultValue) {
    static ParameterDocument of(Parameter parameter, Redaction redaction) {
      return new ParameterDocument(
          parameter.name(),
          parameter.type().name(),
          parameter.defaultValue().map(value -> redaction.value(parameter.name(), value.text())));
    }
  }
}
