package io.penstock.spark.nativecode;

import io.penstock.spark.expressions.PlanWalk;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.CompoundBody;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.SparkSession;
import scala.runtime.BoxedUnit;

/**
 * The session that a native transform sees while it is built: a copy in which no command is
 * executed. Spark executes a command as soon as it is analysed, before any listener hears of it;
 * the last rule of the analysis refuses it.
 *
 * <p>What the transform defines there, such as functions, ends with the copy.
 */
final class BuildingSession implements AutoCloseable {
  /** The first command that was refused. */
  private static final class Refused {
    private volatile Optional<String> command = Optional.empty();

    void refuse(String name) {
      if (command.isEmpty()) {
        command = Optional.of(name);
      }
      throw new IllegalStateException(name + " is a command; a transform only describes.");
    }
  }

  private static final Map<org.apache.spark.sql.SparkSession, Refused> COPIES =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** Also for sessions that the transform makes, or has kept from elsewhere. */
  private static final ThreadLocal<Refused> BUILDING = new ThreadLocal<>();

  private static final Set<SparkSessionExtensions> WATCHED =
      Collections.newSetFromMap(new IdentityHashMap<>());

  private final SparkSession session;
  private final SparkSession copy;
  private final Refused refused = new Refused();

  private BuildingSession(SparkSession session, SparkSession copy) {
    this.session = session;
    this.copy = copy;
  }

  /** A copy of a session, active in this thread until it is closed. */
  static BuildingSession of(SparkSession session) {
    watch(session.extensions());
    BuildingSession building = new BuildingSession(session, session.cloneSession());
    COPIES.put(building.copy, building.refused);
    BUILDING.set(building.refused);
    SparkSession.setActiveSession(building.copy);
    return building;
  }

  /** Sessions take their rules from here when they are made, so one rule is enough for all. */
  private static synchronized void watch(SparkSessionExtensions extensions) {
    if (WATCHED.add(extensions)) {
      extensions.injectCheckRule(
          session ->
              plan -> {
                refuseCommands(session, plan);
                return BoxedUnit.UNIT;
              });
    }
  }

  private static void refuseCommands(org.apache.spark.sql.SparkSession session, LogicalPlan plan) {
    Refused refused = Optional.ofNullable(COPIES.get(session)).orElseGet(BUILDING::get);
    if (refused != null) {
      PlanWalk.over(
          plan,
          node -> {
            if (node instanceof Command || node instanceof CompoundBody) {
              refused.refuse(node.nodeName());
            }
          },
          expression -> {});
    }
  }

  SparkSession copy() {
    return copy;
  }

  /** The command that the transform asked for, also when it has caught the refusal. */
  Optional<String> refusedCommand() {
    return refused.command;
  }

  /** The rows as rows of the copy. */
  Dataset<Row> enter(Dataset<Row> rows) {
    return org.apache.spark.sql.classic.Dataset.ofRows(
        copy, ((org.apache.spark.sql.classic.Dataset<Row>) rows).logicalPlan());
  }

  /** The rows of the copy as rows of the session. */
  Dataset<Row> leave(Dataset<Row> rows) {
    return org.apache.spark.sql.classic.Dataset.ofRows(session, rows.queryExecution().analyzed());
  }

  @Override
  public void close() {
    BUILDING.remove();
    SparkSession.setActiveSession(session);
  }
}
