package io.penstock.jobs.cli;

import io.penstock.engine.CurrentExport;
import io.penstock.engine.Engine;
import io.penstock.jobs.load.Database;
import io.penstock.jobs.load.ExportWriter;
import io.penstock.jobs.load.Load;
import io.penstock.jobs.load.LoadErrors;
import io.penstock.jobs.plan.Arguments;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.run.RepairCommands;
import io.penstock.spec.LakePath;
import io.penstock.spec.UnitDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code penstock load-command}: how a database loads what is published of an export. */
@Command(
    name = "load-command",
    description = "Prints the script by which a database loads what is published of an export.",
    mixinStandardHelpOptions = true)
final class LoadCommand implements Callable<Integer> {
  private final CliContext context;

  @Parameters(paramLabel = "EXPORT", description = "An export, such as export/sales.")
  private String export = "";

  @Option(
      names = "--for",
      paramLabel = "DATABASE",
      required = true,
      description = "postgres, redshift, bigquery or snowflake.")
  private Database database = Database.POSTGRES;

  @Option(
      names = "--table",
      paramLabel = "NAME",
      description =
          "The table to load, with its schema or without: mart.sales (default: the export's name).")
  private Optional<String> table = Optional.empty();

  @Option(
      names = "--date",
      paramLabel = "DATE",
      description = "Only the unit (day, week, month) that holds this date (default: all units).")
  private Optional<UnitDate> date = Optional.empty();

  @Mixin private LakeOptions lake = new LakeOptions();

  LoadCommand(CliContext context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    LakePath path = Conversions.lakePath(export);
    Optional<ExportWriter> writer = ExportWriter.of(path, context.jobs().get());
    if (date.isPresent() && writer.isEmpty()) {
      throw LoadErrors.noWriter(path);
    }
    RepairCommands commands = lake.commands(context, new Arguments(Map.of()));
    try (Engine engine = lake.open(context)) {
      if (writer.isPresent() && !engine.lake().hasExport(path)) {
        throw writer.orElseThrow().notWritten(date, commands);
      }
      List<CurrentExport> published = engine.lake().currentExports(path);
      List<CurrentExport> wanted =
          date.map(day -> writer.orElseThrow().versionFor(day, published, commands))
              .orElse(published);
      context.console().printWhole(database.script(Load.of(path, table, wanted)));
    }
    return ExitCode.DONE.number();
  }
}
