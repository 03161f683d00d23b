package io.penstock.jobs.plan;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.spec.LakePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Which of some tasks read what which others of them write. */
final class Dependencies {
  private final JobRegistry jobs;
  private final Map<String, JobTasks> tasksByJob = new LinkedHashMap<>();

  Dependencies(JobRegistry jobs, Collection<Task> tasks) {
    this.jobs = jobs;
    Map<String, List<Task>> byJob = new LinkedHashMap<>();
    tasks.forEach(
        task -> byJob.computeIfAbsent(task.pipeline().name(), name -> new ArrayList<>()).add(task));
    byJob.forEach((name, ofJob) -> tasksByJob.put(name, new JobTasks(ofJob)));
  }

  /** The tasks whose output the task reads, each with the path where it does. */
  Map<Task.Key, LakePath> of(Task task) {
    Map<Task.Key, LakePath> found = new LinkedHashMap<>();
    for (TaskInput input : TaskInput.of(task)) {
      for (Pipeline producer : jobs.producersOf(input.path())) {
        JobTasks candidates = tasksByJob.get(producer.name());
        if (candidates == null) {
          continue;
        }
        for (Task candidate : candidates.writing(input)) {
          if (isNoLater(candidate, task)) {
            found.putIfAbsent(candidate.key(), input.path());
          }
        }
      }
    }
    return found;
  }

  /** Reading its own unit or a later one makes a task invalid, which compiling it reports. */
  private static boolean isNoLater(Task candidate, Task reader) {
    return !candidate.pipeline().name().equals(reader.pipeline().name())
        || (candidate.unit().isPresent()
            && candidate.unit().orElseThrow().from().isBefore(reader.unit().orElseThrow().from()));
  }
}
