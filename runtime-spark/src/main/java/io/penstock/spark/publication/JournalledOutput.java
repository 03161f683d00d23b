package io.penstock.spark.publication;

import io.penstock.engine.RunReport;
import java.util.List;
import java.util.OptionalLong;

/**
 * What the journal holds of an output for the report on its run; without a version, since it has
 * none yet.
 */
public record JournalledOutput(
    String name,
    String format,
    String path,
    List<String> units,
    long rows,
    long files,
    long bytes,
    long milliseconds,
    OptionalLong version) {
  public JournalledOutput {
    units = List.copyOf(units);
  }

  /** From the report on a written output. */
  public static JournalledOutput of(RunReport.Output output) {
    return new JournalledOutput(
        output.name(),
        output.format(),
        output.path(),
        output.units(),
        output.rows(),
        output.files(),
        output.bytes(),
        output.milliseconds(),
        output.version());
  }

  /**
   * The report on it.
   *
   * @param published the version that it became; empty where it isn't published, or has none
   */
  public RunReport.Output report(OptionalLong published) {
    return new RunReport.Output(
        name, format, path, units, rows, files, bytes, milliseconds, published);
  }
}
