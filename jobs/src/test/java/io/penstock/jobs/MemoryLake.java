package io.penstock.jobs;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.Cleaning;
import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentExport.PartitionValue;
import io.penstock.engine.CurrentTable;
import io.penstock.engine.Failure;
import io.penstock.engine.Lake;
import io.penstock.engine.Leftover;
import io.penstock.engine.MissingInput;
import io.penstock.engine.Preview;
import io.penstock.engine.ReaderLimit;
import io.penstock.engine.RunFailedException;
import io.penstock.engine.RunPlan;
import io.penstock.engine.UnfinishedRun;
import io.penstock.engine.UnfinishedRun.Completion;
import io.penstock.plan.Nodes;
import io.penstock.spec.DeltaSource;
import io.penstock.spec.Interval;
import io.penstock.spec.LakePath;
import io.penstock.spec.Partition;
import io.penstock.spec.Source;
import io.penstock.spec.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A lake that holds no rows: it knows which units, exports, records and leftovers are there. */
public final class MemoryLake implements Lake {
  private final Map<String, List<String>> leftOut = new HashMap<>();
  private final Map<String, Map<String, Long>> undeclared = new HashMap<>();
  private final Map<String, List<ReaderLimit>> limits = new HashMap<>();
  private final Map<String, Set<Interval>> tables = new HashMap<>();
  private final Set<String> emptied = new HashSet<>();
  private final Map<String, Map<List<PartitionValue>, CurrentExport>> exports = new HashMap<>();
  private final Map<String, String> records = new LinkedHashMap<>();
  private final List<UnfinishedRun> unfinished = new ArrayList<>();
  private final List<String> settled = new ArrayList<>();
  private final List<Leftover> leftovers = new ArrayList<>();
  private final List<Cleaning.Skipped> skipped = new ArrayList<>();
  private String root = "file:/lake";
  private Optional<Throwable> whenRecording = Optional.empty();

  /** The table is there, with these units (none: a table that isn't divided). */
  public MemoryLake holding(String table, Interval... units) {
    tables.computeIfAbsent(table, path -> new HashSet<>()).addAll(List.of(units));
    return this;
  }

  /** The table is there, and what was in it was taken out. */
  public MemoryLake emptied(String table) {
    tables.remove(table);
    emptied.add(table);
    return this;
  }

  /** Files beside those that are read of a place. */
  public MemoryLake leavingOut(String path, String... files) {
    leftOut.put(path, List.of(files));
    return this;
  }

  List<String> leftOut(LakePath path) {
    return leftOut.getOrDefault(path.text(), List.of());
  }

  /** So many records of a place have the key, which no job declares. */
  public MemoryLake undeclared(String path, String key, long records) {
    undeclared.computeIfAbsent(path, none -> new HashMap<>()).put(key, records);
    return this;
  }

  Map<String, Long> undeclared(LakePath path) {
    return undeclared.getOrDefault(path.text(), Map.of());
  }

  /** The lake lies at this URI. */
  public MemoryLake at(String uri) {
    root = uri;
    return this;
  }

  /** Others made the table, with features that a program doesn't know. */
  public MemoryLake limited(String table, ReaderLimit... found) {
    limits.put(table, List.of(found));
    return holding(table);
  }

  List<RunPlan.LimitedTable> limitedTables(Pipeline pipeline) {
    return Nodes.reads(pipeline.writes()).stream()
        .map(read -> read.source().path().text())
        .distinct()
        .filter(limits::containsKey)
        .map(table -> new RunPlan.LimitedTable(table, limits.get(table)))
        .toList();
  }

  /** The export is there, in these versions. */
  public MemoryLake publishing(String export, CurrentExport... versions) {
    for (CurrentExport version : versions) {
      exports
          .computeIfAbsent(export, path -> new LinkedHashMap<>())
          .put(version.partition(), version);
    }
    return this;
  }

  /** A run that died over its publication, of which it was found out what becomes of it. */
  public MemoryLake leftBehind(
      String pipeline, String runId, Optional<Interval> unit, Supplier<Completion> completion) {
    unfinished.add(new LeftBehind(pipeline, runId, unit, completion, () -> forget(runId)));
    return this;
  }

  /** The table or export can't be looked through. */
  public MemoryLake unreadable(String path, Failure failure) {
    skipped.add(new Cleaning.Skipped(path, failure));
    return this;
  }

  public MemoryLake failingToRecord(Throwable throwable) {
    whenRecording = Optional.of(throwable);
    return this;
  }

  /** One a run, the latest. */
  public List<String> records() {
    return List.copyOf(records.values());
  }

  /** The runs that were forgotten because their outcome was recorded, in that order. */
  public List<String> settled() {
    return List.copyOf(settled);
  }

  /** Things that nobody needs any more, until they are removed. */
  public List<Leftover> leftovers() {
    return leftovers;
  }

  /** What a run for the unit reads of the source and doesn't find. */
  Optional<MissingInput> missing(Source source, Optional<Interval> unit) {
    if (!(source instanceof DeltaSource table)) {
      return Optional.empty();
    }
    boolean absenceAccepted = source.whenMissing() == Source.WhenMissing.TREAT_AS_EMPTY;
    if (!isPresent(source.path())) {
      return absenceAccepted && table.schema().isPresent()
          ? Optional.empty()
          : Optional.of(missingWhole(source.path()));
    }
    if (absenceAccepted) {
      return Optional.empty();
    }
    List<Interval> units =
        source
            .window()
            .map(w -> missingUnits(source.path(), w.partition(), w.unitsFor(unit.orElseThrow())))
            .orElse(List.of());
    return units.isEmpty() ? Optional.empty() : Optional.of(new MissingInput(source.path(), units));
  }

