package io.penstock.jobs.testing;

import io.penstock.dsl.Penstock;
import io.penstock.dsl.Pipeline;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunReport;
import io.penstock.jobs.Job;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.plan.PlanErrors;
import io.penstock.jobs.plan.Task;
import io.penstock.jobs.plan.UnitSelection;
import io.penstock.jobs.run.RunErrors;
import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import io.penstock.spec.Sink;
import io.penstock.spec.UnitDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Runs a job on the real engine, in a lake of its own that is thrown away.
 *
 * <pre>{@code
 * JobTest.of(new ChannelReport())
 *     .given("raw/session_timestamp", DAY,
 *         rows("day DATE, sessionid STRING", row("2026-03-01", "a")))
 *     .given("raw/user_session_channel",
 *         rows("userid INT, sessionid STRING, channel STRING", row(1, "a", "email")))
 *     .run("2026-03-01")
 *     .succeeded()
 *     .table("mart/channel_report")
 *     .hasRows(rows("day DATE, channel STRING, users BIGINT", row("2026-03-01", "email", 1)));
 * }</pre>
 *
 * <p>What is given is written at once, and what is run stays: a test may run a job again, or give
 * more in between.
 */
public final class JobTest {
  private final Pipeline pipeline;
  private final ThrowAwayLake lake;
  private final Map<String, String> arguments = new LinkedHashMap<>();

  private JobTest(Pipeline pipeline, ThrowAwayLake lake) {
    this.pipeline = pipeline;
    this.lake = lake;
  }

  /** A test of the job, in an empty lake. */
  public static JobTest of(Job job) {
    return new JobTest(job.pipeline(), ThrowAwayLake.open());
  }

  /** A test of another job in the same lake. */
  public JobTest then(Job job) {
    return new JobTest(job.pipeline(), lake);
  }

  /**
   * Rows with their columns: {@code rows("sessionid STRING, amount DECIMAL(9,2)", row("a", 2))}.
   */
  public static GivenRows rows(String schema, GivenRow... rows) {
    return new GivenRows(schema, List.of(rows));
  }

  /** The values of one row, in the order of the columns; {@link GivenRow#NULL} for NULL. */
  public static GivenRow row(Object... values) {
    return new GivenRow(Arrays.asList(values));
  }

  /** A Delta table that holds these rows. */
  public JobTest given(String path, GivenRows rows) {
    publish(lake.stored(rows).to(Penstock.delta(path).overwrite()), Optional.empty());
    return this;
  }

  /** A Delta table by units, of which those are present that the rows' partition columns name. */
  public JobTest given(String path, Partition partition, GivenRows rows) {
    UnitValues.divided(rows, partition)
        .forEach((unit, part) -> publish(path, partition, rows.with(part), unit));
    return this;
  }

  /** A unit of a Delta table that is present and holds no rows. */
  public JobTest givenEmpty(String path, Partition partition, String schema, String date) {
    publish(path, partition, rows(schema), partition.unitOf(date(date)));
    return this;
  }

  /**
   * A file, as it would have arrived: {@code givenFile("arrivals/2026-03-01/a.csv", "id\n1\n")}.
   */
  public JobTest givenFile(String path, String content) {
    lake.write(path, content);
    return this;
  }

  /** A value for a parameter, in all runs from here on. */
  public JobTest withParameter(String name, String value) {
    arguments.put(name, value);
    return this;
  }

  /** Runs the job for the unit that holds the date. */
  public JobOutcome run(String date) {
    return run(new UnitSelection.OfDate(date(date)));
  }

  /** Runs a job that has no partition. */
  public JobOutcome run() {
    return run(new UnitSelection.Unspecified());
  }

  private JobOutcome run(UnitSelection selection) {
    Arguments values = new Arguments(arguments);
    List<Problem> problems = new ArrayList<>(selection.problemsFor(pipeline));
    problems.addAll(values.problemsFor(List.of(pipeline)));
    problems.addAll(values.missingFor(List.of(pipeline)));
    if (!problems.isEmpty()) {
      return JobOutcome.of(lake, new Task(pipeline, Optional.empty()), PlanErrors.usage(problems));
    }
    Task task = selection.tasksOf(pipeline).get(0);
    try {
      RunReport report = lake.run(pipeline, task.unit(), values.valuesFor(pipeline));
      return JobOutcome.of(lake, task, report);
    } catch (RunFailedException e) {
      return JobOutcome.of(lake, task, e);
    } catch (Exception e) {
      // As a run does: engines written in Scala throw what no signature declares.
      return JobOutcome.of(lake, task, new RunFailedException(RunErrors.unexpected(e)));
    }
  }

  private void publish(String path, Partition partition, GivenRows rows, Interval unit) {
    Sink sink = Penstock.delta(path).overwrite(partition);
    publish(lake.stored(rows).to(sink), Optional.of(unit));
  }

  private void publish(Write write, Optional<Interval> unit) {
    String path = write.sink().path().text();
    try {
      lake.run(Pipeline.named("given").writes(write), unit, Map.of())
          .failure()
          .ifPresent(
              failure -> {
                throw TestingErrors.notGiven(path, failure);
              });
    } catch (RunFailedException e) {
      throw TestingErrors.notGiven(path, e.failure());
    }
  }

  private static UnitDate date(String text) {
    try {
      return UnitDate.of(text);
    } catch (IllegalArgumentException e) {
      throw TestingErrors.notADate(text, e);
    }
  }
}
