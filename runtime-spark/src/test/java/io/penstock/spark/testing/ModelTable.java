package io.penstock.spark.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import java.util.stream.Stream;

/**
 * A table as a map in memory knows it: what each of its versions holds for each day, and what was
 * done to make it. It knows rows and who brought them, and no log.
 *
 * @param <A> what stands for an attempt
 */
public final class ModelTable<A> {
  /** What a table says of itself when there is none. */
  private static final Identity NONE = new Identity(-1, "");

  private final List<Version> versions = new ArrayList<>();
  private final Map<Integer, A> publishers = new HashMap<>();
  private final Map<A, Integer> made = new HashMap<>();
  private int tables;
  private int oldest;

  /** Rows that lie together; their files may be gone when no version needs them any more. */
  private static final class Piece {
    private final List<String> lines;
    private boolean gone;

    Piece(List<String> lines) {
      this.lines = List.copyOf(lines);
    }
  }

  /**
   * What a table says of itself.
   *
   * @param table tells it from others at the same path; who replaces it makes another one
   * @param contract who writes it, and by what it is divided; empty when it says nothing
   */
  public record Identity(int table, String contract) {}

  private record Version(Identity identity, Map<Integer, List<Piece>> days, Change change) {
    List<Piece> of(int day) {
      return days.getOrDefault(day, List.of());
    }

    Set<Piece> pieces() {
      Set<Piece> pieces = new HashSet<>();
      days.values().forEach(pieces::addAll);
      return pieces;
    }
  }

  /**
   * What a version did to the one before.
   *
   * @param days of which rows came or went
   */
  private record Change(Kind kind, Set<Integer> days) {
    enum Kind {
      CHANGED,
      RESTORED
    }
  }

  public boolean exists() {
    return !versions.isEmpty();
  }

  /** The latest version; -1 when there is no table. */
  public int version() {
    return versions.size() - 1;
  }

  /** The oldest version of which its history tells. */
  public int oldest() {
    return oldest;
  }

  public Identity identity() {
    return exists() ? latest().identity() : NONE;
  }

  /** What it holds for a day, in alphabetical order. */
  public List<String> lines(int day) {
    return exists()
        ? latest().of(day).stream().flatMap(piece -> piece.lines.stream()).sorted().toList()
        : List.of();
  }

  /** Whether who reads the day finds it, be it with rows or without. */
  public boolean isPresent(int day) {
    return exists() && !latest().of(day).isEmpty();
  }

  /** The last attempt at a day that was made visible here. */
  public Optional<A> publisher(int day) {
    return Optional.ofNullable(publishers.get(day));
  }

  /** Whether any attempt was made visible here, whatever has become of it. */
  public boolean hasPublishers() {
    return !publishers.isEmpty();
  }

  public boolean hasMade(A attempt) {
    return made.containsKey(attempt);
  }

  /** An attempt replaces a day, and states the contract of a table that has none. */
  public void publish(A attempt, int day, List<String> lines, String contract) {
    int table = exists() ? identity().table() : tables++;
    String stated = identity().contract();
    publishers.put(day, attempt);
    replaceDay(
        new Identity(table, stated.isEmpty() ? contract : stated), day, List.of(new Piece(lines)));
    made.put(attempt, version());
  }

  /** Others take rows out. */
  public void delete(IntPredicate days) {
    Map<Integer, List<Piece>> left = new TreeMap<>(latest().days());
    left.keySet().removeIf(days::test);
    Set<Integer> gone = new HashSet<>(latest().days().keySet());
    gone.removeAll(left.keySet());
    if (!gone.isEmpty()) {
      versions.add(new Version(identity(), left, new Change(Change.Kind.CHANGED, gone)));
    }
  }

  /** Others add rows to a day. */
  public void append(int day, List<String> lines) {
    List<Piece> pieces = new ArrayList<>(latest().of(day));
    pieces.add(new Piece(lines));
    replaceDay(identity(), day, pieces);
  }

  /** Others replace the rows of a day. */
  public void overwrite(int day, List<String> lines) {
    replaceDay(identity(), day, List.of(new Piece(lines)));
  }

