package io.penstock.spark.publication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.spark.publication.PlainActions.Change;
import io.penstock.spark.publication.PlainLog.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Whoever writes to a {@link PlainTable} and is no attempt: a person, another tool, Delta's own
 * commands. The entries are those that Delta 4.4.0 makes of such a statement.
 */
final class OtherWriter {
  private final Path root;
  private final PlainLog log;
  private int files;

  OtherWriter(Path table, PlainLog log) {
    this.root = table;
    this.log = log;
  }

  /** {@code DELETE}: whole files, since a condition on the day needs no look into them. */
  void delete(Predicate<String> days) {
    List<String> removals = removals(log.latest(), days);
    if (!removals.isEmpty()) {
      commit("DELETE", removals);
    }
  }

  /** An append to a day. */
  void append(String day, List<String> lines) {
    commit("WRITE", List.of(add(day, lines)));
  }

  /** An overwrite of a day, by {@code replaceWhere}. */
  void overwrite(String day, List<String> lines) {
    List<String> actions = removals(log.latest(), day::equals);
    actions.add(add(day, lines));
    commit("WRITE", actions);
  }

  /**
   * {@code RESTORE}: the files and the metadata of an older version; the versions of applications
   * stay.
   *
   * @return whether it could: not when a file of that version is gone
   */
  boolean restore(long version) {
    State then = log.at(version);
    State now = log.latest();
    List<String> actions = new ArrayList<>();
    for (JsonNode file : now.files().values()) {
      if (!then.files().containsKey(name(file))) {
        actions.add(PlainActions.remove(file, Change.OF_ROWS));
      }
    }
    for (JsonNode file : then.files().values()) {
      if (!now.files().containsKey(name(file))) {
        if (!Files.exists(root.resolve(name(file)))) {
          return false;
        }
        actions.add(PlainActions.addAgain(file));
      }
    }
    actions.add(PlainActions.metadata(then.metadata().orElseThrow()));
    commit("RESTORE", actions);
    return true;
  }

  /** {@code CREATE OR REPLACE TABLE … AS}: another table, whose log goes on. */
  void replace(String day, List<String> lines) {
    State now = log.latest();
    List<String> actions = new ArrayList<>();
    if (now.metadata().isEmpty()) {
      actions.add(PlainActions.protocol());
    }
    actions.add(PlainActions.metadata(Map.of()));
    actions.addAll(removals(now, any -> true));
    actions.add(add(day, lines));
    commit("CREATE OR REPLACE TABLE AS SELECT", actions);
  }

  /** {@code OPTIMIZE … FULL}: what a day has in files with rows lies in one file afterwards. */
  void optimize() {
    State now = log.latest();
    List<String> actions = new ArrayList<>();
    for (String day : days(now)) {
      List<String> lines = new ArrayList<>();
      now.of(day).forEach(file -> lines.addAll(read(file)));
      if (!lines.isEmpty()) {
        now.files().values().stream()
            .filter(file -> PlainActions.day(file).equals(day))
            .forEach(file -> actions.add(PlainActions.remove(file, Change.OF_FILES)));
        byte[] bytes = bytes(lines);
        actions.add(PlainActions.rewritten(write(day, bytes), day, bytes));
      }
    }
    if (!actions.isEmpty()) {
      commit("OPTIMIZE", actions);
    }
  }

  /** Removes the table's folder. */
  void drop() {
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path file : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    log.forget();
  }

  private static Set<String> days(State state) {
    Set<String> days = new TreeSet<>();
    state.files().values().forEach(file -> days.add(PlainActions.day(file)));
    return days;
  }

  private static List<String> removals(State state, Predicate<String> days) {
    List<String> removals = new ArrayList<>();
    for (JsonNode file : state.files().values()) {
      if (days.test(PlainActions.day(file))) {
        removals.add(PlainActions.remove(file, Change.OF_ROWS));
      }
    }
    return removals;
  }

  private String add(String day, List<String> lines) {
    byte[] bytes = bytes(lines);
    return PlainActions.add(write(day, bytes), day, bytes);
  }

  private String write(String day, byte[] bytes) {
    String name =
        "day=" + day + "/part-other-" + log.latest().version() + "-" + files++ + ".parquet";
    try {
      Files.createDirectories(root.resolve(name).getParent());
      Files.write(root.resolve(name), bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return name;
  }

  private List<String> read(String file) {
    try {
      return Files.readAllLines(root.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void commit(String operation, List<String> actions) {
    List<String> entry = new ArrayList<>();
    entry.add(PlainActions.operation(operation));
    entry.addAll(actions);
    try {
      log.write(log.latest().version() + 1, entry);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] bytes(List<String> lines) {
    return String.join("", lines.stream().map(line -> line + "\n").toList()).getBytes(UTF_8);
  }

  private static String name(JsonNode file) {
    return file.get("path").textValue();
  }
}
