package io.penstock.spark.publication;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.delta.storage.LogStore;
import io.penstock.engine.Cleaning;
import io.penstock.engine.PublishGate;
import io.penstock.engine.RunReport;
import io.penstock.engine.UnfinishedRun;
import io.penstock.spark.cleaning.CleanedOutput;
import io.penstock.spark.cleaning.Cleaner;
import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.csv.WrittenCsv;
import io.penstock.spark.delta.CleanedTables;
import io.penstock.spark.delta.CommitStamp;
import io.penstock.spark.delta.JournalledTable;
import io.penstock.spark.delta.PreparedCommit;
import io.penstock.spark.delta.Replacement;
import io.penstock.spark.delta.TableCleaner;
import io.penstock.spark.delta.TableDescription;
import io.penstock.spark.delta.TableIdentity;
import io.penstock.spark.delta.UnitEpoch;
import io.penstock.spark.delta.UnitId;
import io.penstock.spark.export.ExportLeftovers;
import io.penstock.spark.export.ExportManifest;
import io.penstock.spark.export.ExportProvenance;
import io.penstock.spark.export.ExportTarget;
import io.penstock.spark.export.Exports;
import io.penstock.spark.export.JournalledExport;
import io.penstock.spark.export.PartitionSegment;
import io.penstock.spark.export.PublishedExport;
import io.penstock.spark.export.StagedExport;
import io.penstock.spark.files.Epochs;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.kinds.PublishedKinds;
import io.penstock.spark.sql.PartitionPredicate;
import io.penstock.spark.sql.PartitionValue;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvForm;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A lake without Spark, for proofs in large numbers. What publishes is what publishes in
 * production: log store, put-if-absent, epochs, journal, manifests, commits and their recovery.
 * What computes is left out: an attempt's rows are given, and its table is a {@link PlainTable}.
 *
 * <p>An attempt writes the same lines to its tables and an export; each line names the attempt's
 * content and how many lines it has, so that a part of it, or two of them mixed, can be told.
 */
final class PlainLake {
  private static final JournalJson JSON = new JournalJson(PublishedKinds.JOURNALLED);

  static final List<String> TABLES = List.of("mart/first", "mart/second");
  static final String EXPORT = "export/third";
  static final List<String> SINKS = List.of("mart/first", "mart/second", EXPORT);
  static final String PIPELINE = "proof";

  private static final Optional<Partition> DAY = Optional.of(Partition.daily("day"));
  private static final OutputContract CONTRACT = OutputContract.of(DAY, PIPELINE);

  private static final StructType SCHEMA = new StructType().add("line", DataTypes.StringType);

  private final Path root;
  private final LakeRoot lake;
  private final Configuration settings = new Configuration(false);
  private final LogStore store;
  private final Exports exports;
  private final Epochs epochs;
  private final Clock clock;
  private final List<String> tables;
  private final Journal journal;
  private final Map<org.apache.hadoop.fs.Path, PlainLog> logs = new ConcurrentHashMap<>();

  /**
   * A lake at a path.
   *
   * @param tables that each attempt writes, before the export
   */
  PlainLake(Path root, LogStore store, Clock clock, List<String> tables) {
    this.root = root;
    this.tables = List.copyOf(tables);
    this.lake = new LakeRoot(new org.apache.hadoop.fs.Path(root.toUri()));
    this.store = store;
    this.clock = clock;
    settings.set("fs.file.impl", "org.apache.hadoop.fs.LocalFileSystem");
    this.exports = new Exports(settings);
    this.epochs = new Epochs(settings);
    this.journal = new Journal(lake, settings, JSON);
  }

  /** The tables that each attempt writes. */
  List<String> tables() {
    return tables;
  }

  /** What an attempt writes for a day: so many lines, or none. */
  record Content(String name, int lines) {
    List<String> text() {
      return Collections.nCopies(lines, name + " 1 of " + lines);
    }

    /** The content that lines are all of. */
    static Optional<Content> of(List<String> lines) {
      if (lines.isEmpty()) {
        return Optional.empty();
      }
      String[] words = lines.get(0).split(" ", -1);
      Content content = new Content(words[0], Integer.parseInt(words[3]));
      if (!lines.equals(content.text())) {
        throw new AssertionError("a mixture, or a part, of what attempts wrote: " + lines);
      }
      return Optional.of(content);
    }
  }

  /** How an attempt ended. */
  enum Ending {
    PUBLISHED,
    REFUSED
  }