  /** Others make another table of it, or the first one, which holds one day. */
  public void replace(int day, List<String> lines) {
    Set<Integer> days = new HashSet<>(Set.of(day));
    if (exists()) {
      days.addAll(latest().days().keySet());
    }
    versions.add(
        new Version(
            new Identity(tables++, ""),
            Map.of(day, List.of(new Piece(lines))),
            new Change(Change.Kind.CHANGED, days)));
  }

  /** Whether an older version can be had again. */
  public boolean isRestorable(int version) {
    Set<Piece> wanted = versions.get(version).pieces();
    wanted.removeAll(latest().pieces());
    return wanted.stream().noneMatch(piece -> piece.gone);
  }

  /** Others make it what it was, save that it knows who has published since. */
  public void restore(int version) {
    Version then = versions.get(version);
    Set<Integer> days = new HashSet<>(then.days().keySet());
    days.addAll(latest().days().keySet());
    days.removeIf(day -> Set.copyOf(then.of(day)).equals(Set.copyOf(latest().of(day))));
    versions.add(new Version(then.identity(), then.days(), new Change(Change.Kind.RESTORED, days)));
  }

  /**
   * The rows of a day that lie in several pieces lie in one.
   *
   * @param least in how many pieces they lie at least
   */
  public void optimize(int least) {
    Map<Integer, List<Piece>> days = new TreeMap<>(latest().days());
    days.replaceAll(
        (day, pieces) -> {
          List<String> lines = pieces.stream().flatMap(piece -> piece.lines.stream()).toList();
          return lines.isEmpty() || pieces.size() < least ? pieces : List.of(new Piece(lines));
        });
    if (!days.equals(latest().days())) {
      versions.add(new Version(identity(), days, new Change(Change.Kind.CHANGED, Set.of())));
    }
  }

  /** What is not in the latest version can't be had any more. */
  public void vacuum() {
    if (exists()) {
      Set<Piece> kept = latest().pieces();
      versions.forEach(
          version ->
              version.pieces().stream()
                  .filter(piece -> !kept.contains(piece))
                  .forEach(piece -> piece.gone = true));
    }
  }

  /** Others write entries into the log that change nothing. */
  public void note(long entries) {
    for (long i = 0; i < entries; i++) {
      versions.add(
          new Version(identity(), latest().days(), new Change(Change.Kind.CHANGED, Set.of())));
    }
  }

  /** Whether what an attempt made visible of a day can't be had any more. */
  public boolean isGone(A attempt, int day) {
    return versions.get(made.get(attempt)).of(day).stream().anyMatch(piece -> piece.gone);
  }

  /** The table's folder is removed. */
  public void drop() {
    versions.clear();
    publishers.clear();
    made.clear();
    oldest = 0;
  }

  /** Nobody remembers what was before the latest version. */
  public void expire() {
    oldest = Math.max(version(), 0);
  }

  /**
   * Whether rows of a day came or went behind a version; whoever can't remember has to take it for
   * granted.
   */
  public boolean mayHaveChanged(int day, int version) {
    return oldest > version + 1 || after(version).anyMatch(change -> change.days().contains(day));
  }

  /**
   * Whether what an attempt made visible of a day may be gone: others changed the day, or restored
   * what was before, or it is so long ago that nobody remembers.
   */
  public boolean mayHaveTakenBack(A attempt, int day) {
    int by = made.get(attempt);
    return oldest > by
        || mayHaveChanged(day, by)
        || after(by).anyMatch(change -> change.kind() == Change.Kind.RESTORED);
  }

  /**
   * Whether what was written for the table as it was then can be committed under a contract. One
   * that came into being since is as good as the one that the writer would have made, if it says
   * whose it is.
   */
  public boolean accepts(Identity then, String contract) {
    boolean isNew = then.table() < 0;
    if (isNew && !exists()) {
      return true;
    }
    boolean stated = identity().contract().equals(contract);
    return isNew
        ? stated
        : then.table() == identity().table() && (stated || then.contract().isEmpty());
  }

  private Stream<Change> after(int version) {
    return versions.subList(version + 1, versions.size()).stream().map(Version::change);
  }

  private void replaceDay(Identity identity, int day, List<Piece> pieces) {
    Map<Integer, List<Piece>> days = new TreeMap<>(exists() ? latest().days() : Map.of());
    days.put(day, pieces);
    versions.add(new Version(identity, days, new Change(Change.Kind.CHANGED, Set.of(day))));
  }

  private Version latest() {
    return versions.get(version());
  }
}
