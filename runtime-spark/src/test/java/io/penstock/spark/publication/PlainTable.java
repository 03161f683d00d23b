package io.penstock.spark.publication;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.contract.LastPublication;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.delta.CommitStamp;
import io.penstock.spark.delta.CommitTrace;
import io.penstock.spark.delta.PreparedCommit;
import io.penstock.spark.delta.Replacement;
import io.penstock.spark.delta.TableIdentity;
import io.penstock.spark.delta.TableLog;
import io.penstock.spark.delta.UnitEpoch;
import io.penstock.spark.delta.UnitHistory;
import io.penstock.spark.delta.UnitId;
import io.penstock.spark.publication.PlainActions.Change;
import io.penstock.spark.publication.PlainLog.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * A table on the log store of production, in Delta's own form of a log, without Spark and its
 * queries: a commit is one entry, and any other writer since the log was read is in its way.
 */
final class PlainTable implements TableLog {
  private final Path path;
  private final PlainLog log;

  PlainTable(Path path, PlainLog log) {
    this.path = path;
    this.log = log;
  }

  State latest() {
    return log.latest();
  }

  /**
   * What it is, of all that decides whether files may be committed; nothing when it isn't there.
   */
  static TableIdentity identity(State state) {
    return state
        .metadata()
        .map(PlainTable::identity)
        .orElseGet(() -> new TableIdentity("", List.of(), "", Map.of()));
  }

  /** What a table is, or will be, that says this of itself. */
  static TableIdentity identity(JsonNode metadata) {
    return new TableIdentity(
        metadata.get("id").textValue(),
        List.of("day"),
        metadata.get("schemaString").textValue(),
        PlainActions.properties(metadata));
  }

  /** What a table promises; empty when it says nothing. */
  static Optional<OutputContract> contract(State state) {
    return state
        .metadata()
        .flatMap(metadata -> ContractProperties.read(PlainActions.properties(metadata)));
  }

  /** The last publication of which it knows. */
  LastPublication precedent() {
    Optional<UnitId> last =
        latest().epochs().keySet().stream().reduce((one, later) -> later).flatMap(UnitId::parse);
    return new LastPublication(
        last.map(UnitId::pipeline), last.map(UnitId::values), Optional.empty());
  }

  /** Whether it has a day: rows of it, or the note that there are none. */
  boolean isPresent(String day) {
    return !latest().of(day).isEmpty();
  }

