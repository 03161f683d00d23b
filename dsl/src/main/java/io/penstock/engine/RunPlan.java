package io.penstock.engine;

import io.penstock.plan.PlanGraph;
import io.penstock.spec.CsvForm;
import io.penstock.spec.Interval;
import io.penstock.spec.Sink;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run would do.
 *
 * @param shared the steps that several sinks or checks read, with what was decided about them
 * @param doubts why the same run may give other rows when it is computed again; none when every
 *     step is known to repeat itself
 * @param limitedTables the tables that some programs can't read, or read wrong
 */
public record RunPlan(
    String pipeline,
    String description,
    Optional<Interval> unit,
    List<Input> inputs,
    List<Output> outputs,
    List<Check> checks,
    List<Shared> shared,
    List<Doubt> doubts,
    List<LimitedTable> limitedTables,
    PlanGraph graph) {

  public RunPlan {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    checks = List.copyOf(checks);
    shared = List.copyOf(shared);
    doubts = List.copyOf(doubts);
    limitedTables = List.copyOf(limitedTables);
  }

  /**
   * A source as it was found.
   *
   * @param version of a Delta table
   * @param units the labels of the units read; empty when the whole is read
   * @param leftOut files in the folders of a source that it doesn't ask for, below the lake's root
   * @param absent the labels of units that aren't there, which the source accepts; {@link #WHOLE}
   *     where the whole is read and isn't there
   */
  public record Input(
      String name,
      String format,
      OptionalLong version,
      List<String> units,
      long files,
      long bytes,
      List<String> leftOut,
      List<String> absent) {
    /** What stands for a table or folder as a whole, which has no label. */
    public static final String WHOLE = "all";

    public Input {
      units = List.copyOf(units);
      leftOut = List.copyOf(leftOut);
      absent = List.copyOf(absent);
    }
  }

  /**
   * A sink and what would be replaced.
   *
   * @param form of the files of a CSV export
   * @param units the labels of the units replaced; empty when the whole is replaced
   * @param schema the columns of the rows, in the form in which a source declares its own; empty
   *     when the engine doesn't know them
   */
  public record Output(
      String name,
      String format,
      Optional<CsvForm> form,
      List<String> units,
      Target target,
      String schema) {
    public Output {
      units = List.copyOf(units);
    }

    /** What would be done about a sink. */
    public static Output of(Sink sink, List<String> units, Target target) {
      return new Output(sink.path().text(), sink.format(), sink.csvForm(), units, target, "");
    }

    /** The same, whose rows have these columns. */
    public Output withSchema(String columns) {
      return new Output(name, format, form, units, target, columns);
    }
  }

  /** Whether a sink's table or export is there already. */
  public enum Target {
    PRESENT,
    TO_BE_CREATED
  }

  /** An expectation and the place where it is checked. */
  public record Check(String name, String place) {}

  /**
   * Something on account of which the same run, computed again, may give other rows: an order that
   * nothing settles, a sum of floating-point numbers, native code that can't be checked; or a key
   * or an order in which values count as equal that aren't the same, such as 0.0 and -0.0.
   *
   * @param place the user's line, {@code aggregate (ChannelReport.java:43)}
   * @param what the doubt, in a sentence without its full stop
   * @param reason why the author accepts it; empty where none is needed
   */
  public record Doubt(String place, String what, Optional<String> reason) {}

  /**
   * A table that is read or written and that some programs can't read, or read wrong.
   *
   * @param limits at least one
   */
  public record LimitedTable(String name, List<ReaderLimit> limits) {
    public LimitedTable {
      limits = List.copyOf(limits);
    }
  }

  /** A step that several others read. */
  public record Shared(String step, Evaluation evaluation, String reason) {}

  /** How often a shared step is computed. */
  public enum Evaluation {
    ONCE,
    FOR_EACH_READER
  }
}
