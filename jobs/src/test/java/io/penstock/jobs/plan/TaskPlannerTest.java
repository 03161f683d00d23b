package io.penstock.jobs.plan;

import static io.penstock.jobs.Jobs.day;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.dsl.Penstock;
import io.penstock.dsl.Pipeline;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.Lake;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.Job;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.MemoryLake;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.spec.DeltaSource;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.UnitDate;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskPlannerTest {
  private final JobRegistry jobs = Jobs.all();
  private final MemoryLake lake = new MemoryLake();

  @Test
  void aProducerComesBeforeItsReaderWhateverTheOrderAskedFor() {
    assertThat(order(Upstream.NONE, range("2026-03-01", "2026-03-02", "daily-sales", "land-sales")))
        .containsExactly("land-sales 2026-03-01", "daily-sales 2026-03-01");
  }

  @Test
  void independentJobsKeepTheOrderAskedFor() {
    assertThat(
            order(Upstream.NONE, range("2026-03-01", "2026-03-02", "land-sales", "land-products")))
        .containsExactly("land-sales 2026-03-01", "land-products");
  }

  @Test
  void aMonthComesAfterItsDays() {
    List<String> order =
        order(Upstream.NONE, range("2026-02-01", "2026-03-01", "monthly-sales", "daily-sales"));

    assertThat(order).hasSize(29).endsWith("daily-sales 2026-02-28", "monthly-sales 2026-02-01");
  }

  @Test
  void aJobThatReadsItsOwnPastRunsInTheOrderOfDates() {
    List<Task> tasks = new ArrayList<>(range("2026-03-01", "2026-03-04", "running-total"));
    Collections.reverse(tasks);

    assertThat(order(Upstream.NONE, tasks))
        .containsExactly(
            "running-total 2026-03-01", "running-total 2026-03-02", "running-total 2026-03-03");
  }

  @Test
  void aJobThatReadsItsOwnPastMayBePlannedForManyUnits() {
    List<Task> tasks = new ArrayList<>(range("2000-01-01", "2030-01-01", "running-total"));
    Collections.reverse(tasks);

    List<String> order = order(Upstream.NONE, tasks);

    assertThat(order).hasSize(10_958).startsWith("running-total 2000-01-01");
    assertThat(order).isSorted();
  }

  @Test
  void theLakeIsAskedOnceForEachTableWhateverTheNumberOfUnits() {
    Map<LakePath, Integer> asked = new HashMap<>();
    Lake counting =
        (Lake)
            Proxy.newProxyInstance(
                Lake.class.getClassLoader(),
                new Class<?>[] {Lake.class},
                (proxy, method, arguments) -> {
                  asked.merge((LakePath) arguments[0], 1, Integer::sum);
                  return method.invoke(lake, arguments);
                });

    List<Task> planned =
        new TaskPlanner(jobs, new MissingUpstream(jobs, counting))
            .plan(range("2026-01-01", "2027-01-01", "monthly-sales"))
            .tasks();

    assertThat(planned).hasSize(12 + 365 + 365 + 1);
    assertThat(asked)
        .containsOnly(
            Map.entry(new LakePath("mart/daily_sales"), 1),
            Map.entry(new LakePath("raw/sales"), 1),
            Map.entry(new LakePath("raw/products"), 1));
  }

  @Test
  void upstreamIsAddedForExactlyTheUnitsThatAreMissing() {
    lake.holding("raw/products").holding("mart/daily_sales", days("2026-02-01", 26));

    assertThat(order(missing(), range("2026-02-01", "2026-03-01", "monthly-sales")))
        .containsExactly(
            "land-sales 2026-02-27",
            "daily-sales 2026-02-27",
            "land-sales 2026-02-28",
            "daily-sales 2026-02-28",
            "monthly-sales 2026-02-01");
  }

  @Test
  void aJobWithoutPartitionIsAddedOnce() {
    assertThat(order(missing(), range("2026-03-01", "2026-03-03", "daily-sales")))
        .containsOnlyOnce("land-products")
        .hasSize(5);
  }

  @Test
  void theProducerOfATableWhoseRowsWereTakenOutIsAdded() {
    lake.emptied("raw/products").holding("raw/sales", day("2026-03-01"));

    assertThat(order(missing(), range("2026-03-01", "2026-03-02", "daily-sales")))
        .containsExactly("land-products", "daily-sales 2026-03-01");
  }

  @Test
  void aJobsOwnPastIsNotAdded() {
    lake.holding("mart/daily_sales", day("2026-03-05"));

    assertThat(order(missing(), range("2026-03-05", "2026-03-06", "running-total")))
        .containsExactly("running-total 2026-03-05");
  }

  @Test
  void theWholeOfATableByUnitsIsNotAddedBecauseNobodyKnowsItsUnits() {
    Job reader =
        () ->
            Pipeline.named("all-sales")
                .writes(
                    Penstock.read(Penstock.delta("raw/sales"))
                        .to(Penstock.delta("mart/all_sales").overwrite()));
    JobRegistry both = JobRegistry.of(List.of(reader, new Jobs.LandSales()));
    Task task = new Task(both.find("all-sales").orElseThrow(), Optional.empty());

    assertThat(new TaskPlanner(both, new MissingUpstream(both, lake)).plan(List.of(task)).tasks())
        .containsExactly(task);
  }

  @Test
  void aCycleIsSpelledOut() {
    JobRegistry circle =
        JobRegistry.of(
            List.of(
                Jobs.daily("egg", "raw/egg", "raw/hen"), Jobs.daily("hen", "raw/hen", "raw/egg")));

    assertThatThrownBy(
            () ->
                new TaskPlanner(circle, Upstream.NONE)
                    .plan(range(circle, "2026-03-01", "2026-03-02", "egg", "hen")))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            e -> {
              Failure failure = e.failure();
              assertThat(failure.kind()).isEqualTo(FailureKind.INVALID);
              assertThat(failure.message())
                  .isEqualTo(
                      "Cannot order the jobs, because they wait for each other: egg 2026-03-01"
                          + " reads 'raw/hen' of hen 2026-03-01 reads 'raw/egg' of egg"
                          + " 2026-03-01.");
            });
  }

  @Test
  void jobsThatFeedEachOtherAreNotAddedForEver() {
    JobRegistry circle =
        JobRegistry.of(
            List.of(
                Jobs.daily("egg", "raw/egg", "raw/hen"), Jobs.daily("hen", "raw/hen", "raw/egg")));
    Upstream upstream = new MissingUpstream(circle, lake);

    assertThat(
            new TaskPlanner(circle, upstream)
                .plan(range(circle, "2026-03-01", "2026-03-02", "egg"))
                .tasks())
        .hasSize(1);
  }

  /** Layers of daily jobs, each reading any of the layers below; a random part is present. */
  static Stream<Long> seeds() {
    return IntStream.range(0, 60).mapToObj(Long::valueOf);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void everyUnitReadIsPresentOrScheduledBefore(long seed) {
    Random random = new Random(seed);
    List<Job> made = new ArrayList<>();
    List<String> tables = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      String[] reads =
          tables.stream().filter(table -> random.nextInt(3) == 0).toArray(String[]::new);
      made.add(Jobs.daily("job-" + i, "t" + i, reads));
      tables.add("t" + i);
      for (int d = 0; d < 5; d++) {
        if (random.nextInt(3) == 0) {
          lake.holding("t" + i, Jobs.DAY.neighbour(day("2026-03-01"), d));
        }
      }
    }
    JobRegistry registry = JobRegistry.of(made);
    List<Task> requested =
        range(registry, "2026-03-01", "2026-03-06", "job-6", "job-" + random.nextInt(6));

    Schedule schedule =
        new TaskPlanner(registry, new MissingUpstream(registry, lake)).plan(requested);

    Set<Task.Key> done = new HashSet<>();
    for (Schedule.Entry entry : schedule.entries()) {
      assertThat(done).containsAll(entry.dependencies());
      for (TaskInput need : TaskInput.of(entry.task())) {
        for (Interval unit : need.units()) {
          boolean present =
              !(need.source() instanceof DeltaSource)
                  || lake.missingUnits(need.path(), Jobs.DAY, List.of(unit)).isEmpty();
          String producer = "job-" + need.path().text().substring(1);
          assertThat(present || done.contains(new Task.Key(producer, Optional.of(unit))))
              .as("%s of %s for %s", need.path(), unit, entry.task())
              .isTrue();
        }
      }
      assertThat(done.add(entry.task().key())).isTrue();
    }
    assertThat(done).containsAll(requested.stream().map(Task::key).toList());
  }

  private Upstream missing() {
    return new MissingUpstream(jobs, lake);
  }

  private List<String> order(Upstream upstream, List<Task> tasks) {
    return new TaskPlanner(jobs, upstream)
        .plan(tasks).tasks().stream().map(Task::toString).toList();
  }

  private List<Task> range(String from, String to, String... names) {
    return range(jobs, from, to, names);
  }

  private static List<Task> range(JobRegistry jobs, String from, String to, String... names) {
    UnitSelection selection = new UnitSelection.Range(UnitDate.of(from), UnitDate.of(to));
    return Stream.of(names)
        .flatMap(name -> selection.tasksOf(jobs.find(name).orElseThrow()).stream())
        .toList();
  }

  private static Interval[] days(String from, int count) {
    return IntStream.range(0, count)
        .mapToObj(offset -> Jobs.DAY.neighbour(day(from), offset))
        .toArray(Interval[]::new);
  }
}
