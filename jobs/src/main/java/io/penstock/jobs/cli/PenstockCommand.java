package io.penstock.jobs.cli;

import io.penstock.jobs.Version;
import io.penstock.jobs.result.ExitCode;
import io.penstock.spec.UnitDate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code penstock}: the command that the others belong to. */
@Command(
    name = "penstock",
    description = "Runs jobs from the lake to Delta tables and CSV exports.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND")
final class PenstockCommand implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  /** Taken from the raw arguments already, so that it holds for errors in the arguments too. */
  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "With the engine's logs and with stack traces.")
  @SuppressWarnings("UnusedVariable")
  private boolean verbose;

  /** The whole command line, ready to execute. */
  static CommandLine commandLine(CliContext context) {
    CommandLine line =
        new CommandLine(new PenstockCommand())
            .addSubcommand(new ListCommand(context))
            .addSubcommand(new PlanCommand(context))
            .addSubcommand(new CheckCommand(context))
            .addSubcommand(new RunCommand(context))
            .addSubcommand(new RecoverCommand(context))
            .addSubcommand(new CleanCommand(context))
            .addSubcommand(new ShowCommand(context))
            .addSubcommand(new LoadCommand(context))
            .addSubcommand(new ReadCommand(context));
    return configured(line, new ErrorHandlers(context));
  }

  private static CommandLine configured(CommandLine line, ErrorHandlers handlers) {
    // An argument that begins with @ is taken literally: the redaction doesn't see what a file
    // holds.
    line.setExpandAtFiles(false);
    line.getCommandSpec().versionProvider(() -> new String[] {"penstock " + Version.text()});
    line.getCommandSpec()
        .usageMessage()
        .footer(
            Arrays.stream(ExitCode.values()).map(PenstockCommand::meaning).toArray(String[]::new))
        .footerHeading("%nExit codes (* worth a retry):%n");
    return line.registerConverter(UnitDate.class, Conversions::date)
        .registerConverter(Duration.class, Conversions::duration)
        .registerConverter(Setting.class, Setting::of)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(handlers)
        .setExecutionExceptionHandler(handlers);
  }

  @Override
  public void run() {
    throw new CommandLine.ParameterException(spec.commandLine(), "Say what to do: name a command.");
  }

  private static String meaning(ExitCode code) {
    return String.format(
            Locale.ROOT,
            "  %3d%s %s",
            code.number(),
            code.isRetryable() ? "*" : " ",
            code.meaning())
        .replace("%", "%%");
  }
}
