package io.penstock.spark.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.expressions.CorpusProcess.Machine;
import io.penstock.spark.expressions.CorpusProcess.Outcome;
import io.penstock.spark.expressions.CorpusProcess.Report;
import io.penstock.spark.expressions.SyntaxCorpus.Entry;
import io.penstock.spark.testing.Proofs;
import io.penstock.spark.testing.SparkTestSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Accepted entries give the same rows, or their plans name a doubt, in two processes that differ in
 * clock, application, environment, locale and zone, and in the order, number and sizes of files.
 */
@Tag("proof")
final class SameInAnotherProcessTest {
  /** Of the queries, and of the functions. */
  private static final int SOME = 8;

  @TempDir private static Path directory;
  private static Report here;
  private static Report there;

  @BeforeAll
  static void computeTwice() throws IOException {
    List<Entry> entries = entries();
    Path one = directory.resolve("here");
    Path other = directory.resolve("there");
    CorpusLake.filled(one, rows -> rows.coalesce(1));
    CorpusLake.filled(
        other,
        rows ->
            rows.orderBy(functions.expr("xxhash64(name, id)"))
                .repartition(4, functions.col("name")));
    try (CorpusProcess first = CorpusProcess.start(plain(one), one, entries);
        CorpusProcess second = CorpusProcess.start(another(other), other, entries)) {
      here = first.await();
      there = second.await();
    }
  }

  /** The environment of a task. */
  private static Machine plain(Path place) throws IOException {
    return new Machine(
        List.of(
            "-Duser.language=en",
            "-Duser.country=US",
            "-Duser.timezone=UTC",
            "-Djava.io.tmpdir=" + temporary(place)),
        Map.of("TZ", "UTC", "LC_ALL", "C.UTF-8"));
  }

  /** The environment of a program that embeds the engine, and of another user elsewhere. */
  private static Machine another(Path place) throws IOException {
    Path home = Files.createDirectories(place.resolve("home"));
    Path temporary = temporary(place);
    return new Machine(
        List.of(
            ShiftedClock.flag(place),
            "-Duser.language=de",
            "-Duser.country=DE",
            "-Duser.extensions=u-ca-buddhist",
            "-Duser.name=somebody",
            "-Duser.home=" + home,
            "-Djava.io.tmpdir=" + temporary),
        Map.of(
            "TZ", "Asia/Seoul",
            "LC_ALL", "de_DE.UTF-8",
            "LANG", "de_DE.UTF-8",
            "HOME", home.toString(),
            "USER", "somebody",
            "LOGNAME", "somebody",
            "HOSTNAME", "elsewhere",
            "HADOOP_USER_NAME", "somebody",
            "SPARK_LOCAL_DIRS", temporary.toString()));
  }

  private static Path temporary(Path place) throws IOException {
    return Files.createDirectories(place.resolve("temporary"));
  }

  /** All accepted entries in the full proofs, a sample in every build. */
  private static List<Entry> entries() {
    List<Entry> queries =
        SyntaxCorpus.entries(Path.of("outside")).stream()
            .filter(Entry::isSettled)
            .distinct()
            .toList();
    List<Entry> functions = FunctionCorpus.allowed((SparkSession) SparkTestSession.spark());
    List<Entry> entries = new ArrayList<>(FunctionCorpus.byLocale());
    entries.addAll(some("queries in another process", queries));
    entries.addAll(some("functions in another process", functions));
    return entries.stream().distinct().toList();
  }

  private static List<Entry> some(String what, List<Entry> all) {
    if (Proofs.full()) {
      return all;
    }
    List<Entry> some = new ArrayList<>(all);
    Collections.shuffle(some, Proofs.random(what));
    return some.subList(0, SOME);
  }

  /** Otherwise equal rows would prove nothing. */
  @Test
  void queriesOutsideOfPenstockSeeAnotherMachine() {
    assertThat(here.environment()).hasSameSizeAs(CorpusProcess.ENVIRONMENT_QUERIES);
    assertThat(here.environment())
        .allSatisfy(
            (name, value) ->
                assertThat(there.environment().get(name)).as(name).isNotEqualTo(value));
    assertThat(there.environment())
        .containsEntry("zone", "[Asia/Seoul]")
        .containsEntry("user", "[somebody]")
        .containsEntry("locale", "[de_DE_#u-ca-buddhist]");
    assertThat(micros(there) - micros(here))
        .as("the clock is shifted, and the processes run within ten minutes of each other")
        .isBetween(shift() - minutes(10), shift() + minutes(10));
    assertThat(here.shiftedCalls()).isZero();
    assertThat(there.shiftedCalls()).isPositive();
  }

  private static long micros(Report report) {
    return Long.parseLong(report.environment().get("clock").replaceAll("[\\[\\]]", ""));
  }

  private static long shift() {
    return ShiftedClock.SHIFT.toMillis() * 1000;
  }

  private static long minutes(int number) {
    return number * 60_000_000L;
  }

  @Test
  void acceptedEntriesGiveTheSameRowsOrHaveADoubt() {
    Map<Entry, Outcome> others = byEntry(there);
    List<String> differing = new ArrayList<>();
    int failing = 0;
    int refused = 0;
    int doubted = 0;
    for (Outcome outcome : here.outcomes()) {
      Outcome other = others.get(outcome.entry());
      boolean same = outcome.result().equals(other.result());
      if (!outcome.doubts().equals(other.doubts()) || (!same && outcome.doubts().isEmpty())) {
        differing.add(outcome + "\nbut elsewhere\n" + other);
      }
      failing += outcome.isFailure() ? 1 : 0;
      refused += outcome.isRefused() ? 1 : 0;
      doubted += outcome.doubts().isEmpty() ? 0 : 1;
    }
    Proofs.tell(
        "%s entries in two processes, %s calls of the second by a shifted clock: %s differ without a doubt; %s have a doubt, %s fail in both alike, %s are refused in both"
            .formatted(
                here.outcomes().size(),
                there.shiftedCalls(),
                differing.size(),
                doubted,
                failing,
                refused));

    assertThat(differing).isEmpty();
    assertThat(others).hasSameSizeAs(here.outcomes());
    assertThat(failing).as("entries that fail").isLessThan(here.outcomes().size() / 10);
  }

  private static Map<Entry, Outcome> byEntry(Report report) {
    Map<Entry, Outcome> outcomes = new HashMap<>();
    report.outcomes().forEach(outcome -> outcomes.put(outcome.entry(), outcome));
    return outcomes;
  }
}
