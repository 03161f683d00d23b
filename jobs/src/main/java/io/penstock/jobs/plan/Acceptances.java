package io.penstock.jobs.plan;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.AcceptedCheck;
import io.penstock.plan.Problem;
import io.penstock.plan.StatedCheck;
import io.penstock.plan.Suggestions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The checks that may fail in the runs of a command, each of one of the jobs that it names: a job
 * that is run because another one reads it keeps all of its checks.
 *
 * @param checks by their names, with their places where a job has several of that name
 * @param reason of all of them; empty when there are none
 * @param jobs that are named
 */
public record Acceptances(List<String> checks, String reason, Set<String> jobs) {
  /** No check may fail. */
  public static final Acceptances NONE = new Acceptances(List.of(), "", Set.of());

  public Acceptances {
    checks = checks.stream().distinct().toList();
    jobs = Set.copyOf(jobs);
  }

  /** What is wrong with the names of checks, when these jobs are named. */
  public List<Problem> problemsFor(Collection<Pipeline> named) {
    List<Problem> problems = new ArrayList<>();
    for (String check : checks) {
      List<StatedCheck> found =
          named.stream().flatMap(pipeline -> stated(pipeline, check).stream()).toList();
      if (found.isEmpty()) {
        problems.add(unknown(check, named));
      } else if (found.stream().anyMatch(one -> one.step() != found.get(0).step())) {
        problems.add(ambiguous(check, found));
      } else if (!found.get(0).expectation().isAcceptable()) {
        problems.add(refused(check));
      }
    }
    return List.copyOf(problems);
  }

  /** The checks of a pipeline that may fail, when there are no problems. */
  public List<AcceptedCheck> of(Pipeline pipeline) {
    return namesFor(pipeline).stream()
        .map(check -> stated(pipeline, check).get(0))
        .map(found -> new AcceptedCheck(found.expectation().name(), found.place(), reason))
        .toList();
  }

  /** The names among these that are those of checks of a pipeline. */
  public List<String> namesFor(Pipeline pipeline) {
    return jobs.contains(pipeline.name())
        ? checks.stream().filter(check -> !stated(pipeline, check).isEmpty()).toList()
        : List.of();
  }

  private static List<StatedCheck> stated(Pipeline pipeline, String name) {
    return StatedCheck.of(pipeline.writes()).stream().filter(check -> check.isNamed(name)).toList();
  }

  private static Problem unknown(String check, Collection<Pipeline> named) {
    List<String> known =
        named.stream()
            .flatMap(pipeline -> StatedCheck.of(pipeline.writes()).stream())
            .filter(stated -> stated.expectation().isAcceptable())
            .map(stated -> stated.expectation().name())
            .distinct()
            .sorted()
            .toList();
    return Problem.ofPipeline(
        "UNKNOWN_CHECK",
        "Cannot use --accept '%s': no job that is named has a check of this name.".formatted(check),
        known.isEmpty()
            ? "leave it out: these jobs have no check that may be accepted."
            : Suggestions.sentence(check, "Checks that may be accepted", known));
  }

  private static Problem ambiguous(String check, List<StatedCheck> found) {
    List<String> names =
        found.stream().map(one -> "'" + one.qualifiedName() + "'").distinct().toList();
    return Problem.ofPipeline(
        "AMBIGUOUS_CHECK",
        "Cannot use --accept '%s': %s checks have this name.".formatted(check, found.size()),
        names.size() > 1
            ? "name its place, too: %s.".formatted(String.join(", or ", names))
            : "run the jobs one by one, or state the checks in lines of their own.");
  }

  private static Problem refused(String check) {
    return Problem.ofPipeline(
        "CHECK_NOT_ACCEPTABLE",
        "Cannot use --accept '%s': rows that fail it are wrong for whoever relies on the key or on a value, whatever the reason."
            .formatted(check),
        "mend the rows, or change what the job expects.");
  }
}
