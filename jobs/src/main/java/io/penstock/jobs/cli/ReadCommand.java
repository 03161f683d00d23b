package io.penstock.jobs.cli;

import io.penstock.engine.Engine;
import io.penstock.jobs.read.TableReader;
import io.penstock.jobs.result.ExitCode;
import io.penstock.spec.LakePath;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code penstock read-command}: how another program reads a table. */
@Command(
    name = "read-command",
    description = "Prints the snippet by which another program reads a table.",
    mixinStandardHelpOptions = true)
final class ReadCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(paramLabel = "TABLE", description = "A Delta table, such as mart/sales.")
  private String table = "";

  @Option(
      names = "--for",
      paramLabel = "PROGRAM",
      required = true,
      description = "duckdb, polars, pandas, trino or spark.")
  private TableReader reader = TableReader.DUCKDB;

  @Mixin private LakeOptions lake = new LakeOptions();

  ReadCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    LakePath path = Conversions.lakePath(table);
    try (Engine engine = lake.open(context)) {
      context.console().printWhole(reader.snippet(path, engine.lake().currentTable(path)));
    }
    return ExitCode.DONE.number();
  }
}
