package io.penstock.jobs.read;

import io.penstock.engine.ReaderLimit;
import io.penstock.plan.Problem;
import io.penstock.spec.LakePath;

/** Makes the errors about tables that a program can't read right. */
final class ReadErrors {
  private ReadErrors() {}

  static Problem limit(LakePath table, ReaderLimit limit) {
    return Problem.ofPipeline(
        "TABLE_FEATURE",
        "Cannot read '%s' there: on account of its feature %s, %s."
            .formatted(table, limit.feature(), limit),
        "read it by --for spark, or let a job write its rows to a table of its own, which has no"
            + " such features.");
  }

  static Problem unprintable(String shown) {
    return Problem.ofPipeline(
        "UNPRINTABLE",
        "Cannot print '%s' in a snippet: it holds a line end or another control character."
            .formatted(shown),
        "rename what it names.");
  }

  static Problem path(String uri, TableReader reader, String part) {
    return Problem.ofPipeline(
        "PATH",
        "Cannot read '%s' by %s: it takes the '%s' in the path for something else."
            .formatted(uri, reader, part),
        "move the lake to a folder whose name doesn't have it.");
  }

  static Problem location(LakePath table, TableReader reader, String scheme) {
    return Problem.ofPipeline(
        "LOCATION",
        "Cannot read '%s' by %s from where it lies: it doesn't read '%s:', or that was never tried."
            .formatted(table, reader, scheme),
        "read it by --for spark or --for trino.");
  }
}
