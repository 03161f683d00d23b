package io.penstock.spark.delta;

import io.penstock.engine.RunFailedException;
import io.penstock.spark.failures.UnpublishableException;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.sql.SqlLiterals;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;

/**
 * The Delta tables of a session: open, write invisibly, publish.
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

  /** The class with which Delta writes the log of the table at a path, whether it exists or not. */
  public String logStore(Path table) {
    return scope.onLogs(() -> adapter(table).logStore());
  }

  /**
   * Opens a table at its latest version.
   *
   * @throws UnpublishableException when there is none
   */
  public PinnedTable open(Path table) {
    return scope.onLogs(
        () -> {
          DeltaAdapter adapter = adapter(table);
          DeltaState state = adapter.latest();
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
   * The columns of a frame that a table can't take.
   *
   * @param table empty when it is to be created
   */
  List<UnstorableColumn> unstorable(StructType frame, Optional<PinnedTable> table) {
    return scope.onLogs(() -> UnstorableColumn.in(scope.session(), frame, table));
  }

  /**
   * Writes a frame's rows into files that no reader of the table sees, counting them on the way.
   *
   * <p>Evaluates the frame once. Constraints are checked here, row by row.
   *
   * @throws RunFailedException when the frame's columns are not the table's, or when a row breaks a
   *     constraint or lies outside the partitions
   */
  public StagedWrite stage(PinnedTable table, Dataset<Row> frame, Replacement replacement) {
    return stage(table, frame, replacement, SchemaChange.Kind.EQUAL);
  }

  /**
   * Like {@link #stage}, and columns that the table doesn't have are added to it, nullable, by the
   * commit that publishes the rows.
   */
  StagedWrite stageWithNewColumns(PinnedTable table, Dataset<Row> frame, Replacement replacement) {
    return stage(table, frame, replacement, SchemaChange.Kind.NEW_COLUMNS);
  }

  /**
   * Like {@link #stage}, for a table that doesn't exist: the commit that publishes the rows creates
   * it.
   *
   * <p>If another writer has created it by then, that commit succeeds only on a table with the same
   * columns, partitions and rules.
   */
  StagedWrite stageFirst(TableDefinition definition, Dataset<Row> frame, Replacement replacement) {
    replacement.partitions().ifPresent(definition::requirePartitionColumns);
    Dataset<Row> aligned = selected(frame, List.of(definition.schema().fieldNames()));
    DeltaAdapter adapter = adapter(definition.path());
    return scope.writing(
        () -> {
          LakeFiles files = files(definition.path());
          UnbornTable.announce(definition.path(), files);
          DeltaState unborn = adapter.unborn();
          DeltaWriter.Written written =
              new DeltaWriter(adapter.log()).writeFirst(unborn, definition, aligned, replacement);
          return staged(
              adapter,
              unborn,
              adapter.planned(written.metadata(), written.protocol()),
              replacement,
              written);
        });
  }

  private StagedWrite stage(
      PinnedTable table, Dataset<Row> frame, Replacement replacement, SchemaChange.Kind allowed) {
    SchemaChange change = table.compareWith(frame.schema());
    if (change.kind().compareTo(allowed) > 0) {
      throw DeltaErrors.schemaMismatch(table.path(), change);
    }
    if (Schemas.hasIdentityColumn(table.state().schema())) {
      throw DeltaErrors.identityColumn(table.path());
    }
    replacement.partitions().ifPresent(table::requirePartitionColumns);
    Dataset<Row> aligned = selected(frame, change.aligned(frame.schema(), table.schema()));
    DeltaAdapter adapter = table.adapter();
    return scope.writing(
        () -> {
          DeltaWriter.Written written =
              new DeltaWriter(adapter.log())
                  .write(table.state(), aligned, replacement, change.newColumns());
          DeltaState target =
              change.newColumns().isEmpty() ? table.state() : adapter.planned(written.metadata());
          return staged(adapter, table.state(), target, replacement, written);
        });
  }

  private StagedWrite staged(
      DeltaAdapter adapter,
      DeltaState read,
      DeltaState target,
      Replacement replacement,
      DeltaWriter.Written written) {
    // Spark closes files without flushing them to the disk.
    files(adapter.path())
        .persist(adapter.path(), written.files().stream().map(adapter::location).toList());
    return new StagedWrite(scope, adapter, read, target, replacement, written.files());
  }

  private static Dataset<Row> selected(Dataset<Row> frame, List<String> columns) {
    return frame.select(
        columns.stream()
            .map(column -> functions.col(SqlLiterals.identifier(column)))
            .toArray(Column[]::new));
  }

  private LakeFiles files(Path table) {
    return LakeFiles.of(table, scope.session().sessionState().newHadoopConf());
  }

  /**
   * The data files that the retained log of a table names: those in the table and those that were
   * removed. Reads the whole log.
   */
  public Set<Path> named(Path table) {
    return scope.onLogs(() -> adapter(table).named());
  }

  /** The log of the table at a path, whether the table exists or not. */
  public TableLog log(Path table) {
    return scope.onLogs(() -> new DeltaTableLog(scope, adapter(table)));
  }

  /** Rows that a check refused, as they were written. */
  public Dataset<Row> rejected(Path table, RejectedTable output) {
    return readStaged(table, output.actions());
  }

  /**
   * Reads rows that another process staged.
   *
   * @param actions as {@link StagedWrite#actionsAsJson} gave them
   */
  Dataset<Row> readStaged(Path table, List<String> actions) {
    DeltaAdapter adapter = scope.onLogs(() -> adapter(table));
    DeltaState state = scope.onLogs(adapter::latest);
    return scope.call(() -> adapter.rowsOf(state, actions));
  }

  private DeltaAdapter adapter(Path table) {
    return DeltaAdapter.of(scope.session(), table);
  }
}
