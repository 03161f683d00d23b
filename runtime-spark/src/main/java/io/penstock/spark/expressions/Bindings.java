package io.penstock.spark.expressions;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Problem;
import io.penstock.plan.Suggestions;
import io.penstock.spark.sql.CatalystLiterals;
import io.penstock.spec.Interval;
import io.penstock.spec.Parameter;
import io.penstock.spec.TypedValue;
import io.penstock.spec.ValueType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.Literal;

/**
 * The value of every {@code :name} in expressions: the bounds of the interval and the parameters.
 */
public record Bindings(Map<String, Literal> literals) {
  public Bindings {
    literals = Collections.unmodifiableMap(new TreeMap<>(literals));
  }

  /** The bindings of a run; problems of its parameters are added to the list. */
  public static Bindings of(RunRequest request, List<Problem> problems) {
    Map<String, Literal> literals = new TreeMap<>(interval(request.unit()));
    Pipeline pipeline = request.pipeline();
    List<String> declared = new ArrayList<>();
    for (Parameter parameter : pipeline.parameters()) {
      declared.add(parameter.name());
      Optional<TypedValue> value =
          Optional.ofNullable(request.arguments().get(parameter.name()))
              .or(parameter::defaultValue);
      // A placeholder for a missing value, so that the analysis finds only other problems.
      literals.put(
          parameter.name(), new Literal(null, CatalystLiterals.dataType(parameter.type())));
      if (value.isEmpty()) {
        problems.add(
            Problem.ofPipeline(
                "PARAMETER_MISSING",
                "Cannot run without a value for ':" + parameter.name() + "': it has no default.",
                "give one, --param " + parameter.name() + "=…"));
      } else if (value.get().type() != parameter.type()) {
        problems.add(
            Problem.ofPipeline(
                "PARAMETER_TYPE",
                "Cannot use a %s for ':%s': it is declared %s."
                    .formatted(value.get().type(), parameter.name(), parameter.type()),
                "give a value of the declared type."));
      } else {
        literals.put(parameter.name(), CatalystLiterals.literal(value.get()));
      }
    }
    for (String name : request.arguments().keySet()) {
      if (!declared.contains(name)) {
        problems.add(
            Problem.ofPipeline(
                "UNKNOWN_PARAMETER",
                "Cannot give ':" + name + "' a value: the pipeline declares no such parameter.",
                Suggestions.sentence(name, "Parameters", declared)));
      }
    }
    return new Bindings(literals);
  }

  /** The bindings for rows that are shown outside of a run, whose parameters aren't declared. */
  public static Bindings of(Optional<Interval> unit, Map<String, TypedValue> arguments) {
    Map<String, Literal> literals = new TreeMap<>();
    arguments.forEach((name, value) -> literals.put(name, CatalystLiterals.literal(value)));
    literals.putAll(interval(unit));
    return new Bindings(literals);
  }

  private static Map<String, Literal> interval(Optional<Interval> unit) {
    Map<String, Literal> literals = new TreeMap<>();
    unit.ifPresent(
        bounds -> {
          literals.put(
              "from", CatalystLiterals.literal(new TypedValue(ValueType.TIMESTAMP, bounds.from())));
          literals.put(
              "to", CatalystLiterals.literal(new TypedValue(ValueType.TIMESTAMP, bounds.to())));
        });
    return literals;
  }
}
