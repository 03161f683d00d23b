package io.penstock.spark.expressions;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.RunRequest;
import io.penstock.plan.Problem;
import io.penstock.plan.Suggestions;
import io.penstock.spark.sql.Literals;
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

/** The value of every {@code :name} that expressions may use: the interval and the parameters. */
public record Bindings(Map<String, Literal> literals) {
  public Bindings {
    literals = Collections.unmodifiableMap(new TreeMap<>(literals));
  }

  /** What a run is given; problems of its parameters are added to the list. */
  public static Bindings of(RunRequest request, List<Problem> problems) {
    Map<String, Literal> literals = new TreeMap<>(interval(request.unit()));
    Pipeline pipeline = request.pipeline();
    List<String> declared = new ArrayList<>();
    for (Parameter parameter : pipeline.parameters()) {
      declared.add(parameter.name());
      Optional<TypedValue> value =
          Optional.ofNullable(request.arguments().get(parameter.name()))
              .or(parameter::defaultValue);
      // Stands in for a value that is not there, so that only what else is wrong is found later.
      literals.put(parameter.name(), new Literal(null, Literals.dataType(parameter.type())));
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
        literals.put(parameter.name(), Literals.literal(value.get()));
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

  /** The interval and the values as they are, for rows that are looked at outside of a run. */
  public static Bindings of(Optional<Interval> unit, Map<String, TypedValue> arguments) {
    Map<String, Literal> literals = new TreeMap<>();
    arguments.forEach((name, value) -> literals.put(name, Literals.literal(value)));
    literals.putAll(interval(unit));
    return new Bindings(literals);
  }

  private static Map<String, Literal> interval(Optional<Interval> unit) {
    Map<String, Literal> literals = new TreeMap<>();
    unit.ifPresent(
        bounds -> {
          literals.put(
              "from", Literals.literal(new TypedValue(ValueType.TIMESTAMP, bounds.from())));
          literals.put("to", Literals.literal(new TypedValue(ValueType.TIMESTAMP, bounds.to())));
        });
    return literals;
  }
}