  /** The labels of what a source accepts as absent. */
  List<String> absent(Source source, Optional<Interval> unit) {
    if (source.whenMissing() == Source.WhenMissing.FAIL || !source.isTable()) {
      return List.of();
    }
    if (source.window().isEmpty()) {
      return isPresent(source.path()) ? List.of() : List.of(RunPlan.Input.WHOLE);
    }
    Window window = source.window().get();
    return missingUnits(source.path(), window.partition(), window.unitsFor(unit.orElseThrow()))
        .stream()
        .map(window.partition()::label)
        .toList();
  }

  private MissingInput missingWhole(LakePath table) {
    return emptied.contains(table.text())
        ? new MissingInput(table, List.of())
        : MissingInput.unknownTable(table);
  }

  /** A new run of the pipeline for the unit publishes: no earlier one is to be completed. */
  void supersede(Pipeline pipeline, Optional<Interval> unit) {
    unfinished.removeAll(unfinished(pipeline, unit));
  }

  /** The outcome of a run is recorded. */
  void forget(String runId) {
    settled.add(runId);
    unfinished.removeIf(run -> run.runId().equals(runId));
  }

  @Override
  public boolean isPresent(LakePath table) {
    return tables.containsKey(table.text());
  }

  /** Whether a table or an export is there. */
  boolean isThere(LakePath path) {
    return isPresent(path) || hasExport(path);
  }

  @Override
  public List<Interval> missingUnits(LakePath table, Partition partition, List<Interval> units) {
    Set<Interval> present = tables.getOrDefault(table.text(), Set.of());
    return units.stream().filter(unit -> !present.contains(unit)).toList();
  }

  @Override
  public Preview show(
      LakePath path, Optional<String> where, int limit, Optional<String> rejectedRun) {
    requireThere(path);
    List<List<Optional<String>>> rows =
        List.of(
            List.of(Optional.of("검색"), Optional.of("12")),
            List.of(Optional.of("line\nbreak " + where.orElse("")), Optional.empty()),
            List.of(Optional.of("e-mail"), Optional.of("3")));
    return new Preview(
        List.of("channel", "users"),
        List.of("STRING", "BIGINT"),
        rows.subList(0, Math.min(limit, rows.size())),
        limit < rows.size());
  }

  private void requireThere(LakePath path) {
    if (!isThere(path)) {
      throw RunFailedException.usage(
          "NOTHING_TO_SHOW",
          "There is nothing at '%s'.".formatted(path),
          "name a table or an export.");
    }
  }

  @Override
  public boolean hasExport(LakePath path) {
    return exports.containsKey(path.text());
  }

  @Override
  public List<CurrentExport> currentExports(LakePath export) {
    if (!exports.containsKey(export.text())) {
      throw RunFailedException.usage(
          "NO_EXPORT", "There is no export at '%s'.".formatted(export), "name an export.");
    }
    return List.copyOf(exports.get(export.text()).values());
  }

  @Override
  public CurrentTable currentTable(LakePath table) {
    if (!isPresent(table)) {
      throw RunFailedException.usage(
          "NO_TABLE", "There is no Delta table at '%s'.".formatted(table), "name a table.");
    }
    return new CurrentTable(
        root + "/" + table.text(), limits.getOrDefault(table.text(), List.of()));
  }

  @Override
  public void record(String pipeline, String runId, String json) {
    whenRecording.ifPresent(Undeclared::raise);
    records.put(pipeline + " " + runId, json);
  }

  @Override
  public Optional<String> recordOf(String pipeline, String runId) {
    return Optional.ofNullable(records.get(pipeline + " " + runId));
  }

  @Override
  public List<UnfinishedRun> unfinished() {
    return List.copyOf(unfinished);
  }

  @Override
  public List<UnfinishedRun> unfinished(Pipeline pipeline, Optional<Interval> unit) {
    return unfinished.stream()
        .filter(run -> run.pipeline().equals(pipeline.name()) && run.unit().equals(unit))
        .toList();
  }

  @Override
  public Cleaning cleaning(List<LakePath> paths, Duration age) {
    paths.forEach(this::requireThere);
    if (age.compareTo(Cleaning.LEAST_AGE) < 0) {
      throw RunFailedException.usage("TOO_YOUNG", "A run may still need it.", "wait.");
    }
    List<Leftover> found =
        leftovers.stream()
            .filter(
                leftover ->
                    paths.isEmpty()
                        || paths.stream().anyMatch(p -> leftover.path().startsWith(p.text())))
            .toList();
    return new Cleaning() {
      @Override
      public List<Leftover> leftovers() {
        return found;
      }

      @Override
      public List<Skipped> skipped() {
        return List.copyOf(skipped);
      }

      @Override
      public List<UnfinishedRun> unfinished() {
        return List.copyOf(unfinished);
      }

      @Override
      public void remove() {
        leftovers.removeAll(found);
      }
    };
  }
}
