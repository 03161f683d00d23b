package io.penstock.spark.publication;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.delta.storage.CloseableIterator;
import io.delta.storage.LogStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The log of a {@link PlainTable}, entry by entry. Entries never change, so each is read once,
 * whoever asks.
 */
final class PlainLog {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path table;
  private final LogStore store;
  private final Configuration settings;
  private final List<List<JsonNode>> entries = new ArrayList<>();
  private final List<State> states = new ArrayList<>();
  private int oldest;

  /** The log of a table that may not be there yet. */
  PlainLog(Path table, LogStore store, Configuration settings) {
    this.table = table;
    this.store = store;
    this.settings = settings;
  }

  /**
   * The table at one version.
   *
   * @param metadata what it says of itself; empty when there is no table
   * @param files by name
   * @param epochs what attempts recorded
   */
  record State(
      long version,
      Optional<JsonNode> metadata,
      Map<String, JsonNode> files,
      Map<String, Long> epochs) {
    static final State NONE = new State(-1, Optional.empty(), Map.of(), Map.of());

    /** The files of a day. */
    List<String> of(String day) {
      return files.values().stream()
          .filter(file -> PlainActions.day(file).equals(day))
          .map(file -> file.get("path").textValue())
          .toList();
    }

    private State after(List<JsonNode> entry) {
      Optional<JsonNode> metadataAfter = metadata;
      Map<String, JsonNode> filesAfter = new LinkedHashMap<>(files);
      Map<String, Long> epochsAfter = new LinkedHashMap<>(epochs);
      for (JsonNode action : entry) {
        if (action.has("metaData")) {
          metadataAfter = Optional.of(action.get("metaData"));
        } else if (action.has("add")) {
          filesAfter.put(action.at("/add/path").textValue(), action.get("add"));
        } else if (action.has("remove")) {
          filesAfter.remove(action.at("/remove/path").textValue());
        } else if (action.has("txn")) {
          epochsAfter.put(
              action.at("/txn/appId").textValue(), action.at("/txn/version").longValue());
        }
      }
      return new State(version + 1, metadataAfter, filesAfter, epochsAfter);
    }
  }

  synchronized State latest() {
    readOn();
    return states.isEmpty() ? State.NONE : states.get(states.size() - 1);
  }

  /** The table at a version that the log still reaches back to. */
  synchronized State at(long version) {
    readOn();
    return states.get((int) version);
  }

  /** The oldest version of which the log still tells. */
  synchronized long oldest() {
    return oldest;
  }

  /** The actions of each entry from this version on that is still there, oldest first. */
  synchronized List<List<JsonNode>> entries(long from) {
    readOn();
    int first = (int) Math.max(from, oldest);
    return first < entries.size() ? List.copyOf(entries.subList(first, entries.size())) : List.of();
  }

  /**
   * Adds an entry.
   *
   * @throws java.nio.file.FileAlreadyExistsException if somebody else added that version
   */
  void write(long version, List<String> actions) throws IOException {
    store.write(entry(version), actions.iterator(), false, settings);
  }

  /** The history before the latest version expires: what was, is known; what happened, is not. */
  synchronized void expire() {
    long latest = latest().version();
    for (; oldest < latest; oldest++) {
      delete(entry(oldest));
    }
  }

  /** Somebody has removed the table's folder. */
  synchronized void forget() {
    entries.clear();
    states.clear();
    oldest = 0;
  }

  private static void delete(Path entry) {
    try {
      Files.deleteIfExists(java.nio.file.Path.of(entry.toUri()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void readOn() {
    while (Files.exists(java.nio.file.Path.of(entry(entries.size()).toUri()))) {
      List<JsonNode> entry = read(entry(entries.size()));
      State before = states.isEmpty() ? State.NONE : states.get(states.size() - 1);
      entries.add(entry);
      states.add(before.after(entry));
    }
  }

  private List<JsonNode> read(Path entry) {
    List<JsonNode> actions = new ArrayList<>();
    try (CloseableIterator<String> lines = store.read(entry, settings)) {
      while (lines.hasNext()) {
        actions.add(JSON.readTree(lines.next()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return actions;
  }

  private Path entry(long version) {
    return new Path(table, "_delta_log/" + String.format(Locale.ROOT, "%020d.json", version));
  }
}
