package io.penstock.spark.delta;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.sql.SqlLiterals;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * The Delta tables of a session: open, create, write invisibly, publish.
 *
 * <p>Safe for use by several threads; each call makes its session active, and runs in its job
 * group, for as long as it takes.
 */
public final class DeltaTables {
  private final SessionScope scope;

  private DeltaTables(SessionScope scope) {
    this.scope = scope;
  }

  public static DeltaTables on(SparkSession session) {
    return new DeltaTables(SessionScope.of(session));
  }

  /** The same tables, with every Spark job in a group, so that it can be cancelled. */
  public DeltaTables inJobGroup(String group) {
    return new DeltaTables(scope.inJobGroup(group));
  }

  /** The same tables, whose rows are read in another session. */
  public DeltaTables in(SparkSession session) {
    return new DeltaTables(scope.in(session));
  }

  public boolean exists(Path table) {
    return scope.onLogs(() -> adapter(table).latest().version() >= 0);
  }

  /** The class with which Delta writes the log of the table at a path, be it there or not. */
  public String logStore(Path table) {
    return scope.onLogs(() -> adapter(table).logStore());
  }

  /**
   * Opens a table at its latest version.
   *
   * @throws TableMissingException when there is none
   */
  public PinnedTable open(Path table) {
    return scope.onLogs(
        () -> {
          DeltaAdapter adapter = adapter(table);
          DeltaAdapter.State state = adapter.latest();
          if (state.version() < 0) {
            throw DeltaErrors.tableMissing(table);
          }
          return new PinnedTable(scope, adapter, state);
        });
  }

  /** What keeps the partitions of a table from being replaced. */
  public List<WriteObstacle> obstacles(PinnedTable table) {
    return scope.onLogs(() -> new WriteObstacles(table, scope.session()).all());
  }

  /**
   * Creates an empty table, unless there is one: that is opened as it is.
   *
   * @throws TableDefinitionException when another writer created a different one at the same moment
   */
  public PinnedTable create(TableDefinition definition) {
    if (exists(definition.path())) {
      return open(definition.path());
    }
    try {
      scope.call(() -> builder(definition).execute());
    } catch (Exception e) {
      if (!exists(definition.path())) {
        throw e;
      }
    }
    PinnedTable table = open(definition.path());
    boolean asDefined =
        table.partitionColumns().equals(definition.partitionColumns())
            && Schemas.storage(table.schema())
                .equals(Schemas.storage(Schemas.plain(definition.schema())));
    if (!asDefined) {
      throw DeltaErrors.createdDifferently(table, definition);
    }
    return table;
  }

  /**
   * Writes a frame's rows into files that no reader of the table sees, counting them on the way.
   *
   * <p>Evaluates the frame once. Constraints are checked here, row by row.
   *
   * @throws SchemaMismatchException when the frame's columns are not the table's
   * @throws ConstraintViolatedException when a row breaks a constraint or lies outside the
   *     partitions
   */
  public StagedWrite stage(PinnedTable table, Dataset<Row> frame, Replacement replacement) {
    return stage(table, frame, replacement, SchemaChange.Kind.EQUAL);
  }

  /**
   * Like {@link #stage}, and columns that the table doesn't have are added to it, nullable, by the
   * commit that publishes the rows.
   */
  public StagedWrite stageWithNewColumns(
      PinnedTable table, Dataset<Row> frame, Replacement replacement) {
    return stage(table, frame, replacement, SchemaChange.Kind.NEW_COLUMNS);
  }

  private StagedWrite stage(
      PinnedTable table, Dataset<Row> frame, Replacement replacement, SchemaChange.Kind most) {
    SchemaChange change = table.compareWith(frame.schema());
    if (change.kind().compareTo(most) > 0) {
      throw DeltaErrors.schemaMismatch(table.path(), change);
    }
    if (Schemas.hasIdentityColumn(table.state().schema())) {
      throw DeltaErrors.identityColumn(table.path());
    }
    replacement.partitions().ifPresent(table::requirePartitionColumns);
    Dataset<Row> aligned =
        frame.select(
            change.aligned(frame.schema(), table.schema()).stream()
                .map(column -> functions.col(SqlLiterals.identifier(column)))
                .toArray(Column[]::new));
    DeltaAdapter adapter = table.adapter();
    return scope.writing(
        () -> {
          DeltaWriter.Written written =
              adapter.writer().write(table.state(), aligned, replacement, change.newColumns());
          DeltaAdapter.State target =
              change.newColumns().isEmpty() ? table.state() : adapter.planned(written.metadata());
          // Spark closes files and leaves it to the machine when they reach the disk.
          LakeFiles.of(table.path(), scope.session().sessionState().newHadoopConf())
              .persist(table.path(), written.files().stream().map(adapter::location).toList());
          return new StagedWrite(scope, table, target, replacement, written.files());
        });
  }

  /**
   * The data files that the log of a table names, as far as it is retained: those in the table and
   * those that were taken out. Reads the whole log.
   */
  public Set<Path> named(Path table) {
    return scope.onLogs(() -> adapter(table).named());
  }

  /** What publishes staged rows. */
  public TableCommits commits() {
    return new TableCommits(
        table -> new DeltaTableLog(scope, scope.onLogs(() -> adapter(table))),
        scope.onLogs(() -> scope.session().sessionState().newHadoopConf()));
  }

  /**
   * Reads rows that another process staged.
   *
   * @param actions as {@link StagedWrite#actionsAsJson} gave them
   */
  public Dataset<Row> readStaged(Path table, List<String> actions) {
    PinnedTable pinned = open(table);
    return scope.call(() -> pinned.adapter().rowsOf(pinned.state(), actions));
  }

  private DeltaAdapter adapter(Path table) {
    return DeltaAdapter.of(scope.session(), table);
  }

  private DeltaTableBuilder builder(TableDefinition definition) {
    DeltaTableBuilder builder =
        DeltaTable.createIfNotExists(scope.session())
            .location(definition.path().toString())
            .addColumns(definition.schema())
            .partitionedBy(definition.partitionColumns().toArray(String[]::new));
    TableDescription description = definition.description();
    for (Map.Entry<String, String> property : description.properties().entrySet()) {
      builder = builder.property(property.getKey(), property.getValue());
    }
    return description.comment().isPresent()
        ? builder.comment(description.comment().get())
        : builder;
  }
}
