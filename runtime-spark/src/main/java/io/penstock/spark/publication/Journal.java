package io.penstock.spark.publication;

import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.files.PutIfAbsent;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * The write-ahead journal of publications, {@code
 * _penstock/journal/<pipeline>/<unit>.<epoch>.json}. An entry is written before an attempt's first
 * output becomes visible, and removed once its outcome is recorded; one that stays belongs to an
 * attempt that is publishing, or that died while it did.
 */
public final class Journal {
  private static final Pattern NAME = Pattern.compile("(.+)\\.([0-9]{19})\\.json");

  private final Path directory;
  private final LakeFiles files;
  private final PutIfAbsent putIfAbsent;
  private final JournalJson json;

  /**
   * The journal of a lake.
   *
   * @param sinks what an entry holds of an output, by the name of its kind
   */
  public Journal(
      LakeRoot root,
      Configuration configuration,
      Map<String, Class<? extends JournalledSink>> sinks) {
    this(root, configuration, new JournalJson(sinks));
  }

  /** One mapper may serve many journals: making it takes longer than reading an entry with it. */
  Journal(LakeRoot root, Configuration configuration, JournalJson json) {
    this.json = json;
    this.directory = LakeLayout.journal(root);
    this.files = LakeFiles.of(directory, configuration);
    this.putIfAbsent = new PutIfAbsent(configuration);
  }

  /**
   * Enters what an attempt is about to publish.
   *
   * @throws io.penstock.spark.failures.UnpublishableException when another attempt with its number
   *     has entered
   */
  void enter(JournalEntry entry) {
    if (!putIfAbsent.put(file(entry), json.write(entry))) {
      throw PublicationErrors.numberTaken(entry);
    }
  }

  /** Where an entry lies. */
  public Path file(JournalEntry entry) {
    return file(entry.scope(), entry.epoch());
  }

  /** Removes the entry of an attempt, if there is one. */
  void remove(JournalEntry entry) {
    files.delete(file(entry));
  }

  /** Removes the entries of the attempts before one. */
  void removeBefore(JournalEntry entry) {
    for (Name name : names(entry.scope())) {
      if (name.epoch() < entry.epoch()) {
        files.delete(file(name.scope(), name.epoch()));
      }
    }
  }

  /** The entries of all pipelines. */
  Contents read() {
    return read(names());
  }

  /** The entries of one scope. */
  Contents read(FencingScope scope) {
    return read(names(scope));
  }

  private Contents read(List<Name> names) {
    List<JournalEntry> entries = new ArrayList<>();
    List<UnreadableEntry> unreadable = new ArrayList<>();
    for (Name name : names) {
      Path file = file(name.scope(), name.epoch());
      try (InputStream in = files.open(file)) {
        entries.add(json.read(in.readAllBytes()));
      } catch (IOException | RuntimeException e) {
        // An attempt that ends at this moment removes its entry.
        if (files.exists(file)) {
          unreadable.add(new UnreadableEntry(name.scope(), file, e));
        }
      }
    }
    return new Contents(entries, unreadable);
  }

  private List<Name> names() {
    return files.list(directory).stream()
        .filter(LakeFiles.Entry::directory)
        .flatMap(pipeline -> names(pipeline.name()).stream())
        .toList();
  }

  private List<Name> names(FencingScope scope) {
    return names(scope.pipeline()).stream().filter(name -> name.scope().equals(scope)).toList();
  }

  private List<Name> names(String pipeline) {
    List<Name> names = new ArrayList<>();
    for (LakeFiles.Entry entry : files.list(new Path(directory, pipeline))) {
      Matcher name = NAME.matcher(entry.name());
      if (!entry.directory() && !entry.name().startsWith(".") && name.matches()) {
        names.add(
            new Name(new FencingScope(pipeline, name.group(1)), Long.parseLong(name.group(2))));
      }
    }
    return names;
  }

  private Path file(FencingScope scope, long epoch) {
    return new Path(
        new Path(directory, scope.pipeline()),
        String.format(Locale.ROOT, "%s.%019d.json", scope.unit(), epoch));
  }

  /**
   * What the journal holds.
   *
   * @param entries those that can be read, in the order of their attempts for each scope
   * @param unreadable those that can't
   */
  record Contents(List<JournalEntry> entries, List<UnreadableEntry> unreadable) {}

  private record Name(FencingScope scope, long epoch) {}
}
