package io.penstock.plan;

import io.penstock.spec.Expectation;
import io.penstock.spec.Grain;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.Sink;
import io.penstock.spec.Source;
import io.penstock.spec.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Finds what is wrong with a plan's structure, without any engine: what the types of the language
 * can't rule out.
 */
public final class StructureCheck {
  private final List<Write> writes;
  private final VisibleAliases aliases = new VisibleAliases();
  private final List<Problem> problems = new ArrayList<>();
  private final List<Node> unreadable = new ArrayList<>();

  private StructureCheck(List<Write> writes) {
    this.writes = writes;
  }

  /**
   * What was found.
   *
   * @param problems all of them; empty when there is none
   * @param unreadable the steps whose source can't be determined, such as a unit's without an
   *     interval
   * @param writable the writes whose path can be determined
   */
  public record Result(List<Problem> problems, List<Node> unreadable, List<Write> writable) {
    public Result {
      problems = List.copyOf(problems);
      unreadable = List.copyOf(unreadable);
      writable = List.copyOf(writable);
    }
  }

  /** Every structural problem of the writes and what they read; empty when there is none. */
  public static List<Problem> of(List<Write> writes) {
    return check(writes).problems();
  }

  /** Checks the writes and what they read. */
  public static Result check(List<Write> writes) {
    StructureCheck check = new StructureCheck(writes);
    check.targets();
    check.reservedPaths();
    check.sinkPlaceholders();
    check.units();
    check.sinkChecks();
    boolean dated = writes.stream().anyMatch(write -> write.sink().partition().isPresent());
    if (!dated) {
      check.endlessChecks();
    }
    check.nodes(
        Nodes.inOrder(writes),
        read -> {
          if (!dated) {
            check.noInterval(
                read,
                "no sink of this pipeline has a partition, so a run has no interval",
                "read the whole table, or write to a sink that overwrites a partition.");
          }
        });
    check.selfReads();
    return check.result();
  }

  /** Checks rows that are looked at outside of a run, for a unit if one is given. */
  public static Result check(Node rows, Optional<Interval> unit) {
    StructureCheck check = new StructureCheck(List.of());
    check.nodes(
        Nodes.from(List.of(rows)),
        read -> {
          if (unit.isEmpty()) {
            check.noInterval(
                read,
                "these rows are looked at without a unit",
                "name the unit, such as on(\"2026-03-01\"), or read the whole table.");
          }
        });
    return check.result();
  }

  private void nodes(List<Node> nodes, Consumer<Node.Read> interval) {
    for (Node node : nodes) {
      NodeProperties step = NodeProperties.of(node);
      step.join().ifPresent(this::aliases);
      step.allowance().ifPresent(this::variation);
      step.expect().ifPresent(this::matches);
      step.expect().ifPresent(this::comparisons);
      step.source().ifPresent(this::placeholders);
      step.source().filter(read -> read.source().window().isPresent()).ifPresent(interval);
    }
  }

  private Result result() {
    List<Write> writable =
        writes.stream().filter(write -> write.sink().path().placeholders().isEmpty()).toList();
    return new Result(problems, unreadable, writable);
  }

  private void targets() {
    for (int second = 1; second < writes.size(); second++) {
      for (int first = 0; first < second; first++) {
        Write write = writes.get(second);
        Write other = writes.get(first);
        if (write.sink().path().overlaps(other.sink().path())) {
          problems.add(
              Problem.at(
                  write,
                  "SAME_TARGET",
                  "Cannot write to '%s': to (%s) already writes to '%s', and one would overwrite the other."
                      .formatted(write.sink().path(), other.site(), other.sink().path()),
                  "write to another path, or union the rows into one sink."));
        }
      }
    }
  }

  private void reservedPaths() {
    for (Write write : writes) {
      if (write.sink().path().isPenstocksOwn()) {
        problems.add(
            Problem.at(
                write,
                "RESERVED_PATH",
                "Cannot write to '%s': there Penstock keeps its records of runs, and what it needs to complete them."
                    .formatted(write.sink().path()),
                "write to a path that doesn't begin with '_penstock'."));
      }
    }
  }

  private void sinkPlaceholders() {
    for (Write write : writes) {
      if (!write.sink().path().placeholders().isEmpty()) {
        problems.add(
            Problem.at(
                write,
                "PLACEHOLDERS",
                "Cannot write to '%s': only the files of a source lie in folders named by hand."
                    .formatted(write.sink().path()),
                "leave the placeholders out; overwrite(partition) makes a folder for each unit."));
      }
    }
  }

