package io.penstock.jobs.testing;

import io.penstock.jobs.plan.Task;
import io.penstock.plan.Write;
import io.penstock.spec.CsvForm;
import io.penstock.spec.LakePath;
import io.penstock.spec.Sink;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Says what is expected of an export: the decompressed text that its consumers find, of parts one
 * after the other.
 */
public final class ExportAssert {
  private final JobOutcome outcome;
  private final ExportFiles files;

  private ExportAssert(JobOutcome outcome, ExportFiles files) {
    this.outcome = outcome;
    this.files = files;
  }

  static ExportAssert of(JobOutcome outcome, ThrowAwayLake lake, Task task, String path) {
    LakePath place = new LakePath(path);
    Optional<Sink> sink =
        task.pipeline().writes().stream()
            .map(Write::sink)
            .filter(found -> found.path().equals(place))
            .findFirst();
    Optional<String> unit =
        sink.flatMap(Sink::partition).flatMap(found -> task.unit().map(found::label));
    CsvForm form = sink.flatMap(Sink::csvForm).orElse(CsvForm.PLAIN);
    return new ExportAssert(outcome, new ExportFiles(lake.root().resolve(path), unit, form));
  }

  /** The export has exactly this header and these lines, the lines in any order. */
  public JobOutcome hasLines(String header, String... lines) {
    List<String> actual = new ArrayList<>(content().lines().toList());
    String actualHeader = actual.isEmpty() ? "" : actual.remove(0);
    if (!actualHeader.equals(header)) {
      throw TestingErrors.failed(
          "Expected '%s' to begin with\n  %s\nand it begins with\n  %s"
              .formatted(files.folder(), header, actualHeader));
    }
    Difference<String> difference = Difference.between(List.of(lines), actual);
    if (!difference.isEmpty()) {
      throw TestingErrors.failed(
          "Expected other lines in '%s'.%s"
              .formatted(files.folder(), difference.text(line -> line)));
    }
    return outcome;
  }

  /** The export is exactly this text. */
  public JobOutcome hasContent(String expected) {
    String actual = content();
    if (!actual.equals(expected)) {
      throw TestingErrors.failed(
          "Expected '%s' to hold\n%s\nand it holds\n%s"
              .formatted(files.folder(), expected, actual));
    }
    return outcome;
  }

  /** Nothing has been exported. */
  public JobOutcome isAbsent() {
    List<Path> published = published();
    if (!published.isEmpty()) {
      throw TestingErrors.failed(
          "Expected no export at '%s', and it holds\n%s"
              .formatted(files.folder(), text(published)));
    }
    return outcome;
  }

  private String content() {
    List<Path> published = published();
    if (published.isEmpty()) {
      throw TestingErrors.failed(
          "Expected an export at '%s', and nothing is published there.".formatted(files.folder()));
    }
    return text(published);
  }

  private List<Path> published() {
    try {
      return files.published();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private String text(List<Path> published) {
    StringBuilder text = new StringBuilder();
    try {
      for (Path file : published) {
        text.append(files.text(file));
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return text.toString();
  }

  private AssertionError unreadable(IOException cause) {
    return TestingErrors.failed(
        "Expected a readable export at '%s': %s.".formatted(files.folder(), cause));
  }
}
