package io.penstock.jobs.cli;

import io.penstock.engine.EngineSettings;
import io.penstock.jobs.run.Console;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;

/** The program without its process: arguments in, exit code out. */
public final class CommandLineProgram {
  private CommandLineProgram() {}

  /** Executes a command and returns the exit code; never ends the process. */
  public static int execute(List<String> arguments, CliContext context) {
    CommandLine line = PenstockCommand.commandLine(context.hidingDefaults());
    speakTo(line, context.console());
    try {
      return line.execute(arguments.toArray(String[]::new));
    } catch (Throwable e) {
      // The command line hands exceptions to its handlers, and errors to nobody.
      return new ErrorHandlers(context).exitCode(e);
    }
  }

  private static void speakTo(CommandLine line, Console console) {
    line.setOut(new PrintWriter(console.results(), true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(console.errors(), true, StandardCharsets.UTF_8));
    line.setColorScheme(CommandLine.Help.defaultColorScheme(CommandLine.Help.Ansi.OFF));
  }

  /** Whether the arguments ask for everything; asked before they are known to be right. */
  public static EngineSettings.Logs logs(List<String> arguments) {
    return arguments.contains("--verbose")
        ? EngineSettings.Logs.VERBOSE
        : EngineSettings.Logs.QUIET;
  }
}
