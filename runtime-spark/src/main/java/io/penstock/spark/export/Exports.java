package io.penstock.spark.export;

import io.penstock.engine.RunFailedException;
import io.penstock.spark.csv.CsvFileWriter;
import io.penstock.spark.csv.WrittenCsv;
import io.penstock.spark.failures.OvertakenException;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.files.FailedAccessException;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.PutIfAbsent;
import io.penstock.spec.CsvForm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Writes and publishes versions of exports; {@link ExportReader} finds what is published.
 *
 * <p>A consumer that uses the reader always sees the whole old version or the whole new one. So
 * does a consumer of the {@linkplain ExportTarget#stablePath stable path} on local file systems and
 * HDFS, where the file is replaced by one atomic rename, and in object stores, where an object
 * becomes visible when its upload completes, as long as the consumer reads it in one request. The
 * stable path is updated after the publication: for a moment, and after a crash until the next
 * publication or {@link #repairStablePath}, it holds the previous version. An export in parts has
 * no stable path: its consumers read the manifest.
 */
public final class Exports {
  private final Configuration configuration;
  private final PutIfAbsent putIfAbsent;
  private final ExportReader reader;
  private final ExportContracts contracts;

  public Exports(Configuration configuration) {
    this.configuration = configuration;
    this.putIfAbsent = new PutIfAbsent(configuration);
    this.reader = new ExportReader(configuration);
    this.contracts = new ExportContracts(configuration);
  }

  /** The contracts of exports. */
  public ExportContracts contracts() {
    return contracts;
  }

  /** A version that a check rejected, as it was written. */
  public StagedExport rejected(Path export, RejectedExport output, String runId) {
    return staged(new ExportTarget(export, output.segments()), runId);
  }

  /** Called before and after a version becomes current. */
  @FunctionalInterface
  public interface Moments {
    /** Called right before; an exception ends the publication, and nothing has changed. */
    void ready();

    /** Called right after; the stable path is updated later. */
    default void visible() {}
  }

  /**
   * Evaluates the frame and writes it as an invisible version. Files that a failure leaves behind
   * never become visible either.
   *
   * @throws IllegalArgumentException if CSV can't represent a column
   * @throws IllegalStateException if the run id was used for this target before
   * @throws RunFailedException if the file system can't keep two publications apart
   */
  public StagedExport stage(
      Dataset<Row> rows, ExportTarget target, CsvForm form, ExportProvenance attempt) {
    PutIfAbsent.requireSupported(target.directory());
    CsvFileWriter.requireWritable(rows.schema(), form);
    LakeFiles files = files(target);
    Path version = target.version(attempt.runId());
    if (files.exists(version)) {
      throw ExportErrors.versionExists(version);
    }
    try {
      List<WrittenCsv> written =
          new CsvFileWriter(rows.sparkSession(), form).write(rows, version, target.name());
      return add(target, ExportManifest.of(target, rows.schema(), form, written, attempt));
    } catch (Exception e) {
      deleteQuietly(files, version, e);
      throw e;
    }
  }

  /** Makes a version of existing files. */
  public StagedExport add(ExportTarget target, ExportManifest manifest) {
    write(files(target), target.manifest(manifest.attempt().runId()), ExportJson.write(manifest));
    return new StagedExport(target, manifest);
  }

  /**
   * A version that an attempt staged, to read it or to publish it on behalf of the attempt.
   *
   * @throws UnpublishableException if there is none
   */
  public StagedExport staged(ExportTarget target, String runId) {
    LakeFiles files = files(target);
    Path manifest = target.manifest(runId);
    if (!files.exists(manifest)) {
      throw ExportErrors.versionGone(manifest);
    }
    return new StagedExport(target, ExportJson.manifest(files, manifest));
  }

  /** Removes a version that will not be published. */
  public void discard(StagedExport staged) {
    files(staged.target()).delete(staged.path());
  }

  /**
   * Makes a staged version the current one. Publishing the current version again changes nothing.
   *
   * <p>After a return or an {@link OvertakenException} the outcome is known; after any other
   * exception {@link #isPublished} tells it. If two attempts publish at the same moment, the later
   * one is current in the end, as if the other had published right before it.
   *
   * @throws OvertakenException if a later attempt, or another one with this epoch, is published
   * @throws UnpublishableException if a file of the version or its manifest is gone, or a file has
   *     another length
   */
  public PublishedExport publish(StagedExport staged, Moments moments) {
    LakeFiles files = files(staged.target());
    requireFiles(files, staged);
    requireNotFenced(staged);
    // Copied first, so that the time between the entry and the stable path is short.
    try (StablePath stable = StablePath.prepare(files, staged)) {
      moments.ready();
      // Checked again: this process may have been suspended since, while another one cleaned up.
      requireFiles(files, staged);
      if (!putIfAbsent.put(staged.entry(), PublicationEntry.of(staged.attempt()).json())) {
        requireOwn(files, staged);
      }
      moments.visible();
      if (isCurrent(staged)) {
        stable.commit();
      }
    }
    if (!isCurrent(staged)) {
      // A later publication may have updated the stable path before this one did.
      repairStablePath(staged.target());
    }
    return new PublishedExport(staged.target(), staged.manifest());
  }

  /**
   * Checks in advance that a staged version can be published.
   *
   * @throws OvertakenException if a later attempt, or another one with this epoch, is published
   * @throws UnpublishableException if a file of the version or its manifest is gone, or a file has
   *     another length
   */
  public void requirePublishable(StagedExport staged) {
    LakeFiles files = files(staged.target());
    requireFiles(files, staged);
    requireNotFenced(staged);
    if (files.exists(staged.entry())) {
      requireOwn(files, staged);
    }
  }

  private void requireNotFenced(StagedExport staged) {
    ExportProvenance attempt = staged.manifest().attempt();
    OptionalLong current = reader.currentEpoch(staged.target());
    if (current.isPresent() && current.getAsLong() > attempt.epoch()) {
      throw ExportErrors.fenced(staged.target(), attempt, current.getAsLong());
    }
  }

  /**
   * Reads a staged version, and checks that it holds what was written.
   *
   * @throws UnpublishableException if a file is missing or its content has changed
   */
  void requireAsWritten(StagedExport staged) {
    LakeFiles files = files(staged.target());
    requireFiles(files, staged);
    for (WrittenCsv file : staged.manifest().files()) {
      Path path = new Path(staged.path(), file.name());
      try (InputStream in = new VerifiedInputStream(files.open(path), path, file)) {
        in.transferTo(OutputStream.nullOutputStream());
      } catch (DamagedExportException e) {
        throw ExportErrors.bytesChanged(path, e);
      } catch (IOException e) {
        throw new FailedAccessException("read", path, e);
      }
    }
  }

  /** Whether an attempt's version was published, even if a later one is current now. */
  boolean isPublished(ExportTarget target, long epoch, String runId) {
    LakeFiles files = files(target);
    Path entry = target.entry(epoch);
    return files.exists(entry) && ExportJson.entry(files, entry).runId().equals(runId);
  }

  /** As a consumer sees it: {@link ExportReader#currentEpoch}. */
  public OptionalLong currentEpoch(ExportTarget target) {
    return reader.currentEpoch(target);
  }

  /** As a consumer sees it: {@link ExportReader#current}. */
  public Optional<PublishedExport> current(ExportTarget target) {
    return reader.current(target);
  }

  /** Replaces the stable path by the current version; does nothing if none is published. */
  void repairStablePath(ExportTarget target) {
    LakeFiles files = files(target);
    Optional<PublishedExport> copied = Optional.empty();
    Optional<PublishedExport> current = reader.current(target);
    while (!current.equals(copied)) {
      try (StablePath stable = StablePath.prepare(files, current.orElseThrow())) {
        stable.commit();
      }
      copied = current;
      current = reader.current(target);
    }
  }

  private boolean isCurrent(StagedExport staged) {
    return reader.currentEpoch(staged.target()).equals(OptionalLong.of(staged.attempt().epoch()));
  }

  private static void requireOwn(LakeFiles files, StagedExport staged) {
    ExportProvenance attempt = staged.attempt();
    PublicationEntry winner = ExportJson.entry(files, staged.entry());
    if (!winner.runId().equals(attempt.runId())) {
      throw ExportErrors.epochTaken(staged.target(), attempt, winner.runId());
    }
  }

  private static void requireFiles(LakeFiles files, StagedExport staged) {
    Path manifest = staged.target().manifest(staged.manifest().attempt().runId());
    if (!files.exists(manifest)) {
      throw ExportErrors.versionGone(manifest);
    }
    for (WrittenCsv file : staged.manifest().files()) {
      Path path = new Path(staged.path(), file.name());
      OptionalLong length = files.length(path);
      if (!length.equals(OptionalLong.of(file.bytes()))) {
        throw ExportErrors.fileChanged(path, file.bytes(), length);
      }
    }
  }

  /** Tasks of the failed job may still be writing: no document names their files. */
  private static void deleteQuietly(LakeFiles files, Path version, Exception reason) {
    try {
      files.delete(version);
    } catch (UncheckedIOException e) {
      reason.addSuppressed(e);
    }
  }

  private static void write(LakeFiles files, Path path, byte[] content) {
    try (OutputStream out = files.create(path)) {
      out.write(content);
    } catch (IOException e) {
      throw new FailedAccessException("write", path, e);
    }
  }

  private LakeFiles files(ExportTarget target) {
    return LakeFiles.of(target.directory(), configuration);
  }
}
