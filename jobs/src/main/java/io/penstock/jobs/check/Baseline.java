package io.penstock.jobs.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.engine.RunPlan;
import io.penstock.jobs.result.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The doubts that a project accepts; any other is new.
 *
 * @param entries a doubt that stands twice is there twice
 */
public record Baseline(List<Entry> entries) {
  private static final String DOUBTS = "doubts";

  public Baseline {
    entries = List.copyOf(entries);
  }

  /**
   * A doubt about a job.
   *
   * @param place its step and file, without the line: a line that moves makes no new doubt
   */
  public record Entry(String job, String place, String what) {
    static Entry of(String job, RunPlan.Doubt doubt) {
      return new Entry(job, doubt.place().replaceAll(":\\d+\\)$", ")"), doubt.what());
    }
  }

  /** A doubt about a job that was found now, with its line. */
  public record JobDoubt(String job, RunPlan.Doubt doubt) {
    Entry entry() {
      return Entry.of(job, doubt);
    }
  }

  /** Accepts all doubts that are found now and that no allowVariation explains. */
  public static Baseline of(Collection<CheckedJob> jobs) {
    return new Baseline(
        unexplained(jobs).stream()
            .map(JobDoubt::entry)
            .sorted(
                Comparator.comparing(Entry::job)
                    .thenComparing(Entry::place)
                    .thenComparing(Entry::what))
            .toList());
  }

  private static List<JobDoubt> unexplained(Collection<CheckedJob> jobs) {
    return jobs.stream()
        .flatMap(
            job ->
                job.doubts().stream()
                    .filter(doubt -> doubt.reason().isEmpty())
                    .map(doubt -> new JobDoubt(job.name(), doubt)))
        .toList();
  }

  /** The doubts that nobody has accepted. */
  public List<JobDoubt> newIn(Collection<CheckedJob> jobs) {
    List<Entry> left = new ArrayList<>(entries);
    return unexplained(jobs).stream().filter(found -> !left.remove(found.entry())).toList();
  }

  /** What is accepted and isn't found any more; of a job that isn't valid that isn't known. */
  public List<Entry> goneFrom(Collection<CheckedJob> jobs) {
    List<Entry> left = new ArrayList<>(entries);
    unexplained(jobs).forEach(found -> left.remove(found.entry()));
    Set<String> unknown =
        jobs.stream()
            .filter(job -> !job.isValid())
            .map(CheckedJob::name)
            .collect(Collectors.toSet());
    return left.stream().filter(entry -> !unknown.contains(entry.job())).toList();
  }

  /**
   * Reads it.
   *
   * @param command that writes the file, for the message when it isn't there
   * @throws io.penstock.engine.RunFailedException of kind USAGE, when it can't be read
   */
  public static Baseline read(Path file, String command) {
    if (!Files.exists(file)) {
      throw CheckErrors.noBaseline(file, command);
    }
    try {
      JsonNode json = new ObjectMapper().readTree(Files.readString(file));
      if (!json.path(DOUBTS).isArray()) {
        throw CheckErrors.unreadableBaseline(file, "it has no list \"doubts\"", command);
      }
      List<Entry> entries = new ArrayList<>();
      for (JsonNode doubt : json.get(DOUBTS)) {
        entries.add(
            new Entry(
                doubt.path("job").asText(),
                doubt.path("place").asText(),
                doubt.path("what").asText()));
      }
      return new Baseline(entries);
    } catch (IOException e) {
      throw CheckErrors.unreadableBaseline(file, String.valueOf(e.getMessage()), command);
    }
  }

  /** Writes it, one doubt a line, so that a review shows what changes. */
  public void write(Path file) {
    try {
      Files.writeString(file, Json.pretty(Map.of(DOUBTS, entries)));
    } catch (IOException e) {
      throw CheckErrors.baselineNotWritten(file, e);
    }
  }
}
