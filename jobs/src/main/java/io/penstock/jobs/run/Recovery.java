package io.penstock.jobs.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.engine.Lake;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.UnfinishedRun;
import io.penstock.engine.UnfinishedRun.Completion;
import io.penstock.engine.UnfinishedRun.Ending;
import io.penstock.jobs.plan.Acceptances;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.result.ResultJson;
import io.penstock.spec.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Completes runs that died while they published, and records what became of them. */
public final class Recovery {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Lake lake;
  private final JobRegistry jobs;
  private final RepairCommands repair;
  private final PublishGate gate;
  private final Console console;

  /**
   * @param gate passed for each run before anything of it is published
   */
  public Recovery(
      Lake lake, JobRegistry jobs, RepairCommands repair, PublishGate gate, Console console) {
    this.lake = lake;
    this.jobs = jobs;
    this.repair = repair;
    this.gate = gate;
    this.console = console;
  }

  /**
   * An unfinished run and what became of it.
   *
   * @param task the job and its date
   */
  public record Recovered(UnfinishedRun run, String task, Completion completion, Rerun rerun) {
    /** The command that repairs it; none where nothing is to be repaired, or none is known. */
    public Optional<String> repair() {
      return rerun.command();
    }

    /** The run in words. */
    String name() {
      return "run %s of %s".formatted(run.runId(), task);
    }
  }

  /**
   * How a task is run again.
   *
   * @param obstacle why no command is known although the task has to be run again
   */
  record Rerun(Optional<String> command, Optional<String> obstacle) {
    static final Rerun NOT_NEEDED = new Rerun(Optional.empty(), Optional.empty());

    static Rerun by(String command) {
      return new Rerun(Optional.of(command), Optional.empty());
    }

    static Rerun without(String obstacle) {
      return new Rerun(Optional.empty(), Optional.of(obstacle));
    }
  }

  /** Completes what earlier attempts at a task have left half published. */
  void completeFor(Task task) {
    List<UnfinishedRun> runs = lake.unfinished(task.pipeline(), task.unit());
    for (UnfinishedRun run : runs) {
      tellCompleted(complete(run, runs));
    }
  }

  /** One that is given up is computed anew right now, and one that has not begun may be alive. */
  private void tellCompleted(Recovered recovered) {
    if (recovered.completion().ending() == Ending.COMPLETED) {
      console.tell("Completed %s, which was half published.".formatted(recovered.name()));
    }
  }

  /**
   * Completes a run if that can be, and records the outcome.
   *
   * @param all that are unfinished, the attempts at the same in their order
   * @throws io.penstock.engine.RunFailedException when the lake fails, or the program was told to
   *     stop before anything was published; then it can be tried again
   */
  public Recovered complete(UnfinishedRun run, List<UnfinishedRun> all) {
    Recovered recovered = recorded(run, all, run.complete(gate));
    run.settle();
    return recovered;
  }

  private Recovered recorded(UnfinishedRun run, List<UnfinishedRun> all, Completion completion) {
    Ending ending = completion.ending();
    ObjectNode before = recordOf(run);
    Rerun rerun =
        ending == Ending.GIVEN_UP || ending == Ending.NOT_BEGUN
            ? rerun(run, all, before)
            : Rerun.NOT_NEEDED;
    Recovered recovered = new Recovered(run, name(run), completion, rerun);
    // A later release's record stays: its fields may have another meaning.
    if (!ResultJson.isLater(before) && changes(before, ending)) {
      lake.record(run.pipeline(), run.runId(), amended(before, recovered).toString());
    }
    return recovered;
  }

  /** To run an attempt again that another one followed would bring older parameters back. */
  private static boolean isLatest(UnfinishedRun run, List<UnfinishedRun> all) {
    return all.subList(all.indexOf(run) + 1, all.size()).stream()
        .noneMatch(
            later -> later.pipeline().equals(run.pipeline()) && later.unit().equals(run.unit()));
  }

  /**
   * Whether the record has to say what became of a run. What an overtaken run recorded of its end
   * is still true.
   */
  private static boolean changes(ObjectNode record, Ending ending) {
    return switch (ending) {
      case COMPLETED, GIVEN_UP -> true;
      case OVERTAKEN -> record.path("status").asText("RUNNING").equals("RUNNING");
      case NOT_BEGUN -> false;
    };
  }

