package io.penstock.engine;

import io.penstock.dsl.Pipeline;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Looks at what lies in the lake, and keeps the records of runs. */
public interface Lake {
  /** Whether there is a Delta table at the path that has files, be it of rows or of none. */
  boolean isPresent(LakePath table);

  /**
   * The units of a Delta table that have no files, not even one without rows. All of them, when
   * there is no table.
   */
  List<Interval> missingUnits(LakePath table, Partition partition, List<Interval> units);

  /**
   * The first rows of a table or an export.
   *
   * @param where a SQL predicate over its columns
   * @param rejectedRun when present, what that run wrote for this path and did not publish
   * @throws RunFailedException when there is nothing to show
   */
  Preview show(LakePath path, Optional<String> where, int limit, Optional<String> rejectedRun);

  /** Whether anything of an export is published at the path. */
  boolean hasExport(LakePath path);

  /**
   * The current version of every published partition of an export, ordered by partition; one
   * without partition for an export that is replaced as a whole.
   *
   * @throws RunFailedException of kind USAGE, when there is no export at the path
   */
  List<CurrentExport> currentExports(LakePath export);

  /**
   * The Delta table at the path, for programs that read it without Penstock.
   *
   * @throws RunFailedException of kind USAGE, when there is none
   */
  CurrentTable currentTable(LakePath table);

  /**
   * Keeps the record of a run, JSON, under the lake's root. A later record of the same run replaces
   * the earlier one atomically.
   */
  void record(String pipeline, String runId, String json);

  /** The record of a run, as it was kept; empty when none was. */
  Optional<String> recordOf(String pipeline, String runId);

  /** The runs of all pipelines that were about to publish and whose end is not recorded. */
  List<UnfinishedRun> unfinished();

  /** Those of them that replace what a run of this pipeline for this unit replaces. */
  List<UnfinishedRun> unfinished(Pipeline pipeline, Optional<Interval> unit);

  /**
   * Looks for what can be cleaned up: in some tables and exports, or in all that Penstock wrote and
   * in the notes of its runs.
   *
   * @param paths of the tables and exports; none for all
   * @param age nothing is found that was changed more recently; at least {@link Cleaning#LEAST_AGE}
   * @throws RunFailedException of kind USAGE, when there is no table or export at a path, or the
   *     age is too low; of other kinds when one at a path can't be looked through, which is skipped
   *     when all are looked for
   */
  Cleaning cleaning(List<LakePath> paths, Duration age);
}
