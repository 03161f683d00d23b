package io.penstock.jobs.cli;

import io.penstock.engine.EngineSettings;
import io.penstock.jobs.run.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** The program apart from its process: takes arguments and returns an exit code. */
public final class CommandLineProgram {
  private CommandLineProgram() {}

  /** Executes a command and returns the exit code; never ends the process. */
  public static int execute(List<String> arguments, CliContext context) {
    CommandLine line = PenstockCommand.commandLine(context.hidingDefaults());
    configureOutput(line, context.console());
    try {
      return line.execute(arguments.toArray(String[]::new));
    } catch (Throwable e) {
      // picocli hands exceptions to its handlers, but not errors.
      return new ErrorHandlers(context).exitCode(e);
    }
  }

  private static void configureOutput(CommandLine line, Console console) {
    line.setOut(new PrintWriter(console.results(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.errors(), true, StandardCharsets.UTF_8));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
  }

  /** The log level that the arguments ask for; needed before they are parsed. */
  public static EngineSettings.Logs logs(List<String> arguments) {
    return arguments.contains("--verbose")
        ? EngineSettings.Logs.VERBOSE
        : EngineSettings.Logs.QUIET;
  }
}