  /** Reports the outcome to people. */
  public void tell(Recovered recovered) {
    Completion completion = recovered.completion();
    String name = recovered.name();
    switch (completion.ending()) {
      case COMPLETED -> {
        console.tell("Completed %s; it is published as a whole:".formatted(name));
        completion.report().outputs().forEach(output -> console.tell("  " + published(output)));
      }
      case NOT_BEGUN ->
          console.tell(
              "Nothing of %s is published. It is alive and about to publish, or it died before."
                  .formatted(name));
      case OVERTAKEN ->
          console.tell("A later run has replaced %s: nothing is to be done.".formatted(name));
      case GIVEN_UP -> {
        console.tell("Cannot complete %s.".formatted(name));
        completion.report().failure().ifPresent(console::tell);
      }
    }
    recovered.repair().ifPresent(command -> console.tell("Repair: " + command));
    recovered
        .rerun()
        .obstacle()
        .ifPresent(why -> console.tell("No command repairs it: " + why + "."));
  }

  private static String published(RunReport.Output output) {
    return output.format() + " " + output.name() + ConsoleReporter.version(output.version());
  }

  /** The record as it is; one that somebody removed or damaged says nothing. */
  private ObjectNode recordOf(UnfinishedRun run) {
    try {
      JsonNode record = JSON.readTree(lake.recordOf(run.pipeline(), run.runId()).orElse("{}"));
      return record instanceof ObjectNode object ? object : JSON.createObjectNode();
    } catch (JsonProcessingException e) {
      return JSON.createObjectNode();
    }
  }

  /** The record with its new outcome: parameters, start and program are those of the run. */
  private JsonNode amended(ObjectNode before, Recovered recovered) {
    ObjectNode now = before.deepCopy();
    // What an earlier release calls the outputs would stand beside what they are called now.
    now.remove(List.of("error", "repair", "sinks"));
    now.setAll(ResultJson.of(recovered.run(), recovered.completion(), recovered.repair()));
    return console.redaction().json(now);
  }

  /** The job and its date; of a job that is no more, what the run knows. */
  private String name(UnfinishedRun run) {
    return task(run)
        .map(Task::toString)
        .orElseGet(
            () -> run.pipeline() + run.unit().map(unit -> " from " + unit.from()).orElse(""));
  }

  private Optional<Task> task(UnfinishedRun run) {
    return jobs.find(run.pipeline())
        .filter(pipeline -> pipeline.partition().isPresent() == run.unit().isPresent())
        .map(pipeline -> new Task(pipeline, run.unit()));
  }

  private Rerun rerun(UnfinishedRun run, List<UnfinishedRun> all, ObjectNode record) {
    if (!isLatest(run, all)) {
      return Rerun.without("a later attempt stands behind it, and is looked at by itself");
    }
    Optional<Task> task = task(run);
    if (task.isEmpty()) {
      return Rerun.without("the job isn't one of this program's, so run it where it is known");
    }
    List<String> names =
        task.get().pipeline().parameters().stream().map(Parameter::name).sorted().toList();
    // With the defaults it would compute something else.
    boolean known = record.path("parameters").isObject() && !ResultJson.isLater(record);
    return names.isEmpty() || known
        ? Rerun.by(
            repair.given(parameters(record)).accepting(accepted(run, record)).rerun(task.get()))
        : Rerun.without(
            "its record is gone or can't be read, and with it the values of %s, so run it again with the same ones"
                .formatted(String.join(", ", names)));
  }

  /** All for the one reason that a command gives. */
  private static Acceptances accepted(UnfinishedRun run, ObjectNode record) {
    List<String> checks = new ArrayList<>();
    record.path(Records.ACCEPTED).fieldNames().forEachRemaining(checks::add);
    return checks.isEmpty()
        ? Acceptances.NONE
        : new Acceptances(
            checks,
            record.path(Records.ACCEPTED).path(checks.get(0)).asText(),
            Set.of(run.pipeline()));
  }

  private static Map<String, String> parameters(ObjectNode record) {
    Map<String, String> parameters = new TreeMap<>();
    record
        .path("parameters")
        .properties()
        .forEach(field -> parameters.put(field.getKey(), field.getValue().asText()));
    return parameters;
  }
}
