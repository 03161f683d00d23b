package io.penstock.spark.cleaning;

import io.penstock.engine.Leftover;
import io.penstock.engine.Leftover.Kind;
import io.penstock.engine.UnfinishedRun;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LakeLayout;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.files.NumberedEntries;
import io.penstock.spark.publication.Publications;
import io.penstock.spark.publication.UnfinishedPublication;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Finds leftovers in the state of runs. */
final class StateLeftovers {
  private final LakeRoot root;
  private final LakeFiles files;
  private final Instant before;

  StateLeftovers(LakeRoot root, Configuration configuration, Instant before) {
    this.root = root;
    this.files = LakeFiles.of(root.path(), configuration);
    this.before = before;
  }

  void find(Publications publications, FoundLeftovers findings) {
    for (UnfinishedRun run : publications.unfinished()) {
      if (run instanceof UnfinishedPublication publication
          && publication.entry().startedAt().isBefore(before)) {
        findings.findOrSkip(publication.file(), found -> add(publication, found));
      }
    }
    addAttemptNumbers(LakeLayout.epochs(root), findings);
    for (Path list : files.below(LakeLayout.rejected(root))) {
      old(list).ifPresent(changed -> findings.add(removable(Kind.REJECTED_OUTPUT, list, changed)));
    }
    new TemporaryFiles(root, files, before).find(root.resolve(LakeLayout.STATE), findings);
  }

  /** Keeps the entry of an attempt that published in part: only the entry tells so. */
  private void add(UnfinishedPublication publication, FoundLeftovers findings) {
    if (publication.isInvisible()) {
      findings.add(
          removable(Kind.JOURNAL_ENTRY, publication.file(), publication.entry().startedAt()));
    } else {
      findings.add(publication);
    }
  }

  /** Keeps the latest number of each scope: the next one is counted from it. */
  private void addAttemptNumbers(Path directory, FoundLeftovers findings) {
    List<LakeFiles.Entry> entries = files.list(directory);
    OptionalLong last = NumberedEntries.numbers(entries).max();
    NumberedEntries.numbers(entries)
        .filter(number -> number != last.orElse(number))
        .mapToObj(number -> new Path(directory, NumberedEntries.name(number)))
        .forEach(
            file ->
                old(file)
                    .ifPresent(
                        changed -> findings.add(removable(Kind.ATTEMPT_NUMBER, file, changed))));
    for (LakeFiles.Entry entry : entries) {
      if (entry.directory()) {
        addAttemptNumbers(new Path(directory, entry.name()), findings);
      }
    }
  }

  private Optional<Instant> old(Path file) {
    return files.changed(file).filter(changed -> changed.isBefore(before));
  }

  private Removable removable(Kind kind, Path file, Instant changed) {
    return new Removable(
        new Leftover(kind, file.toString(), files.length(file).orElse(0), changed),
        () -> files.delete(file));
  }
}
