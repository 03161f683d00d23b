package io.penstock.jobs.run;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.plan.Units;
import io.penstock.jobs.result.Redaction;
import io.penstock.spec.Interval;
import io.penstock.spec.Parameter;
import io.penstock.spec.Partition;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Words the commands that run a job again, or run another one first: as this one was given, ready
 * for a shell, with a placeholder for every secret.
 *
 * @param lake, master, configuration, parameters as the user gave them
 */
public record RepairCommands(
    Optional<String> lake,
    Optional<String> master,
    Map<String, String> configuration,
    Map<String, String> parameters) {

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./:=,@%+-]+");

  public RepairCommands {
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Runs the task again. */
  public String rerun(Task task) {
    return task.unit()
        .map(unit -> run(task.pipeline(), List.of(unit)))
        .orElseGet(() -> run(task.pipeline(), List.of()));
  }

  /**
   * Runs a pipeline for units of it, in order: by one date, or from the first to the last.
   *
   * @param units when they are empty although the pipeline runs by units, the user has to fill them
   *     in
   */
  public String run(Pipeline pipeline, List<Interval> units) {
    List<String> words = new ArrayList<>(List.of("penstock", "run", pipeline.name()));
    pipeline.partition().ifPresent(partition -> words.addAll(dates(partition, units)));
    parameters.forEach(
        (key, value) -> {
          if (pipeline.parameters().stream().map(Parameter::name).anyMatch(key::equals)) {
            addPair(words, "--param", key, value);
          }
        });
    lake.ifPresent(given -> words.addAll(List.of("--lake", quoted(given))));
    master.ifPresent(given -> words.addAll(List.of("--master", quoted(given))));
    configuration.forEach((key, value) -> addPair(words, "--conf", key, value));
    return String.join(" ", words);
  }

  private static List<String> dates(Partition partition, List<Interval> units) {
    if (units.isEmpty()) {
      return List.of("--from", "FIRST-DATE", "--to", "DATE-AFTER-LAST");
    }
    LocalDate from = Units.startOf(partition, units.get(0));
    return units.size() == 1
        ? List.of("--date", from.toString())
        : List.of(
            "--from",
            from.toString(),
            "--to",
            Units.endOf(partition, units.get(units.size() - 1)).toString());
  }

  private static void addPair(List<String> words, String option, String key, String value) {
    words.add(option);
    words.add(quoted(key + "=" + Redaction.none().value(key, value)));
  }

  private static String quoted(String word) {
    return PLAIN.matcher(word).matches() ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
