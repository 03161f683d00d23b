package io.penstock.jobs.shell;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.plan.UnitSelection;
import io.penstock.plan.NodeProperties;
import io.penstock.plan.Nodes;
import io.penstock.spec.Interval;
import io.penstock.spec.Parameter;
import io.penstock.spec.Partition;
import io.penstock.spec.TypedValue;
import io.penstock.spec.UnitDate;
import io.penstock.spec.ValueType;
import io.penstock.spec.Window;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The date and the values of parameters that a session's commands use. */
final class SessionSettings {
  private static final Partition DAY = Partition.daily("day");

  private final Map<String, TypedValue> parameters = new LinkedHashMap<>();
  private Optional<UnitDate> date = Optional.empty();

  void date(String text) {
    try {
      date = Optional.of(UnitDate.of(text));
    } catch (IllegalArgumentException e) {
      throw ShellErrors.notADate(text);
    }
  }

  /** The value's class tells its type, because rows declare none. */
  void parameter(String name, Object value) {
    TypedValue typed =
        Arrays.stream(ValueType.values())
            .filter(type -> type.javaType().isInstance(value))
            .findFirst()
            .map(type -> new TypedValue(type, value))
            .orElseThrow(() -> ShellErrors.badValue(name, value));
    try {
      // The rules for names are those of a declaration.
      parameters.put(new Parameter(name, typed.type(), Optional.of(typed)).name(), typed);
    } catch (IllegalArgumentException e) {
      throw ShellErrors.badName(e);
    }
  }

  /** The values as they were given, for rows. */
  Map<String, TypedValue> parameters() {
    return Map.copyOf(parameters);
  }

  /**
   * The values of what the pipeline declares, read as it declares them; the others may be meant for
   * another pipeline.
   */
  Arguments argumentsFor(Pipeline pipeline) {
    Map<String, String> given = new LinkedHashMap<>();
    for (Parameter parameter : pipeline.parameters()) {
      Optional<TypedValue> value = Optional.ofNullable(parameters.get(parameter.name()));
      if (value.isEmpty() && parameter.defaultValue().isEmpty()) {
        throw ShellErrors.noValue(pipeline.name(), parameter);
      }
      value.ifPresent(known -> given.put(parameter.name(), textFor(parameter, known)));
    }
    return new Arguments(given);
  }

  private static String textFor(Parameter parameter, TypedValue value) {
    try {
      return parameter.type().parse(value.text()).text();
    } catch (IllegalArgumentException e) {
      throw ShellErrors.badValue(parameter, e);
    }
  }

  /** The pipeline's unit that holds the date. */
  Task task(Pipeline pipeline) {
    if (pipeline.partition().isPresent() && date.isEmpty()) {
      throw ShellErrors.noDate("'" + pipeline.name() + "'", pipeline.partition().orElseThrow());
    }
    return UnitSelection.of(date).tasksOf(pipeline).get(0);
  }

  /** Rows have no partition of their own: the date's day, or the longer unit of what is read. */
  Optional<Interval> unitOf(Rows rows) {
    Optional<Partition> longest =
        Nodes.from(List.of(rows.plan())).stream()
            .flatMap(node -> NodeProperties.of(node).source().stream())
            .flatMap(read -> read.source().window().stream())
            .map(Window::partition)
            .max(Comparator.comparing(Partition::grain));
    if (longest.isPresent() && date.isEmpty()) {
      throw ShellErrors.noDate("these rows", longest.orElseThrow());
    }
    return date.map(longest.orElse(DAY)::unitOf);
  }
}
