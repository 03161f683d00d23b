package io.penstock.spark.delta;

import io.delta.tables.DeltaTable;
import io.delta.tables.DeltaTableBuilder;
import io.penstock.spark.delta.DeltaAdapter.DataFile;
import io.penstock.spark.sql.SqlLiterals;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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
  private static final String COMMENT = "comment";

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

  public boolean exists(Path table) {
    return scope.onLogs(() -> adapter(table).latest().version() >= 0);
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
   * Sets a table's comment and properties, where they differ.
   *
   * @param properties to set; others stay as they are
   * @return the table, at a new version if something was set
   */
  public PinnedTable describe(
      PinnedTable table, Optional<String> comment, Map<String, String> properties) {
    Map<String, String> changed = differences(table, comment, properties);
    if (changed.isEmpty()) {
      return table;
    }
    String assignments =
        changed.entrySet().stream()
            .map(e -> SqlLiterals.string(e.getKey()) + " = " + SqlLiterals.string(e.getValue()))
            .collect(Collectors.joining(", "));
    return alter(
        table,
        "ALTER TABLE delta."
            + SqlLiterals.identifier(table.path().toString())
            + " SET TBLPROPERTIES ("
            + assignments
            + ")",
        now -> differences(now, comment, properties).isEmpty());
  }

  /**
   * Adds a frame's new columns to a table, nullable; two attempts may do so at once.
   *
   * @return the table with the columns
   * @throws SchemaMismatchException when new columns are not the whole difference
   */
  public PinnedTable addColumns(PinnedTable table, Dataset<Row> frame) {
    SchemaChange change = table.compareWith(frame.schema());
    if (change.kind() == SchemaChange.Kind.INCOMPATIBLE) {
      throw DeltaErrors.schemaMismatch(table.path(), change);
    }
    return change
        .alterTable(table.path())
        .map(
            statement ->
                alter(
                    table,
                    statement,
                    now -> now.compareWith(frame.schema()).kind() == SchemaChange.Kind.EQUAL))
        .orElse(table);
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
    SchemaChange change = table.compareWith(frame.schema());
    if (change.kind() != SchemaChange.Kind.EQUAL) {
      throw DeltaErrors.schemaMismatch(table.path(), change);
    }
    if (Schemas.hasIdentityColumn(table.state().schema())) {
      throw DeltaErrors.identityColumn(table.path());
    }
    replacement.partitions().ifPresent(table::requirePartitionColumns);
    Dataset<Row> aligned =
        frame.select(
            SchemaChange.aligned(frame.schema(), table.schema()).stream()
                .map(column -> functions.col(SqlLiterals.identifier(column)))
                .toArray(Column[]::new));
    List<DataFile> files =
        scope.writing(() -> table.adapter().write(table.state(), aligned, replacement));
    return new StagedWrite(scope, table, replacement, files);
  }

  /**
   * Publishes staged rows in one commit, which is also written when nothing changes.
   *
   * <p>Tried again on the latest state when other writers are in the way; what the replaced
   * partitions hold by then is replaced.
   *
   * @param beforeEachTry runs right before each try; what it throws ends the commit, unpublished
   * @throws FencedException when a newer attempt of the same task published one of the units
   * @throws StagedFileException when a staged file is gone
   * @throws TableChangedException when the table was altered since the rows were written
   * @throws CommitConflictException when other writers were in the way too often
   * @throws CommitOutcomeException when the commit failed otherwise
   */
  public CommitResult commit(StagedWrite staged, CommitStamp stamp, Runnable beforeEachTry) {
    staged.requireNotAborted();
    return scope.onLogs(() -> new Committer(staged, stamp, beforeEachTry).commit());
  }

  /**
   * Gives staged rows up: they can no longer be committed. Nothing was visible, so nothing changes;
   * the files stay until the table is vacuumed, and can be looked at with {@link #readStaged}.
   */
  public void abort(StagedWrite staged) {
    staged.abort();
  }

  /**
   * Reads rows that another process staged.
   *
   * @param actions as {@link StagedWrite#actionsAsJson} gave them
   */
  public Dataset<Row> readStaged(Path table, List<String> actions) {
    PinnedTable pinned = open(table);
    List<DataFile> files = actions.stream().map(DataFile::fromJson).toList();
    return scope.call(() -> pinned.adapter().rows(pinned.state(), files));
  }

  /**
   * The version of the commit with a stamp, among those after a version; empty when there is none.
   */
  public OptionalLong findCommit(Path table, CommitStamp stamp, long afterVersion) {
    return scope.onLogs(() -> adapter(table).findCommit(stamp, afterVersion));
  }

  // Two attempts may alter a table at once: one of them fails, and finds its wish fulfilled.
  private PinnedTable alter(PinnedTable table, String statement, Predicate<PinnedTable> isDone) {
    try {
      scope.call(() -> scope.session().sql(statement));
    } catch (Exception e) {
      PinnedTable now = open(table.path());
      if (isDone.test(now)) {
        return now;
      }
      throw e;
    }
    return open(table.path());
  }

  private static Map<String, String> differences(
      PinnedTable table, Optional<String> comment, Map<String, String> properties) {
    Map<String, String> differences = new TreeMap<>(properties);
    differences.entrySet().removeIf(e -> e.getValue().equals(table.properties().get(e.getKey())));
    if (comment.isPresent() && !comment.equals(table.comment())) {
      differences.put(COMMENT, comment.get());
    }
    return differences;
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
    for (Map.Entry<String, String> property : definition.properties().entrySet()) {
      builder = builder.property(property.getKey(), property.getValue());
    }
    return definition.comment().isPresent() ? builder.comment(definition.comment().get()) : builder;
  }
}
