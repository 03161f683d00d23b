package io.penstock.spark.publication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.spark.delta.CommitStamp;
import io.penstock.spark.delta.CommitTrace;
import io.penstock.spark.delta.PreparedCommit;
import io.penstock.spark.delta.Replacement;
import io.penstock.spark.delta.TableIdentity;
import io.penstock.spark.delta.TableLog;
import io.penstock.spark.delta.UnitEpoch;
import io.penstock.spark.delta.UnitHistory;
import io.penstock.spark.delta.UnitId;
import io.penstock.spark.publication.PlainLog.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hadoop.fs.Path;

/**
 * A table on the log store of production, in Delta's own form of a log, without Spark and its
 * queries: a commit is one entry, and any other writer since the log was read is in its way.
 */
final class PlainTable implements TableLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path path;
  private final PlainLog log;

  PlainTable(Path path, PlainLog log) {
    this.path = path;
    this.log = log;
  }

  /** What a table is that the commit of a run made. */
  static TableIdentity identity(String id) {
    return new TableIdentity(id, List.of("day"), "line STRING", Map.of());
  }

  State latest() {
    return log.latest();
  }

  /** The lines that the table holds for a day, in the order of its files. */
  List<String> lines(String day) {
    // A file may be removed by a vacuum between the two looks; then the table has moved on.
    while (true) {
      State state = latest();
      try {
        List<String> lines = new ArrayList<>();
        for (String file : state.of(day)) {
          lines.addAll(Files.readAllLines(java.nio.file.Path.of(new Path(path, file).toUri())));
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

  /** All files that the log has ever named. */
  Set<Path> named() {
    Set<Path> named = new HashSet<>();
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

  /** Removes the files that are not in the table now. */
  void vacuum() {
    Set<String> kept = latest().files().keySet();
    java.nio.file.Path root = java.nio.file.Path.of(path.toUri());
    if (!Files.exists(root)) {
      return;
    }
    try (Stream<java.nio.file.Path> files = Files.walk(root)) {
      for (java.nio.file.Path file : files.filter(PlainTable::isData).toList()) {
        if (!kept.contains(root.relativize(file).toString())) {
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
        if (action.has("commitInfo")) {
          stamps.add(action.at("/commitInfo/userMetadata").textValue());
        }
      }
    }
    return stamps;
  }

  @Override
  public Attempt begin(PreparedCommit commit) {
    return new PlainAttempt(latest(), commit);
  }

  @Override
  public CommitTrace find(CommitStamp stamp, long afterVersion) {
    long version = afterVersion;
    for (List<JsonNode> entry : log.entries(afterVersion + 1)) {
      version++;
      for (JsonNode action : entry) {
        if (action.at("/commitInfo/userMetadata").asText().equals(stamp.json())) {
          return new CommitTrace(OptionalLong.of(version), true);
        }
      }
    }
    return new CommitTrace(OptionalLong.empty(), true);
  }

  /** Nothing but attempts writes here, and they count: a later one is told by its number. */
  @Override
  public boolean isTakenBack(PreparedCommit commit, long version) {
    return false;
  }

  /** Nothing but attempts at these units writes here, and a later one is told by its number. */
  @Override
  public UnitHistory sinceVersion(PreparedCommit commit, long version) {
    return UnitHistory.UNCHANGED;
  }

  @Override
  public OptionalLong epochOf(UnitId unit) {
    Long epoch = latest().epochs().get(unit.applicationId());
    return epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch);
  }

  /** A file of a day, as the log names it. */
  static String add(String file, String day, byte[] content) {
    ObjectNode add = JsonNodeFactory.instance.objectNode();
    ObjectNode fields = add.putObject("add");
    fields.put("path", file);
    fields.putObject("partitionValues").put("day", day);
    fields.put("size", content.length);
    fields.put("modificationTime", 0);
    fields.put("dataChange", true);
    long lines =
        Arrays.stream(new String(content, UTF_8).split("\n"))
            .filter(line -> !line.isEmpty())
            .count();
    fields.put("stats", "{\"numRecords\":" + lines + "}");
    return add.toString();
  }

  private final class PlainAttempt implements Attempt {
    private final State state;
    private final PreparedCommit commit;
    private final List<JsonNode> removed;

    PlainAttempt(State state, PreparedCommit commit) {
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
      return state.version() < 0
          ? new TableIdentity("", List.of(), "", Map.of())
          : identity(state.tableId());
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
      ObjectNode info = JSON.createObjectNode();
      info.putObject("commitInfo").put("userMetadata", commit.stamp().json());
      lines.add(info.toString());
      if (state.version() < 0) {
        ObjectNode metadata = JSON.createObjectNode();
        metadata.putObject("metaData").put("id", commit.table().id());
        lines.add(metadata.toString());
      }
      for (UnitEpoch unit : commit.stamp().units()) {
        ObjectNode txn = JSON.createObjectNode();
        txn.putObject("txn").put("appId", unit.unit().applicationId()).put("version", unit.epoch());
        lines.add(txn.toString());
      }
      for (JsonNode file : removed) {
        ObjectNode remove = JSON.createObjectNode();
        ObjectNode fields = remove.putObject("remove");
        fields.put("path", file.get("path").textValue());
        fields.put("dataChange", true);
        lines.add(remove.toString());
      }
      lines.addAll(commit.files());
      return lines;
    }

    @Override
    public long removedFiles() {
      return removed.size();
    }

    @Override
    public long removedBytes() {
      return removed.stream().mapToLong(file -> file.get("size").longValue()).sum();
    }
  }

  private static boolean replaces(Replacement replacement, JsonNode file) {
    return replacement
        .partitions()
        .map(
            partitions ->
                partitions.units().stream()
                    .flatMap(List::stream)
                    .anyMatch(
                        value ->
                            Objects.equals(
                                value.text(), file.at("/partitionValues/day").textValue())))
        .orElse(true);
  }

  /** The JSON of an action. */
  static JsonNode parse(String action) {
    try {
      return JSON.readTree(action);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