  private void units() {
    List<Write> dated = writes.stream().filter(w -> w.sink().partition().isPresent()).toList();
    for (Write write : dated) {
      Partition partition = write.sink().partition().orElseThrow();
      Partition first = dated.get(0).sink().partition().orElseThrow();
      if (partition.grain() != first.grain() || !partition.zone().equals(first.zone())) {
        problems.add(
            Problem.at(
                write,
                "MIXED_UNITS",
                "Cannot replace by %s here: to (%s) replaces by %s, and a run works on one unit."
                    .formatted(partition, dated.get(0).site(), first),
                "make two pipelines, one for each grain and zone."));
      }
    }
  }

  private void aliases(Node.Join join) {
    if (!(join.condition() instanceof JoinCondition.On)) {
      return;
    }
    Set<String> left = new HashSet<>(aliases.of(join.left()));
    Set<String> right = aliases.of(join.right());
    if (left.isEmpty() || right.isEmpty()) {
      problems.add(
          Problem.at(
              join,
              "ALIAS_MISSING",
              "Cannot tell the sides of on(…) apart: %s.".formatted(unnamed(left, right)),
              "name both sides, a.as(\"a\").join(b.as(\"b\")).on(\"a.id = b.id\"), or join using"
                  + " columns of the same name. An alias lives until the next select."));
    }
    left.retainAll(right);
    for (String alias : Suggestions.sorted(left)) {
      problems.add(
          Problem.at(
              join,
              "SAME_ALIAS",
              "Cannot tell the sides of on(…) apart: both are named '%s'.".formatted(alias),
              "give one of them another alias."));
    }
  }

  /** Rows without a match are only known to the join itself. */
  private void matches(Node.Expect expect) {
    if (expect.expectations().stream().noneMatch(Expectation.AllMatched.class::isInstance)) {
      return;
    }
    Optional<Node.Join> join = NodeProperties.of(expect.beneathChecks()).join();
    if (join.isEmpty()) {
      problems.add(
          Problem.at(
              expect,
              "NO_JOIN",
              "Cannot expect allMatched() here: %s is no join, and only a join knows which rows have a match."
                  .formatted(expect.beneathChecks().place()),
              "put .expect(allMatched()) right behind the join that it speaks of."));
    } else if (join.get().kind() == JoinKind.ANTI) {
      problems.add(
          Problem.at(
              expect,
              "NO_JOIN",
              "Cannot expect allMatched() here: %s keeps just the rows that have no match."
                  .formatted(expect.beneathChecks().place()),
              "expect that there are none of them, rows(atMost(0)), or use semiJoin."));
    }
  }

  /** Only an output has earlier units. */
  private void comparisons(Node.Expect expect) {
    recent(expect.expectations())
        .forEach(
            check ->
                problems.add(
                    Problem.at(
                        expect,
                        "NO_EARLIER_UNITS",
                        "Cannot expect %s here: the rows of a step have no earlier units to compare with, those of an output do."
                            .formatted(check.name()),
                        "put it on the output, .to(delta(…).overwrite(DAY).expect(…)).")));
  }

  private void comparisons(Write write, Expectation.RecentRowCount check) {
    Optional<Partition> partition = write.sink().partition();
    if (partition.isEmpty()) {
      problems.add(
          Problem.at(
              write,
              "NO_EARLIER_UNITS",
              "Cannot expect %s of '%s': it is replaced as a whole, and has no earlier units to compare with."
                  .formatted(check.name(), write.sink().path()),
              "overwrite(partition), or name bounds, such as rows(atLeast(1))."));
    } else if (check.earlier() == Expectation.RecentRowCount.Earlier.SAME_WEEKDAY
        && partition.get().grain() != Grain.DAY) {
      problems.add(
          Problem.at(
              write,
              "NO_EARLIER_UNITS",
              "Cannot expect %s of '%s': it is replaced by %s, and only days have a weekday."
                  .formatted(check.name(), write.sink().path(), partition.get()),
              "leave sameWeekday() out."));
    }
  }

  private static Stream<Expectation.RecentRowCount> recent(List<Expectation> expectations) {
    return expectations.stream()
        .filter(Expectation.RecentRowCount.class::isInstance)
        .map(Expectation.RecentRowCount.class::cast);
  }

