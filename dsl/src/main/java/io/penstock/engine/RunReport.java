package io.penstock.engine;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * How a run ended.
 *
 * @param doubts those of its plan: why the same run may give other rows when it is computed again
 * @param failure why it failed; empty when it succeeded
 */
public record RunReport(
    Published published,
    List<Input> inputs,
    List<Output> outputs,
    List<Check> checks,
    List<RunPlan.Doubt> doubts,
    Optional<Failure> failure) {

  public RunReport {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    checks = List.copyOf(checks);
    doubts = List.copyOf(doubts);
  }

  /** Whether everything was there that the sources ask for; they accept it when it isn't. */
  public boolean isComplete() {
    return inputs.stream().allMatch(input -> input.absent().isEmpty());
  }

  /** How much of the run's output became visible. */
  public enum Published {
    NONE,
    PARTIAL,
    ALL,
    /** A commit failed and it can't be found out whether it took effect. */
    UNKNOWN
  }

  /**
   * A source as it was read.
   *
   * @param version of a Delta table
   * @param rows read; empty when the run ended before they were counted
   * @param files that hold them, and perhaps other rows of the same units
   * @param bytes of the files
   * @param milliseconds it took to open the source: to pin its version, to find its files and its
   *     columns. Rows are read in one go with the steps behind the source, so their reading has no
   *     time of its own; it is in the times of the outputs
   * @param listing a digest of the names, lengths and times of the files, of a source that has no
   *     versions: with the same one the same files were read
   * @param unknownKeys the keys and columns in the files that nobody declared, with the number of
   *     records that had them, as far as records were read; "…" for all beyond a hundred names
   * @param absent the labels of units that weren't there, which the source accepted; {@link
   *     RunPlan.Input#WHOLE} where the whole was to be read
   */
  public record Input(
      String name,
      OptionalLong version,
      OptionalLong rows,
      long files,
      long bytes,
      long milliseconds,
      Optional<String> listing,
      Map<String, Long> unknownKeys,
      List<String> absent) {
    public Input {
      unknownKeys = Collections.unmodifiableMap(new TreeMap<>(unknownKeys));
      absent = List.copyOf(absent);
    }

    /** A source of which everything was there. */
    public Input(
        String name,
        OptionalLong version,
        OptionalLong rows,
        long files,
        long bytes,
        long milliseconds,
        Optional<String> listing,
        Map<String, Long> unknownKeys) {
      this(name, version, rows, files, bytes, milliseconds, listing, unknownKeys, List.of());
    }

    /** The same source, before its rows were counted. */
    public Input uncounted() {
      return new Input(
          name,
          version,
          OptionalLong.empty(),
          files,
          bytes,
          milliseconds,
          listing,
          Map.of(),
          absent);
    }
  }

  /**
   * A sink as it was written.
   *
   * @param units the labels of the units replaced; empty when the whole was replaced
   * @param version of a Delta table, once published
   */
  public record Output(
      String name,
      String format,
      String path,
      List<String> units,
      long rows,
      long files,
      long bytes,
      long milliseconds,
      OptionalLong version) {
    public Output {
      units = List.copyOf(units);
    }
  }

  /**
   * The result of one expectation.
   *
   * @param failingRows how many rows failed it (of unique: rows whose key is not alone; of a number
   *     of rows: none, because no row is to blame)
   * @param examples keys or values of a few failing rows, or the number found and the one expected
   * @param detail what it was decided by, where that isn't in the check itself, such as the numbers
   *     of rows of earlier units
   * @param accepted why its failure was accepted for this run, also where it then passed
   */
  public record Check(
      String name,
      String place,
      Status status,
      long rows,
      long failingRows,
      List<String> examples,
      Optional<String> detail,
      Optional<String> accepted) {
    public Check {
      examples = List.copyOf(examples);
    }

    /** One that says by itself what it was decided by. */
    public Check(
        String name,
        String place,
        Status status,
        long rows,
        long failingRows,
        List<String> examples) {
      this(name, place, status, rows, failingRows, examples, Optional.empty());
    }

    /** One whose failure nobody accepts. */
    public Check(
        String name,
        String place,
        Status status,
        long rows,
        long failingRows,
        List<String> examples,
        Optional<String> detail) {
      this(name, place, status, rows, failingRows, examples, detail, Optional.empty());
    }

    /** The same result, of a check whose failure is accepted. */
    public Check acceptedFor(String reason) {
      return new Check(
          name,
          place,
          status == Status.FAILED ? Status.ACCEPTED : status,
          rows,
          failingRows,
          examples,
          detail,
          Optional.of(reason));
    }
  }

  /** Whether a check passed. */
  public enum Status {
    PASSED,
    FAILED,
    /** It failed, and somebody had accepted that for this run. */
    ACCEPTED
  }
}
