package io.penstock.jobs.run;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.plan.Acceptances;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.result.Redaction;
import io.penstock.spec.Interval;
import io.penstock.spec.Parameter;
import io.penstock.spec.Partition;
import io.penstock.spec.UnitDate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Repair commands for a shell: with all options that this command was given, and a mask for every
 * secret.
 *
 * @param program how a shell calls the program, ready for it
 * @param lake the root, unless it is the one that the program looks for by itself
 * @param master, configuration, parameters, accepted as the user gave them
 */
public record CommandLines(
    String program,
    Optional<String> lake,
    Optional<String> master,
    Map<String, String> configuration,
    Map<String, String> parameters,
    Acceptances accepted)
    implements RepairCommands {

  /** The variable in which the launcher says how it was called. */
  public static final String PROGRAM = "PENSTOCK_COMMAND";

  private static final String DEFAULT_PROGRAM = "penstock";

  public CommandLines {
    configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
    parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
  }

  /** Commands that call the program as the environment says that it was called. */
  public static CommandLines in(Map<String, String> environment, Optional<String> lake) {
    return new CommandLines(
        environment.getOrDefault(PROGRAM, DEFAULT_PROGRAM),
        lake,
        Optional.empty(),
        Map.of(),
        Map.of(),
        Acceptances.NONE);
  }

  /** The same, for an engine and jobs that were given these options. */
  public CommandLines with(
      Optional<String> givenMaster, Map<String, String> settings, Arguments arguments) {
    return new CommandLines(
        program, lake, givenMaster, settings, arguments.given(), arguments.accepted());
  }

  @Override
  public String rerun(Task task) {
    return run(task.pipeline(), task.unit().stream().toList());
  }

  @Override
  public Optional<String> rerunWithUpstream(Task task) {
    return Optional.of(rerun(task) + " --with-upstream");
  }

  @Override
  public String run(Pipeline pipeline, List<Interval> units) {
    List<String> words = new ArrayList<>(List.of(program, "run", pipeline.name()));
    pipeline.partition().ifPresent(partition -> words.addAll(dates(partition, units)));
    parameters.forEach(
        (key, value) -> {
          if (pipeline.parameters().stream().map(Parameter::name).anyMatch(key::equals)) {
            addPair(words, "--param", key, value);
          }
        });
    List<String> checks = accepted.namesFor(pipeline);
    checks.forEach(check -> words.addAll(List.of("--accept", ShellWords.quoted(check))));
    if (!checks.isEmpty()) {
      words.addAll(List.of("--reason", ShellWords.quoted(accepted.reason())));
    }
    return line(words);
  }

  @Override
  public CommandLines given(Map<String, String> arguments) {
    return new CommandLines(program, lake, master, configuration, arguments, accepted);
  }

  @Override
  public CommandLines accepting(Acceptances checks) {
    return new CommandLines(program, lake, master, configuration, parameters, checks);
  }

  @Override
  public String recover(String pipeline) {
    return line(List.of(program, "recover", pipeline));
  }

  @Override
  public String showRejected(String path, String runId) {
    return line(List.of(program, "show", ShellWords.quoted(path), "--rejected", runId));
  }

  /** The line that writes the doubts of today's jobs to a file. */
  public String writeBaseline(UnitDate date, Path baseline) {
    List<String> words = new ArrayList<>(List.of(program, "check", "--date", date.toString()));
    words.addAll(List.of("--baseline", ShellWords.quoted(baseline.toString()), "--write-baseline"));
    parameters.forEach((key, value) -> addPair(words, "--param", key, value));
    return line(words);
  }

  /** The command, with the options that every command takes. */
  private String line(List<String> command) {
    List<String> words = new ArrayList<>(command);
    lake.ifPresent(given -> words.addAll(List.of("--lake", ShellWords.quoted(given))));
    master.ifPresent(given -> words.addAll(List.of("--master", ShellWords.quoted(given))));
    configuration.forEach((key, value) -> addPair(words, "--conf", key, value));
    return String.join(" ", words);
  }

  private static List<String> dates(Partition partition, List<Interval> units) {
    if (units.isEmpty()) {
      return List.of("--from", "FIRST-DATE", "--to", "DATE-AFTER-LAST");
    }
    UnitDate from = partition.dateOf(units.get(0).from());
    return units.size() == 1
        ? List.of("--date", from.toString())
        : List.of(
            "--from",
            from.toString(),
            "--to",
            partition.dateOf(units.get(units.size() - 1).to()).toString());
  }

  private static void addPair(List<String> words, String option, String key, String value) {
    words.add(option);
    words.add(ShellWords.quoted(key + "=" + Redaction.none().value(key, value)));
  }
}