  /** One attempt at a day, from its number to its record. */
  Ending run(String runId, String day, Content content, Checks checks, Steps steps) {
    Instant startedAt = clock.instant();
    FencingScope line = line(day);
    long epoch =
        epochs.next(
            lake.resolve("_penstock/epochs/" + PIPELINE + "/" + day),
            latestEpoch(day),
            runId.getBytes(UTF_8));
    steps.reached(Step.BEGUN, runId);
    List<JournalledSink> sinks = new ArrayList<>();
    for (String table : tables) {
      sinks.add(staged(table, runId, day, epoch, content));
    }
    StagedExport export = export(runId, day, epoch, content);
    sinks.add(
        new JournalledExport(
            EXPORT, output(EXPORT), export.target().partition(), ContractProperties.of(CONTRACT)));
    steps.reached(Step.WRITTEN, runId);
    if (checks == Checks.FAIL) {
      return Ending.REFUSED;
    }
    steps.reached(Step.CHECKED, runId);
    Publication publication =
        publications(steps)
            .of(
                new JournalEntry(
                    line,
                    epoch,
                    runId,
                    Optional.empty(),
                    startedAt,
                    List.of(),
                    List.of(),
                    List.of(),
                    sinks));
    try {
      publication.publish(new PublishGate());
    } catch (RuntimeException e) {
      if (publication.extent() == RunReport.Published.NONE) {
        publication.withdraw();
        exports.discard(export);
      }
      throw e;
    } finally {
      record(runId);
      publication.settle();
    }
    return Ending.PUBLISHED;
  }

  /** Whether an attempt's checks pass. */
  enum Checks {
    PASS,
    FAIL
  }

  Publications publications(Steps steps) {
    return new Publications(
        new PublishedKinds(lake, this::table, exports, settings), journal, steps, clock);
  }

  /** Completes what can be, for one day: what the next run of the task does first. */
  List<UnfinishedRun.Ending> recover(String day, Steps steps) {
    return complete(publications(steps).unfinished(line(day)));
  }

  /** Completes what can be: what {@code penstock recover} does. */
  List<UnfinishedRun.Ending> recover(Steps steps) {
    return complete(publications(steps).unfinished());
  }

  private List<UnfinishedRun.Ending> complete(List<UnfinishedRun> unfinished) {
    List<UnfinishedRun.Ending> endings = new ArrayList<>();
    for (UnfinishedRun run : unfinished) {
      UnfinishedRun.Completion completion = run.complete(new PublishGate());
      record(run.runId());
      run.settle();
      endings.add(completion.ending());
    }
    return endings;
  }

  /** Removes what has not been touched for a week, and nobody needs: what {@code clean} does. */
  void clean() {
    Instant before = clock.instant().minus(Cleaning.LEAST_AGE);
    TableCleaner cleaner = new TableCleaner(lake, settings, cleanedTables(), before);
    List<CleanedOutput> outputs = new ArrayList<>();
    tables.forEach(table -> outputs.add(cleaner.output(lake.resolve(table))));
    outputs.add(ExportLeftovers.output(lake, lake.resolve(EXPORT), settings, before));
    new Cleaner(lake, settings, publications(Steps.IGNORED), before).everywhere(outputs).remove();
  }

  private CleanedTables cleanedTables() {
    return new CleanedTables() {
      @Override
      public boolean isOurs(org.apache.hadoop.fs.Path table) {
        return true;
      }

      @Override
      public Set<org.apache.hadoop.fs.Path> named(org.apache.hadoop.fs.Path table) {
        return table(table).named();
      }
    };
  }

  /** Removes the files of all tables that are not in them now, however young. */
  void vacuum() {
    for (String table : tables) {
      table(table).vacuum();
    }
  }

  /** The attempts of a day that are in the journal. */
  int journalled(String day) {
    return journal.read(line(day)).entries().size();
  }

  /** What a table holds for a day, as a reader of its log sees it. */
  Optional<Content> inTable(String table, String day) {
    return Content.of(table(lake.resolve(table)).lines(day));
  }

  PlainTable table(String table) {
    return table(lake.resolve(table));
  }

  /** Whoever else writes to a table. */
  OtherWriter other(String table) {
    return new OtherWriter(root.resolve(table), log(lake.resolve(table)));
  }

  /**
   * Whether a job that was renamed or regrained is told by a table that it may not write it, before
   * it computes anything.
   */
  boolean refuses(String table, Operation.Stranger stranger) {
    Optional<Partition> partition =
        stranger == Operation.Stranger.REGRAINED ? Optional.empty() : DAY;
    OutputContract wanted =
        OutputContract.of(partition, stranger == Operation.Stranger.RENAMED ? "renamed" : PIPELINE);
    PlainTable found = table(table);
    return PlainTable.contract(found.latest())
        .map(wanted::against)
        .orElseGet(() -> found.precedent().against(wanted, partition))
        .isPresent();
  }

  /** The path of a table of others in the folder of a table, named as a partition would be. */
  static String nestedIn(String table) {
    return table + "/kind=nested";
  }

  /** The history of a table before its latest version expires. */
  void expire(String table) {
    log(lake.resolve(table)).expire();
  }

