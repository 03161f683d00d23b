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
  private State latest = new State(-1, "", Map.of(), Map.of());

  /** The log of a table that may not be there yet. */
  PlainLog(Path table, LogStore store, Configuration settings) {
    this.table = table;
    this.store = store;
    this.settings = settings;
  }

  /** The table at one version: its files by name, and what attempts recorded. */
  record State(
      long version, String tableId, Map<String, JsonNode> files, Map<String, Long> epochs) {
    /** The files of a day. */
    List<String> of(String day) {
      return files.values().stream()
          .filter(file -> file.at("/partitionValues/day").textValue().equals(day))
          .map(file -> file.get("path").textValue())
          .toList();
    }

    private State after(List<JsonNode> entry) {
      Map<String, JsonNode> filesAfter = new LinkedHashMap<>(files);
      Map<String, Long> epochsAfter = new LinkedHashMap<>(epochs);
      String idAfter = tableId;
      for (JsonNode action : entry) {
        if (action.has("metaData")) {
          idAfter = action.at("/metaData/id").textValue();
        } else if (action.has("add")) {
          filesAfter.put(action.at("/add/path").textValue(), action.get("add"));
        } else if (action.has("remove")) {
          filesAfter.remove(action.at("/remove/path").textValue());
        } else if (action.has("txn")) {
          epochsAfter.put(
              action.at("/txn/appId").textValue(), action.at("/txn/version").longValue());
        }
      }
      return new State(version + 1, idAfter, filesAfter, epochsAfter);
    }
  }

  synchronized State latest() {
    readOn();
    return latest;
  }

  /** The actions of each entry from this version on, oldest first. */
  synchronized List<List<JsonNode>> entries(long from) {
    readOn();
    return List.copyOf(entries.subList((int) from, entries.size()));
  }

  /**
   * Adds an entry.
   *
   * @throws java.nio.file.FileAlreadyExistsException if somebody else added that version
   */
  void write(long version, List<String> actions) throws IOException {
    store.write(entry(version), actions.iterator(), false, settings);
  }

  private void readOn() {
    while (Files.exists(java.nio.file.Path.of(entry(entries.size()).toUri()))) {
      List<JsonNode> entry = read(entry(entries.size()));
      entries.add(entry);
      latest = latest.after(entry);
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
    return new Path(table, String.format(Locale.ROOT, "_delta_log/%020d.json", version));
  }
}
