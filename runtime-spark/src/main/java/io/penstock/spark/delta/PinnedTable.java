package io.penstock.spark.delta;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toMap;

import io.penstock.engine.ReaderLimit;
import io.penstock.spark.contract.ContractProperties;
import io.penstock.spark.contract.LastPublication;
import io.penstock.spark.contract.OutputContract;
import io.penstock.spark.contract.UnreadableContractException;
import io.penstock.spark.sql.PartitionPredicate;
import io.penstock.spark.sql.PartitionValue;
import io.penstock.spark.sql.Partitions;
import io.penstock.spec.Interval;
import io.penstock.spec.Partition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.StructType;

/**
 * A table as it was at one version, loaded once.
 *
 * <p>Everything it answers is of that version, however often and however late it is asked. It opens
 * no data file until rows are asked for by an action on {@link #rows}.
 */
public final class PinnedTable {
  /** How long a table remembers which attempts published; without this property, for ever. */
  public static final String ATTEMPT_MEMORY = "delta.setTransactionRetentionDuration";

  private static final String CHECK = "delta.constraints.";

  /**
   * Up to this size, skipping files by the statistics in the log saves less time than it takes to
   * query the log again.
   */
  private static final long FEW_BYTES = 128L << 20;

  private final SessionScope scope;
  private final DeltaAdapter adapter;
  private final DeltaState state;
  private final Map<Optional<PartitionPredicate>, List<DataFile>> found = new ConcurrentHashMap<>();

  PinnedTable(SessionScope scope, DeltaAdapter adapter, DeltaState state) {
    this.scope = scope;
    this.adapter = adapter;
    this.state = state;
  }

  public Path path() {
    return adapter.path();
  }

  public long version() {
    return state.version();
  }

  /** All columns in order, with nullability and comments. */
  public StructType schema() {
    return Schemas.plain(state.schema());
  }

  /** The partition columns' logical names, outermost first. */
  public List<String> partitionColumns() {
    return state.partitionColumns();
  }

  public Optional<String> comment() {
    return state.comment();
  }

  public Map<String, String> properties() {
    return state.properties();
  }

  /** What other programs do with the table on account of its features. */
  public List<ReaderLimit> readerLimits() {
    return state.readerLimits();
  }

  /** How long the table remembers which attempt published a unit; empty when for ever. */
  Optional<Duration> attemptMemory() {
    return state.attemptMemory();
  }

  /** The expressions of generated columns, by column. */
  public Map<String, String> generatedColumns() {
    return Schemas.generatedColumns(state.schema());
  }

  /** The CHECK constraints' conditions, by name. */
  public Map<String, String> constraints() {
    return properties().entrySet().stream()
        .filter(property -> property.getKey().startsWith(CHECK))
        .collect(
            toMap(property -> property.getKey().substring(CHECK.length()), Map.Entry::getValue));
  }

  /** All rows, lazily. */
  public Dataset<Row> rows() {
    return rows(files(Optional.empty()));
  }

  /** The rows of some partitions, lazily. */
  public Dataset<Row> rows(PartitionPredicate partitions) {
    return rows(files(Optional.of(partitions)))
        .where(ExpressionUtils.column(partitions.expression()));
  }

  /** What some partitions hold, by the table's log alone. */
  public PartitionFiles summary(PartitionPredicate partitions) {
    return summary(files(Optional.of(partitions)));
  }

  /** What the whole table holds, by its log alone. */
  public PartitionFiles summary() {
    return summary(files(Optional.empty()));
  }

  private static PartitionFiles summary(List<DataFile> files) {
    long bytes = files.stream().mapToLong(DataFile::bytes).sum();
    OptionalLong rows =
        files.stream().allMatch(file -> file.rows().isPresent())
            ? OptionalLong.of(files.stream().mapToLong(file -> file.rows().getAsLong()).sum())
            : OptionalLong.empty();
    return new PartitionFiles(files.size(), bytes, rows);
  }

  /** Whether the log names a data file, given by its path below the table. */
  public boolean holds(String file) {
    String end = "/" + file;
    return files(Optional.empty()).stream()
        .anyMatch(named -> adapter.location(named).toString().endsWith(end));
  }

  /**
   * The units without files. One that was replaced by no rows has a file that holds none; one whose
   * files were removed since, by whatever means, is missing.
   */
  public List<List<PartitionValue>> missing(PartitionPredicate units) {
    return PartitionText.missing(
        units.units(),
        files(Optional.of(units)).stream()
            .map(file -> file.partitionValues(state.metadata()))
            .distinct()
            .toList());
  }