  /** What the export holds for a day, as a reader of its manifest sees it. */
  Optional<Content> inExport(String day) {
    return exports.current(target(day)).flatMap(this::read);
  }

  /** What the export's stable path holds for a day; empty also when there is no such file. */
  Optional<Content> inStablePath(String day) {
    Path file = Path.of(target(day).stablePath(CsvCompression.NONE).toUri());
    try {
      return Files.exists(file)
          ? Content.of(withoutHeader(Files.readAllLines(file)))
          : Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<Content> read(PublishedExport export) {
    try {
      byte[] bytes = Files.readAllBytes(Path.of(export.files().get(0).toUri()));
      WrittenCsv written = export.manifest().files().get(0);
      if (!sha256(bytes).equals(written.sha256())) {
        throw new AssertionError("not what its manifest says: " + export.path());
      }
      return Content.of(withoutHeader(new String(bytes, UTF_8).lines().toList()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> withoutHeader(List<String> lines) {
    return lines.subList(1, lines.size());
  }

  private PlainTable table(org.apache.hadoop.fs.Path path) {
    return new PlainTable(path, log(path));
  }

  private PlainLog log(org.apache.hadoop.fs.Path path) {
    return logs.computeIfAbsent(path, table -> new PlainLog(table, store, settings));
  }

  private long latestEpoch(String day) {
    long latest = exports.currentEpoch(target(day)).orElse(0);
    for (String table : tables) {
      latest = Math.max(latest, table(table).epochOf(unit(day)).orElse(0));
    }
    return latest;
  }

  private JournalledSink staged(
      String table, String runId, String day, long epoch, Content content) {
    PlainLog.State target = table(table).latest();
    boolean first = target.metadata().isEmpty();
    Map<String, String> properties = ContractProperties.of(CONTRACT);
    JsonNode metadata =
        target
            .metadata()
            .orElseGet(() -> PlainActions.parse(PlainActions.metadata(properties)).get("metaData"));
    TableIdentity identity = PlainTable.identity(metadata);
    byte[] bytes = bytes(content.text());
    // A day without rows is noted by a file without rows.
    String name = "day=" + day + "/part-" + runId + ".parquet";
    write(root.resolve(table).resolve(name), bytes);
    return new JournalledTable(
        table,
        output(table),
        new PreparedCommit(
            target.version(),
            identity,
            identity.storage(),
            first ? Optional.of(PlainActions.metadata(metadata)) : Optional.empty(),
            first ? Optional.of(PlainActions.protocol()) : Optional.empty(),
            Replacement.of(PartitionPredicate.unit(dayValue(day))),
            List.of(PlainActions.add(name, day, bytes)),
            new CommitStamp(
                runId,
                PIPELINE,
                day,
                "proof",
                Collections.emptySortedMap(),
                List.of(new UnitEpoch(unit(day), epoch))),
            new TableDescription(Optional.empty(), properties)));
  }

  private StagedExport export(String runId, String day, long epoch, Content content) {
    ExportTarget target = target(day);
    List<String> text = new ArrayList<>(List.of("line"));
    text.addAll(content.text());
    byte[] bytes = bytes(text);
    Path version =
        root.resolve(EXPORT).resolve("_versions").resolve(target.partitionPath()).resolve(runId);
    write(version.resolve("third.csv"), bytes);
    return exports.add(
        target,
        ExportManifest.of(
            target,
            SCHEMA,
            CsvForm.PLAIN,
            List.of(new WrittenCsv("third.csv", content.lines(), bytes.length, sha256(bytes))),
            new ExportProvenance(runId, epoch, PIPELINE, day, Map.of(), Instant.EPOCH)));
  }

  private ExportTarget target(String day) {
    return new ExportTarget(lake.resolve(EXPORT), List.of(new PartitionSegment("day", day)));
  }

  private void record(String runId) {
    io.penstock.spark.files.LakeFiles.of(
            lake.resolve("_penstock/runs/" + runId + ".json"), settings)
        .replace(lake.resolve("_penstock/runs/" + runId + ".json"), runId.getBytes(UTF_8));
  }

  private static FencingScope line(String day) {
    return new FencingScope(PIPELINE, day);
  }

  private static UnitId unit(String day) {
    return UnitId.of(PIPELINE, List.of(dayValue(day)));
  }

  private static PartitionValue dayValue(String day) {
    return new PartitionValue("day", DataTypes.DateType, LocalDate.parse(day));
  }

  private static JournalledOutput output(String path) {
    return new JournalledOutput(path, "delta", path, List.of(), 0, 0, 0, 0, OptionalLong.empty());
  }

  private static byte[] bytes(List<String> lines) {
    return String.join("", lines.stream().map(line -> line + "\n").toList()).getBytes(UTF_8);
  }

  private static void write(Path file, byte[] content) {
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
