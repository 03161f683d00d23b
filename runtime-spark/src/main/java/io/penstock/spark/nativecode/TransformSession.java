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
 * The session that a native transform sees: a copy of the run's session in which no command is
 * executed. Spark executes a command as soon as it is analysed, before it notifies any listener, so
 * a check rule at the end of the analysis refuses it.
 *
 * <p>What the transform defines there, such as functions, is dropped with the copy.
 */
final class TransformSession implements AutoCloseable {
  /** The first command that was refused. */
  private static final class Refused {
    private volatile Optional<String> command = Optional.empty();

    void refuse(String name) {
      if (command.isEmpty()) {
        command = Optional.of(name);
      }
      throw new IllegalStateException(name + " is a command, and a transform only describes rows.");
    }
  }

  private static final Map<org.apache.spark.sql.SparkSession, Refused> COPIES =
      Collections.synchronizedMap(new WeakHashMap<>());

  /** Covers sessions that the transform creates, or has kept from elsewhere. */
  private static final ThreadLocal<Refused> BUILDING = new ThreadLocal<>();

  private static final Set<SparkSessionExtensions> WATCHED =
      Collections.newSetFromMap(new IdentityHashMap<>());

  private final SparkSession session;
  private final SparkSession copy;
  private final Refused refused = new Refused();

  private TransformSession(SparkSession session, SparkSession copy) {
    this.session = session;
    this.copy = copy;
  }

  /** A copy of a session, active in this thread until it is closed. */
  static TransformSession of(SparkSession session) {
    watch(session.extensions());
    TransformSession building = new TransformSession(session, session.cloneSession());
    COPIES.put(building.copy, building.refused);
    BUILDING.set(building.refused);
    SparkSession.setActiveSession(building.copy);
    return building;
  }

  /** Sessions copy their rules from the extensions, so one rule serves all sessions. */
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

  /** The command that the transform ran, even if it has caught the exception. */
  Optional<String> refusedCommand() {
    return refused.command;
  }

  /** Moves rows of the run's session to the copy. */
  Dataset<Row> toCopy(Dataset<Row> rows) {
    return org.apache.spark.sql.classic.Dataset.ofRows(
        copy, ((org.apache.spark.sql.classic.Dataset<Row>) rows).logicalPlan());
  }

  /** Moves rows of the copy to the run's session. */
  Dataset<Row> fromCopy(Dataset<Row> rows) {
    return org.apache.spark.sql.classic.Dataset.ofRows(session, rows.queryExecution().analyzed());
  }

  @Override
  public void close() {
    BUILDING.remove();
    SparkSession.setActiveSession(session);
  }
}