  /** The units that the table doesn't have: without files, even one that holds no rows. */
  public List<Interval> missing(Partition partition, List<Interval> units) {
    if (units.isEmpty()) {
      return List.of();
    }
    Set<List<PartitionValue>> missing =
        new HashSet<>(missing(Partitions.predicate(partition, units)));
    return units.stream()
        .filter(unit -> missing.contains(Partitions.values(partition, unit)))
        .toList();
  }

  /**
   * The number of rows of each unit that is there: by the log, which counts what deletion vectors
   * leave, and otherwise by reading.
   */
  Map<Interval, Long> rowsOf(Partition partition, List<Interval> units) {
    Map<Map<String, Optional<String>>, List<DataFile>> folders =
        files(Optional.of(Partitions.predicate(partition, units))).stream()
            .collect(groupingBy(file -> file.partitionValues(state.metadata())));
    var found =
        PartitionText.byUnit(
            units.stream().map(unit -> Partitions.values(partition, unit)).toList(),
            folders.entrySet(),
            Map.Entry::getKey);
    Map<Interval, Long> rows = new HashMap<>();
    for (Interval unit : units) {
      List<DataFile> files =
          found.getOrDefault(Partitions.values(partition, unit), List.of()).stream()
              .flatMap(folder -> folder.getValue().stream())
              .toList();
      if (!files.isEmpty()) {
        rows.put(
            unit,
            summary(files)
                .rows()
                .orElseGet(() -> rows(Partitions.predicate(partition, List.of(unit))).count()));
      }
    }
    return rows;
  }

  /** Whether the table has files, be it of rows or of none. */
  public boolean present() {
    return scope.onLogs(state::hasFiles);
  }

  /** The pipelines that published into the table, ever; their files may be gone since. */
  public Set<String> publishers() {
    return publications().stream()
        .map(publication -> publication.unit().pipeline())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The pipelines that published any of some units, ever; their files may be gone since. */
  public Set<String> publishersOf(List<List<PartitionValue>> units) {
    return new Publishers(publications()).of(units);
  }

  /** What pipelines published into this table, ever: the log's expiry doesn't touch it. */
  public List<UnitEpoch> publications() {
    List<UnitEpoch> publications = new ArrayList<>();
    scope
        .onLogs(state::epochs)
        .forEach(
            (applicationId, epoch) ->
                UnitId.parse(applicationId)
                    .ifPresent(unit -> publications.add(new UnitEpoch(unit, epoch))));
    return publications;
  }

  /** The attempt that published a unit last; empty when none did. */
  public OptionalLong epochOf(UnitId unit) {
    return scope.onLogs(() -> state.epochOf(unit));
  }

  /**
   * What the table promises; empty when it says nothing.
   *
   * @throws UnreadableContractException when what it says is of a later release, or damaged
   */
  public Optional<OutputContract> contract() {
    return ContractProperties.read(properties());
  }

  /** The last publication by a run of Penstock: what a table without a contract is judged by. */
  public LastPublication precedent() {
    Optional<String> stamp = scope.onLogs(() -> adapter.lastStamp(state));
    Optional<UnitId> unit =
        stamp.flatMap(CommitStamp::unit).or(() -> scope.onLogs(state::lastPublished));
    return new LastPublication(
        unit.map(UnitId::pipeline)
            .or(() -> Optional.ofNullable(properties().get(TableProperties.PIPELINE))),
        unit.map(UnitId::values),
        stamp.flatMap(CommitStamp::interval));
  }

  /** The stored values of a partition column; NULL is none of them. */
  public List<String> valuesOf(String partitionColumn) {
    return scope.onLogs(() -> adapter.valuesOf(state, partitionColumn));
  }

  /** How a frame's columns differ from this table's. */
  SchemaChange compareWith(StructType frame) {
    return SchemaChange.between(frame, this);
  }

  DeltaAdapter adapter() {
    return adapter;
  }

  DeltaState state() {
    return state;
  }

  void requirePartitionColumns(PartitionPredicate partitions) {
    for (String column : partitions.columns()) {
      if (!partitionColumns().contains(column)) {
        throw DeltaErrors.notPartitioned(path(), column, partitionColumns());
      }
    }
  }

  private Dataset<Row> rows(List<DataFile> files) {
    long bytes = files.stream().mapToLong(DataFile::bytes).sum();
    return scope.call(
        () ->
            bytes <= FEW_BYTES ? adapter.rows(state, files) : adapter.rows(scope.session(), state));
  }

  /** The files of some partitions, or of the whole table. */
  private List<DataFile> files(Optional<PartitionPredicate> partitions) {
    partitions.ifPresent(this::requirePartitionColumns);
    return found.computeIfAbsent(
        partitions, asked -> scope.onLogs(() -> adapter.files(state, asked)));
  }
}
