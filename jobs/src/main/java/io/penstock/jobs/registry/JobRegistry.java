package io.penstock.jobs.registry;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.Failure;
import io.penstock.engine.ProcessSettings;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.Job;
import io.penstock.plan.Write;
import io.penstock.spec.LakePath;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * The jobs that there are, by the name of their pipeline.
 *
 * <p>No two jobs have one name, and no two write to one place: so every path has one producer.
 */
public final class JobRegistry {
  private final Map<String, Pipeline> pipelines;
  private final Producers producers;

  private JobRegistry(Map<String, Pipeline> pipelines) {
    this.pipelines = pipelines;
    this.producers = new Producers(pipelines.values());
  }

  /**
   * The jobs on the class path.
   *
   * @throws io.penstock.engine.RunFailedException of kind INVALID, when a class named as a job
   *     can't be made, or two jobs clash
   */
  public static JobRegistry onClassPath() {
    List<Job> jobs = new ArrayList<>();
    Iterator<Job> found = ServiceLoader.load(Job.class).iterator();
    try {
      while (found.hasNext()) {
        ProcessSettings settings = ProcessSettings.now();
        Job job = found.next();
        requireUnchanged(settings, job);
        jobs.add(job);
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      throw JobErrors.notLoadable(e);
    }
    return of(jobs);
  }

  /**
   * A registry of these jobs.
   *
   * @throws io.penstock.engine.RunFailedException of kind INVALID, with everything that is wrong
   *     with them: one has no pipeline, two clash
   */
  public static JobRegistry of(Collection<? extends Job> jobs) {
    Map<String, Pipeline> pipelines = new TreeMap<>();
    Map<String, Job> owners = new TreeMap<>();
    List<Failure> wrong = new ArrayList<>();
    for (Job job : jobs.stream().sorted(Comparator.comparing(JobRegistry::nameOf)).toList()) {
      try {
        Pipeline pipeline = pipelineOf(job);
        Job other = owners.putIfAbsent(pipeline.name(), job);
        if (other == null) {
          pipelines.put(pipeline.name(), pipeline);
        } else {
          wrong.add(JobErrors.sameName(pipeline.name(), nameOf(other), nameOf(job)).failure());
        }
      } catch (RunFailedException e) {
        wrong.add(e.failure());
      }
    }
    wrong.addAll(sharedTargets(pipelines, owners));
    if (!wrong.isEmpty()) {
      throw JobErrors.all(wrong);
    }
    return new JobRegistry(pipelines);
  }

  /** The names of all jobs, in alphabetical order. */
  public List<String> names() {
    return List.copyOf(pipelines.keySet());
  }

  /** All pipelines, in alphabetical order of their names. */
  public List<Pipeline> pipelines() {
    return List.copyOf(pipelines.values());
  }

  /** The pipeline of that name. */
  public Optional<Pipeline> find(String name) {
    return Optional.ofNullable(pipelines.get(name));
  }

  /** The pipelines that write what is read at the path: there, above it or below it. */
  public List<Pipeline> producersOf(LakePath path) {
    return producers.of(path);
  }

  /** A process-wide setting that one job changes would affect what all others compute. */
  private static void requireUnchanged(ProcessSettings settings, Job job) {
    List<String> changes = settings.changes();
    if (!changes.isEmpty()) {
      settings.restore();
      throw JobErrors.changesProcess(nameOf(job), changes);
    }
  }

  private static Pipeline pipelineOf(Job job) {
    ProcessSettings settings = ProcessSettings.now();
    Pipeline pipeline = builtBy(job);
    requireUnchanged(settings, job);
    return pipeline;
  }

  private static Pipeline builtBy(Job job) {
    try {
      return Objects.requireNonNull(job.pipeline(), "it returned null");
    } catch (Exception e) {
      throw JobErrors.noPipeline(nameOf(job), e);
    } catch (LinkageError e) {
      Throwable thrown = JobErrors.thrownBy(e);
      throw thrown == e
          ? JobErrors.notLinked(nameOf(job), e)
          : JobErrors.noPipeline(nameOf(job), thrown);
    }
  }

  private static List<Failure> sharedTargets(
      Map<String, Pipeline> pipelines, Map<String, Job> owners) {
    List<Failure> shared = new ArrayList<>();
    Producers producers = new Producers(pipelines.values());
    for (Pipeline pipeline : pipelines.values()) {
      for (Write write : pipeline.writes()) {
        for (Pipeline other : producers.of(write.sink().path())) {
          if (other.name().compareTo(pipeline.name()) < 0) {
            shared.add(
                JobErrors.samePath(
                        write.sink().path(),
                        nameOf(owners.get(other.name())),
                        nameOf(owners.get(pipeline.name())))
                    .failure());
          }
        }
      }
    }
    return shared;
  }

  private static String nameOf(Job job) {
    return job.getClass().getName();
  }
}
