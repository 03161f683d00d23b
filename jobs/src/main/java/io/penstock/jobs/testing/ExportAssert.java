package io.penstock.jobs.testing;

import io.penstock.jobs.plan.Task;
import io.penstock.plan.Write;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import io.penstock.spec.Sink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Says what is expected of an export: its text, as a consumer finds it at the stable path. */
public final class ExportAssert {
  private final JobOutcome outcome;
  private final Path file;

  private ExportAssert(JobOutcome outcome, Path file) {
    this.outcome = outcome;
    this.file = file;
  }

  static ExportAssert of(JobOutcome outcome, ThrowAwayLake lake, Task task, String path) {
    LakePath place = new LakePath(path);
    Optional<Partition> partition =
        task.pipeline().writes().stream()
            .map(Write::sink)
            .filter(sink -> sink.path().equals(place))
            .findFirst()
            .flatMap(Sink::partition);
    Path folder = lake.root().resolve(path);
    Path unit =
        partition
            .flatMap(found -> task.unit().map(found::label))
            .map(folder::resolve)
            .orElse(folder);
    return new ExportAssert(outcome, unit.resolve(place.name() + ".csv"));
  }

  /** The export has exactly this header and these lines, the lines in any order. */
  public JobOutcome hasLines(String header, String... lines) {
    List<String> actual = new ArrayList<>(content().lines().toList());
    List<String> missing = new ArrayList<>(List.of(lines));
    String actualHeader = actual.isEmpty() ? "" : actual.remove(0);
    if (!actualHeader.equals(header)) {
      throw TestingErrors.failed(
          "Expected '%s' to begin with\n  %s\nand it begins with\n  %s"
              .formatted(file, header, actualHeader));
    }
    List<String> unexpected = new ArrayList<>();
    for (String line : actual) {
      if (!missing.remove(line)) {
        unexpected.add(line);
      }
    }
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      throw TestingErrors.failed(
          "Expected other lines in '%s'.%s%s"
              .formatted(file, listed("Missing", missing), listed("Unexpected", unexpected)));
    }
    return outcome;
  }

  /** The export is exactly this text. */
  public JobOutcome hasContent(String expected) {
    String actual = content();
    if (!actual.equals(expected)) {
      throw TestingErrors.failed(
          "Expected '%s' to hold\n%s\nand it holds\n%s".formatted(file, expected, actual));
    }
    return outcome;
  }

  /** Nothing has been exported. */
  public JobOutcome isAbsent() {
    if (Files.exists(file)) {
      throw TestingErrors.failed(
          "Expected no export at '%s', and it holds\n%s".formatted(file, content()));
    }
    return outcome;
  }

  private String content() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw TestingErrors.failed("Expected an export at '%s': %s.".formatted(file, e));
    }
  }

  private static String listed(String title, List<String> lines) {
    return lines.isEmpty()
        ? ""
        : "\n%s (%d):\n  %s".formatted(title, lines.size(), String.join("\n  ", lines));
  }
}
