package io.penstock.spark.publication;

import io.penstock.spark.publication.PlainLake.Content;
import io.penstock.spark.testing.ModelTable;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What maps in memory know of one attempt. */
final class ModelAttempt {
  private final int day;
  private final Content content;
  private final Duration began;
  private final Set<String> gone = new HashSet<>();
  private final Set<String> seenVisible = new HashSet<>();
  private final Set<String> published = new HashSet<>();
  private final Map<String, Target> targets = new HashMap<>();
  private int number;

  /** A table as it was when the attempt wrote files for it. */
  record Target(int version, ModelTable.Identity identity) {}

  /**
   * @param began how far the clock was ahead by then
   */
  ModelAttempt(int day, Content content, Duration began) {
    this.day = day;
    this.content = content;
    this.began = began;
  }

  int day() {
    return day;
  }

  Content content() {
    return content;
  }

  int number() {
    return number;
  }

  void begins(int as) {
    number = as;
  }

  void writes(Map<String, ModelTable<ModelAttempt>> tables) {
    tables.forEach(
        (path, table) -> targets.put(path, new Target(table.version(), table.identity())));
  }

  /** Whether its files have ever been there. */
  boolean hasWritten() {
    return !targets.isEmpty();
  }

  Target target(String table) {
    return targets.get(table);
  }

  void seesVisible(String sink) {
    seenVisible.add(sink);
  }

  void publishes(String sink) {
    published.add(sink);
  }

  /** Whether, as far as its own process knows, nothing of it has been visible. */
  boolean isUntouched() {
    return seenVisible.isEmpty();
  }

  /** Whether its own process came to the end of its publication. */
  boolean hasPublishedAll() {
    return published.size() == PlainLake.SINKS.size();
  }

  /** So much time has passed that others may clean up what it wrote. */
  boolean isOld(Duration now) {
    return !began.equals(now);
  }

  /** What it wrote for an output is no longer there. */
  void loses(String sink) {
    if (hasWritten()) {
      gone.add(sink);
    }
  }

  boolean hasLost(String sink) {
    return gone.contains(sink);
  }
}