  /** How old a value is, is told by the end of an interval. */
  private void endlessChecks() {
    for (Node node : Nodes.inOrder(writes)) {
      NodeProperties.of(node)
          .expect()
          .ifPresent(expect -> endless(expect.place(), expect.expectations()));
    }
    writes.forEach(write -> endless(write.place(), write.sink().expectations()));
  }

  private void endless(String place, List<Expectation> expectations) {
    expectations.stream()
        .filter(Expectation.UpdatedWithin.class::isInstance)
        .forEach(
            check ->
                problems.add(
                    new Problem(
                        "NO_INTERVAL",
                        Optional.of(place),
                        "Cannot expect %s here: no sink of this pipeline has a partition, so a run has no interval before whose end a value could be new."
                            .formatted(check.name()),
                        "write to a sink that overwrites a partition.")));
  }

  private void sinkChecks() {
    for (Write write : writes) {
      recent(write.sink().expectations()).forEach(check -> comparisons(write, check));
      if (write.sink().expectations().stream().anyMatch(Expectation.AllMatched.class::isInstance)) {
        problems.add(
            Problem.at(
                write,
                "NO_JOIN",
                "Cannot expect allMatched() of what is written to '%s': only a join knows which rows have a match."
                    .formatted(write.sink().path()),
                "put .expect(allMatched()) right behind the join that it speaks of."));
      }
    }
  }

  /**
   * An allowance applies to the step right before it, so that it never covers more than was meant.
   */
  private void variation(Node.AllowVariation allowance) {
    Node step = allowance.input();
    if (NodeProperties.of(step).has(NodeProperty.NEVER_VARIES)) {
      problems.add(
          Problem.at(
              allowance,
              "NOTHING_VARIES",
              "Cannot allow variation here: %s gives the same rows every time."
                  .formatted(step.place()),
              "put allowVariation(…) right behind the step that it speaks of, or leave it out."));
    }
  }

  private static String unnamed(Set<String> left, Set<String> right) {
    if (left.isEmpty() && right.isEmpty()) {
      return "neither side has an alias";
    }
    return "the " + (left.isEmpty() ? "left" : "right") + " side has no alias";
  }

  private void placeholders(Node.Read read) {
    List<String> placeholders = read.source().placeholders();
    if (placeholders.isEmpty()) {
      return;
    }
    List<String> columns =
        read.source().isTable()
            ? List.of()
            : read.source().window().map(w -> w.partition().columnNames()).orElse(List.of());
    if (!columns.equals(placeholders)) {
      unreadable.add(read);
      problems.add(
          Problem.at(
              read,
              "PLACEHOLDERS",
              "Cannot fill %s in '%s': the columns of its partition are %s."
                  .formatted(placeholders, read.source().path(), columns),
              "read files by a partition whose columns are the placeholders, each at least once and"
                  + " in the same order."));
    }
  }

  private void noInterval(Node.Read read, String why, String fix) {
    unreadable.add(read);
    problems.add(
        Problem.at(
            read,
            "NO_INTERVAL",
            "Cannot read '%s' by %s: %s."
                .formatted(read.source().path(), read.source().window().orElseThrow(), why),
            fix));
  }

  /** Re-running a unit must read the same rows, so it may not read what it replaces. */
  private void selfReads() {
    for (Node.Read read : Nodes.reads(writes)) {
      for (Write write : writes) {
        if (read.source().path().overlaps(write.sink().path())
            && !readsOnlyEarlierUnits(read.source(), write.sink())) {
          problems.add(
              Problem.at(
                  read,
                  "READS_WHAT_IT_REPLACES",
                  "Cannot read '%s' here: to (%s) replaces rows that this reads, so a second run would see the output of the first."
                      .formatted(read.source().path(), write.site()),
                  selfReadFix(read.source(), write.sink())));
        }
      }
    }
  }

  private static String selfReadFix(Source source, Sink sink) {
    boolean hasEarlierUnits =
        source.isTable() && source.path().equals(sink.path()) && sink.partition().isPresent();
    return hasEarlierUnits
        ? "read strictly earlier units, such as partition(%s.previous(1)) with the sink's own partition, or write to another path."
            .formatted(sink.partition().get().grain())
        : "write to another path.";
  }

  private static boolean readsOnlyEarlierUnits(Source source, Sink sink) {
    return source.isTable()
        && source.path().equals(sink.path())
        && source.window().map(Window::isEarlier).orElse(false)
        && source.window().map(Window::partition).equals(sink.partition());
  }
}
