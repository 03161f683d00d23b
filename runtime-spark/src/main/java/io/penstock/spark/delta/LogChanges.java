package io.penstock.spark.delta;

import static io.penstock.spark.delta.ScalaInterop.none;

import java.util.Iterator;
import java.util.List;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.actions.Action;
import scala.Tuple2;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The commits in a table's log from a version on, in order, as lists of their actions.
 *
 * <p>Written against Delta 4.4.0, like {@link DeltaAdapter}.
 */
final class LogChanges implements Iterator<List<Action>> {
  private final Iterator<Tuple2<Object, Seq<Action>>> commits;
  private long version;
  private boolean contiguous = true;

  LogChanges(DeltaLog log, long from) {
    this.commits = CollectionConverters.asJava(log.getChanges(from, none(), false));
    this.version = from - 1;
  }

  @Override
  public boolean hasNext() {
    return commits.hasNext();
  }

  @Override
  public List<Action> next() {
    Tuple2<Object, Seq<Action>> commit = commits.next();
    long next = (Long) commit._1();
    contiguous &= next == version + 1;
    version = next;
    return ScalaInterop.list(commit._2());
  }

  /** The version of the commit that was read last. */
  long version() {
    return version;
  }

  /** Whether no version was missing so far: entries of a log are removed after its retention. */
  boolean isContiguous() {
    return contiguous;
  }

  /** Whether every version up to the given one was read. */
  boolean reaches(long latest) {
    return contiguous && version >= latest;
  }
}
