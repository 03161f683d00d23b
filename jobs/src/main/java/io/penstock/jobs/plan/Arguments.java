package io.penstock.jobs.plan;

import io.penstock.dsl.Pipeline;
import io.penstock.plan.Problem;
import io.penstock.plan.Suggestions;
import io.penstock.spec.Parameter;
import io.penstock.spec.TypedValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a command gives to the jobs that it runs.
 *
 * @param given parameter values, as text. Each goes to every pipeline that declares a parameter of
 *     that name
 * @param accepted the checks that may fail
 */
public record Arguments(Map<String, String> given, Acceptances accepted) {
  public Arguments {
    given = Collections.unmodifiableMap(new LinkedHashMap<>(given));
  }

  /** Values, where no check may fail. */
  public Arguments(Map<String, String> given) {
    this(given, Acceptances.NONE);
  }

  /** What is wrong with the names and values, when these pipelines may run. */
  public List<Problem> problemsFor(Collection<Pipeline> pipelines) {
    List<Problem> problems = new ArrayList<>();
    given.forEach(
        (name, text) -> {
          List<Parameter> declared = declared(name, pipelines);
          if (declared.isEmpty()) {
            problems.add(unknown(name, pipelines));
          }
          declared.stream()
              .map(Parameter::type)
              .distinct()
              .forEach(
                  type -> {
                    try {
                      type.parse(text);
                    } catch (IllegalArgumentException e) {
                      problems.add(
                          Problem.ofPipeline(
                              "PARAMETER_TYPE",
                              "Cannot use --param %s: %s".formatted(name, e.getMessage()),
                              "give a value of type %s.".formatted(type)));
                    }
                  });
        });
    return List.copyOf(problems);
  }

  /** Parameters that a pipeline requires and the command doesn't give. */
  public List<Problem> missingFor(Collection<Pipeline> pipelines) {
    return pipelines.stream()
        .flatMap(
            pipeline ->
                pipeline.parameters().stream()
                    .filter(parameter -> parameter.defaultValue().isEmpty())
                    .filter(parameter -> !given.containsKey(parameter.name()))
                    .map(parameter -> missing(pipeline, parameter)))
        .toList();
  }

  /**
   * The values of the parameters that the pipeline declares, when there are no problems: what is
   * given, else the default.
   */
  public Map<String, TypedValue> valuesFor(Pipeline pipeline) {
    Map<String, TypedValue> values = new LinkedHashMap<>();
    for (Parameter parameter : pipeline.parameters()) {
      Optional.ofNullable(given.get(parameter.name()))
          .map(parameter.type()::parse)
          .or(parameter::defaultValue)
          .ifPresent(value -> values.put(parameter.name(), value));
    }
    return values;
  }

  private static List<Parameter> declared(String name, Collection<Pipeline> pipelines) {
    return pipelines.stream()
        .flatMap(pipeline -> pipeline.parameters().stream())
        .filter(parameter -> parameter.name().equals(name))
        .toList();
  }

  private static Problem unknown(String name, Collection<Pipeline> pipelines) {
    List<String> known =
        pipelines.stream()
            .flatMap(pipeline -> pipeline.parameters().stream())
            .map(Parameter::name)
            .distinct()
            .sorted()
            .toList();
    return Problem.ofPipeline(
        "UNKNOWN_PARAMETER",
        "Cannot use --param %s: no job of this run declares it.".formatted(name),
        Suggestions.sentence(name, "Parameters", known));
  }

  private static Problem missing(Pipeline pipeline, Parameter parameter) {
    return Problem.ofPipeline(
        "PARAMETER_MISSING",
        "Cannot run '%s' without its parameter '%s'.".formatted(pipeline.name(), parameter.name()),
        "add --param %s=VALUE, of type %s.".formatted(parameter.name(), parameter.type()));
  }
}