  /** The lines that the table holds for a day, in the order of its files. */
  List<String> lines(String day) {
    // A file may be removed by a vacuum between the two looks; then the table has moved on.
    while (true) {
      State state = latest();
      try {
        List<String> lines = new ArrayList<>();
        for (String file : state.of(day)) {
          lines.addAll(Files.readAllLines(file(file)));
        }
        return lines;
      } catch (NoSuchFileException e) {
        if (latest().version() == state.version()) {
          throw new UncheckedIOException("The table names a file that is gone", e);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private java.nio.file.Path file(String name) {
    return java.nio.file.Path.of(new Path(path, name).toUri());
  }

  /** All files that are in it, or of which the log still tells. */
  Set<Path> named() {
    Set<Path> named = new HashSet<>();
    latest().files().keySet().forEach(file -> named.add(new Path(path, file)));
    for (List<JsonNode> entry : log.entries(0)) {
      for (JsonNode action : entry) {
        for (String kind : List.of("add", "remove")) {
          if (action.has(kind)) {
            named.add(new Path(path, action.get(kind).get("path").textValue()));
          }
        }
      }
    }
    return named;
  }

  /**
   * Removes the files that are not in the table now. Delta's own takes those of tables inside, too;
   * here they are spared, so that nobody else can have been at them.
   */
  void vacuum() {
    Set<String> kept = latest().files().keySet();
    java.nio.file.Path root = java.nio.file.Path.of(path.toUri());
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<java.nio.file.Path> files = Files.walk(root)) {
      for (java.nio.file.Path file : files.filter(PlainTable::isData).toList()) {
        String name = root.relativize(file).toString();
        if (!kept.contains(name) && !name.startsWith("kind=nested/")) {
          Files.delete(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isData(java.nio.file.Path file) {
    return file.toString().endsWith(".parquet");
  }

  /** The commits' stamps, oldest first. */
  List<String> stamps() {
    List<String> stamps = new ArrayList<>();
    for (List<JsonNode> entry : log.entries(0)) {
      for (JsonNode action : entry) {
        if (action.at("/commitInfo").has("userMetadata")) {
          stamps.add(action.at("/commitInfo/userMetadata").textValue());
        }
      }
    }
    return stamps;
  }

  @Override
  public Transaction begin(PreparedCommit commit) {
    return new PlainTransaction(latest(), commit);
  }

  @Override
  public CommitTrace find(CommitStamp stamp, long afterVersion) {
    boolean whole = afterVersion + 1 >= log.oldest();
    long version = Math.max(afterVersion, log.oldest() - 1);
    for (List<JsonNode> entry : log.entries(afterVersion + 1)) {
      version++;
      for (JsonNode action : entry) {
        if (action.at("/commitInfo/userMetadata").asText().equals(stamp.json())) {
          return new CommitTrace(OptionalLong.of(version), whole);
        }
      }
    }
    return new CommitTrace(OptionalLong.empty(), whole);
  }

  @Override
  public boolean isTakenBack(PreparedCommit commit, long version) {
    return log.entries(version + 1).stream().flatMap(List::stream).anyMatch(PlainTable::isRestore)
        || sinceVersion(commit, version) != UnitHistory.UNCHANGED;
  }

  @Override
  public UnitHistory sinceVersion(PreparedCommit commit, long version) {
    boolean same = commit.readVersion() < 0 || commit.table().id().equals(identity(latest()).id());
    if (!same || version > latest().version() || version + 1 < log.oldest()) {
      return UnitHistory.UNKNOWN;
    }
    boolean changed =
        log.entries(version + 1).stream()
            .flatMap(List::stream)
            .anyMatch(action -> isChangeOf(commit.replacement(), action));
    return changed ? UnitHistory.CHANGED : UnitHistory.UNCHANGED;
  }

  private static boolean isRestore(JsonNode action) {
    return action.at("/commitInfo/operation").asText().equals("RESTORE");
  }

  private static boolean isChangeOf(Replacement replacement, JsonNode action) {
    return Stream.of("add", "remove")
        .filter(action::has)
        .map(action::get)
        .anyMatch(file -> file.get("dataChange").booleanValue() && replaces(replacement, file));
  }

  @Override
  public OptionalLong epochOf(UnitId unit) {
    Long epoch = latest().epochs().get(unit.applicationId());
    return epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch);
  }

  private final class PlainTransaction implements Transaction {
    private final State state;
    private final PreparedCommit commit;
    private final List<JsonNode> removed;

    PlainTransaction(State state, PreparedCommit commit) {
      this.state = state;
      this.commit = commit;
      this.removed =
          state.files().values().stream()
              .filter(file -> replaces(commit.replacement(), file))
              .toList();
    }

    @Override
    public long version() {
      return state.version();
    }

    @Override
    public TableIdentity table() {
      return identity(state);
    }

    @Override
    public OptionalLong guardedEpoch(UnitId unit) {
      Long epoch = state.epochs().get(unit.applicationId());
      return epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch);
    }

    @Override
    public OptionalLong commit() {
      try {
        log.write(state.version() + 1, lines());
        return OptionalLong.of(state.version() + 1);
      } catch (FileAlreadyExistsException e) {
        return OptionalLong.empty();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private List<String> lines() {
      List<String> lines = new ArrayList<>();
      lines.add(PlainActions.stamped(commit.stamp().json()));
      metadata().ifPresent(lines::add);
      if (state.metadata().isEmpty()) {
        lines.add(PlainActions.protocol());
      }
      for (UnitEpoch unit : commit.stamp().units()) {
        lines.add(PlainActions.txn(unit.unit().applicationId(), unit.epoch()));
      }
      removed.forEach(file -> lines.add(PlainActions.remove(file, Change.OF_ROWS)));
      lines.addAll(commit.files());
      return lines;
    }

    /** What the table says of itself from now on; empty when it says it already. */
    private Optional<String> metadata() {
      if (state.metadata().isEmpty()) {
        return commit.newMetadata();
      }
      JsonNode now = state.metadata().get();
      JsonNode described = PlainActions.with(now, commit.description().properties());
      return described.equals(now)
          ? Optional.empty()
          : Optional.of(PlainActions.metadata(described));
    }
  }

  private static boolean replaces(Replacement replacement, JsonNode file) {
    return replacement
        .partitions()
        .map(
            partitions ->
                partitions.units().stream()
                    .flatMap(List::stream)
                    .anyMatch(value -> Objects.equals(value.text(), PlainActions.day(file))))
        .orElse(true);
  }
}
