package io.penstock.jobs.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.engine.Cleaning;
import io.penstock.engine.Engine;
import io.penstock.engine.Leftover;
import io.penstock.engine.UnfinishedRun;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.result.Amounts;
import io.penstock.jobs.result.ErrorDocument;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.result.Json;
import io.penstock.jobs.run.Console;
import io.penstock.spec.LakePath;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code penstock clean}: removes what aborted runs and replaced versions have left behind. */
@Command(
    name = "clean",
    description = "Removes files of aborted runs, and versions of exports that were replaced.",
    mixinStandardHelpOptions = true)
final class CleanCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(
      paramLabel = "PATH",
      arity = "0..*",
      description = "Only these tables and exports (default: all that Penstock wrote).")
  private List<String> paths = List.of();

  @Option(
      names = "--older-than",
      paramLabel = "TIME",
      description = "Only what has not changed for this time; 7d (default) or longer.")
  private Duration age = Cleaning.LEAST_AGE;

  @Option(names = "--dry-run", description = "Tell what would be removed, and remove nothing.")
  private boolean dryRun;

  @Mixin private LakeOptions lake = new LakeOptions();

  CleanCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    // Before an engine is opened, which takes time.
    if (age.compareTo(Cleaning.LEAST_AGE) < 0) {
      throw CliErrors.tooYoung(age);
    }
    List<LakePath> targets = paths.stream().map(Conversions::lakePath).toList();
    try (Engine engine = lake.open(context)) {
      Cleaning cleaning = engine.lake().cleaning(targets, age);
      tell(cleaning.leftovers());
      cleaning.skipped().forEach(this::tell);
      cleaning.unfinished().forEach(this::tell);
      if (!dryRun) {
        cleaning.remove();
      }
      context.console().result(json(cleaning));
    }
    return ExitCode.DONE.number();
  }

  private void tell(List<Leftover> leftovers) {
    Console console = context.console();
    for (Leftover leftover : leftovers) {
      console.tell(
          "%s, %s, last changed %s, %s"
              .formatted(
                  leftover.path(),
                  words(leftover.kind()),
                  leftover.changed(),
                  Amounts.bytes(leftover.bytes())));
    }
    console.tell(
        "%s %s, %s."
            .formatted(
                dryRun ? "Would remove" : "Removing",
                Amounts.of(leftovers.size(), "leftover"),
                Amounts.bytes(bytes(leftovers))));
  }

  private void tell(Cleaning.Skipped skipped) {
    Console console = context.console();
    console.tell("Left alone, because it can't be looked through: " + skipped.path());
    console.tell(skipped.failure());
  }

  private void tell(UnfinishedRun run) {
    Console console = context.console();
    console.tell(
        "Run %s of %s has published at least a part, and its end is not recorded: what is noted of it is left."
            .formatted(run.runId(), run.pipeline()));
    console.tell("Repair: " + repair(run));
  }

  private String repair(UnfinishedRun run) {
    return lake.commands(context, new Arguments(Map.of())).recover(run.pipeline());
  }

  private static String words(Leftover.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static long bytes(List<Leftover> leftovers) {
    return leftovers.stream().mapToLong(Leftover::bytes).sum();
  }

  /**
   * {@code {"clean": {dryRun, leftovers, bytes, table_file, unpublished_version, …, skipped
   * [{path,error}], unfinished [{job,runId,repair}]}}}.
   */
  private ObjectNode json(Cleaning cleaning) {
    List<Leftover> leftovers = cleaning.leftovers();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode clean = json.putObject("clean");
    clean.put("dryRun", dryRun);
    clean.put("leftovers", leftovers.size());
    clean.put("bytes", bytes(leftovers));
    for (Leftover.Kind kind : Leftover.Kind.values()) {
      clean.put(
          kind.name().toLowerCase(Locale.ROOT),
          leftovers.stream().filter(leftover -> leftover.kind() == kind).count());
    }
    ArrayNode skipped = clean.putArray("skipped");
    for (Cleaning.Skipped output : cleaning.skipped()) {
      skipped
          .addObject()
          .put("path", output.path())
          .set("error", Json.object(ErrorDocument.of(output.failure())));
    }
    ArrayNode unfinished = clean.putArray("unfinished");
    for (UnfinishedRun run : cleaning.unfinished()) {
      unfinished
          .addObject()
          .put("job", run.pipeline())
          .put("runId", run.runId())
          .put("repair", repair(run));
    }
    return json;
  }
}
