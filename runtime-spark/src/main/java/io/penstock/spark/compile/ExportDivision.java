package io.penstock.spark.compile;

import io.penstock.plan.Problem;
import io.penstock.plan.Write;
import io.penstock.spark.export.ExportReader;
import io.penstock.spark.export.ExportTarget;
import io.penstock.spark.export.PublishedExport;
import io.penstock.spark.export.UnreadableExportException;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Compares how an export is divided with how it was: a run replaces what its own partition names,
 * and what an earlier division left would stay current beside it.
 */
final class ExportDivision {
  /** As runs write it; whoever publishes by other means may call it otherwise. */
  private static final Pattern INTERVAL =
      Pattern.compile("([0-9-]+T[0-9:.]+Z)/([0-9-]+T[0-9:.]+Z)");

  private final ExportReader reader;

  ExportDivision(Configuration configuration) {
    this.reader = new ExportReader(configuration);
  }

  /** What is wrong with the partition of a sink for CSV, if it is. */
  Optional<Problem> mismatch(Write write, Path target) {
    List<String> columns = write.sink().partition().map(Partition::columnNames).orElse(List.of());
    for (ExportTarget published : reader.examples(target)) {
      if (!published.columns().equals(columns)) {
        return Optional.of(problem(write, "it is published as " + published.division()));
      }
      Optional<Interval> unit = write.sink().partition().flatMap(p -> unit(published));
      if (unit.isPresent() && !write.sink().partition().orElseThrow().isUnit(unit.get())) {
        return Optional.of(
            problem(
                write, "its partition " + published.partitionPath() + " is that of " + unit.get()));
      }
    }
    return Optional.empty();
  }

  /** The unit of a version; a damaged one is no reason not to replace it. */
  private Optional<Interval> unit(ExportTarget published) {
    try {
      return reader
          .current(published)
          .map(PublishedExport::manifest)
          .map(manifest -> manifest.attempt().interval())
          .map(INTERVAL::matcher)
          .filter(Matcher::matches)
          .map(found -> new Interval(Instant.parse(found.group(1)), Instant.parse(found.group(2))));
    } catch (UnreadableExportException e) {
      return Optional.empty();
    }
  }

  private static Problem problem(Write write, String found) {
    String wanted =
        write
            .sink()
            .partition()
            .map(partition -> "'%s' by %s".formatted(write.sink().path(), partition))
            .orElseGet(() -> "'%s' as a whole".formatted(write.sink().path()));
    return Problem.at(
        write,
        "PARTITION_MISMATCH",
        "Cannot replace %s: %s, which would stay there beside it.".formatted(wanted, found),
        "write to another path; or move the directory '%s' away, and run every unit that it held."
            .formatted(write.sink().path()));
  }
}
