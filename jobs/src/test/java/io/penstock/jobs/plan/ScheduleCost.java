package io.penstock.jobs.plan;

import io.penstock.dsl.Penstock;
import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.MemoryLake;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.spec.Window;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * How the time to plan a schedule grows with jobs, with units and with windows, one at a time:
 * medians, and how much an element of the largest size costs beside one of the smallest. About 1,
 * or less, where the cost is linear. Run it with the test class path of this module:
 *
 * <pre>java -cp … io.penstock.jobs.plan.ScheduleCost 5</pre>
 */
final class ScheduleCost {
  private static final int[] FACTORS = {1, 2, 4, 8};

  private ScheduleCost() {}

  /** What is planned: a chain of jobs, each of which reads the one before by a window. */
  private record Plan(int jobs, int units, int window) {
    void run() {
      List<Job> chain = new ArrayList<>();
      for (int i = 0; i < jobs; i++) {
        chain.add(job(i, Jobs.DAY.last(window)));
      }
      JobRegistry registry = JobRegistry.of(chain);
      Pipeline last = registry.find("job-" + (jobs - 1)).orElseThrow();
      List<Task> tasks = new ArrayList<>();
      for (int i = 0; i < units; i++) {
        tasks.add(new Task(last, Optional.of(Jobs.DAY.neighbour(Jobs.day("2026-03-01"), i))));
      }
      new TaskPlanner(registry, new MissingUpstream(registry, new MemoryLake())).plan(tasks);
    }

    private static Job job(int number, Window window) {
      String reads = number == 0 ? "raw/start" : "mart/table_" + (number - 1);
      return () ->
          Pipeline.named("job-" + number)
              .writes(
                  Penstock.read(Penstock.delta(reads).partition(window))
                      .to(Penstock.delta("mart/table_" + number).overwrite(Jobs.DAY)));
    }
  }

  /** Prints the table; the argument is the number of trials. */
  public static void main(String[] arguments) {
    int trials = Integer.parseInt(arguments[0]);
    System.out.println("| work | sizes | median, s | last / first, per element |");
    measure("jobs", 250, trials, jobs -> new Plan(jobs, 4, 1));
    measure("units", 250, trials, units -> new Plan(4, units, 7));
    measure("windows", 50, trials, window -> new Plan(2, 400, window));
  }

  private static void measure(String name, int smallest, int trials, IntFunction<Plan> plan) {
    List<String> sizes = new ArrayList<>();
    List<Double> medians = new ArrayList<>();
    plan.apply(smallest).run();
    for (int factor : FACTORS) {
      sizes.add(String.valueOf(smallest * factor));
      medians.add(median(plan.apply(smallest * factor), trials));
    }
    int last = FACTORS.length - 1;
    System.out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %.2f |%n",
        name,
        String.join(", ", sizes),
        String.join(
            ", ", medians.stream().map(s -> String.format(Locale.ROOT, "%.3f", s)).toList()),
        medians.get(last) / medians.get(0) / FACTORS[last]);
  }

  private static double median(Plan plan, int trials) {
    List<Double> all = new ArrayList<>();
    for (int i = 0; i < trials; i++) {
      long start = System.nanoTime();
      plan.run();
      all.add((System.nanoTime() - start) / 1e9);
    }
    Collections.sort(all);
    return all.get(all.size() / 2);
  }
}
