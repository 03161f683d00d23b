package io.penstock.spark.delta;

import io.penstock.spark.datetime.DatetimeGuard;
import io.penstock.spark.sql.SqlLiterals;
import io.penstock.spark.text.ExceptionText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.types.StructField;

/**
 * Finds what Delta would refuse only when a table is written or committed to, by the same checks,
 * before anything is computed.
 */
record WriteObstacles(PinnedTable table, SparkSession session) {
  private static final String UNWRITABLE = "TABLE_NOT_WRITABLE";

  List<WriteObstacle> all() {
    Snapshot snapshot = table.state().snapshot();
    DeltaLog log = snapshot.deltaLog();
    List<WriteObstacle> obstacles = new ArrayList<>();
    refusal(() -> log.protocolWrite(snapshot.protocol()))
        .ifPresent(
            e ->
                obstacles.add(
                    new WriteObstacle(
                        "TABLE_FEATURES_UNKNOWN",
                        "it needs what this release of Delta doesn't know (%s)"
                            .formatted(ExceptionText.phrase(e)),
                        "use a release that knows it, or drop the feature: ALTER TABLE %s DROP FEATURE …"
                            .formatted(identifier()))));
    if (!obstacles.isEmpty()) {
      return obstacles;
    }
    refusal(() -> DeltaLog.assertRemovable(snapshot))
        .ifPresent(
            e ->
                obstacles.add(
                    new WriteObstacle(
                        "TABLE_APPEND_ONLY",
                        "by its property delta.appendOnly nothing may be taken out of it, and a run"
                            + " replaces what was there",
                        "write to another table, or: ALTER TABLE %s SET TBLPROPERTIES ('delta.appendOnly' = 'false')."
                            .formatted(identifier()))));
    identityColumns().ifPresent(obstacles::add);
    refusal(() -> log.startTransaction(ScalaInterop.none(), ScalaInterop.some(snapshot)))
        .ifPresent(
            e ->
                obstacles.add(
                    new WriteObstacle(
                        UNWRITABLE,
                        "Delta takes no commits to it (" + ExceptionText.phrase(e) + ")",
                        "write to another table, or change this one.")));
    Dataset<Row> rows = session.createDataFrame(List.of(), table.schema());
    table
        .constraints()
        .forEach(
            (name, condition) -> analysed(rows, "CHECK constraint", name, condition, obstacles));
    table
        .generatedColumns()
        .forEach(
            (name, expression) -> analysed(rows, "generated column", name, expression, obstacles));
    if (obstacles.isEmpty()) {
      table
          .generatedColumns()
          .forEach(
              (name, expression) -> unrepeatable(rows, name, expression).ifPresent(obstacles::add));
    }
    return obstacles;
  }

  /** Delta itself refuses clock functions there, but not the conversion of texts without a date. */
  private static Optional<WriteObstacle> unrepeatable(
      Dataset<Row> rows, String name, String expression) {
    Dataset<Row> generated = rows.selectExpr(expression);
    if (DatetimeGuard.over(generated, List.of(rows), name) == generated) {
      return Optional.empty();
    }
    return Optional.of(
        DatetimeGuard.readsClock(generated, List.of(rows))
            ? new WriteObstacle(
                "CLOCK_FUNCTION",
                "its generated column '%s', \"%s\", may take a date from the clock"
                    .formatted(name, expression),
                "generate it from a column that is a time already.")
            : new WriteObstacle(
                "TIME_OUT_OF_RANGE",
                "its generated column '%s', \"%s\", may lead beyond all times, which Delta doesn't notice"
                    .formatted(name, expression),
                "compute it in the pipeline, into a column of its own."));
  }

  private Optional<WriteObstacle> identityColumns() {
    List<String> columns =
        Arrays.stream(table.state().schema().fields())
            .filter(Schemas::isIdentity)
            .map(StructField::name)
            .toList();
    return columns.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new WriteObstacle(
                "IDENTITY_COLUMN",
                "'%s' is an identity column, whose numbers would be others whenever a run is repeated"
                    .formatted(String.join("', '", columns)),
                "write to a table without identity columns, with a key that is computed from the"
                    + " data."));
  }

  private void analysed(
      Dataset<Row> rows,
      String what,
      String name,
      String expression,
      List<WriteObstacle> obstacles) {
    refusal(() -> rows.selectExpr(expression))
        .ifPresent(
            e ->
                obstacles.add(
                    new WriteObstacle(
                        UNWRITABLE,
                        "its %s '%s' can't be computed, \"%s\" (%s)"
                            .formatted(what, name, expression, ExceptionText.phrase(e)),
                        what.startsWith("CHECK")
                            ? "ALTER TABLE " + identifier() + " DROP CONSTRAINT " + name + "."
                            : "write to a table without it.")));
  }

  private String identifier() {
    return "delta." + SqlLiterals.identifier(table.path().toString());
  }

  /** What Spark or Delta throws against it. Scala throws checked exceptions undeclared. */
  private static Optional<Throwable> refusal(Runnable check) {
    try {
      check.run();
      return Optional.empty();
    } catch (Exception e) {
      if (e instanceof SparkThrowable) {
        return Optional.of(e);
      }
      throw e;
    }
  }
}
