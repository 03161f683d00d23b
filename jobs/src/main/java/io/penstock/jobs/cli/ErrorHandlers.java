package io.penstock.jobs.cli;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.jobs.ExitCode;
import io.penstock.jobs.run.RunErrors;
import io.penstock.jobs.run.StopReason;
import io.penstock.plan.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what goes wrong in a command into a message and an exit code. */
final class ErrorHandlers implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final Surroundings surroundings;

  ErrorHandlers(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    Failure failure =
        new Failure(FailureKind.USAGE, "USAGE", exception.getMessage(), hint(exception, command));
    surroundings.console().tell(failure);
    surroundings.console().tell("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE.number();
  }

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult parsed) {
    return exitCode(exception);
  }

  /** A command that was told to stop fails in many ways, and all of them mean just that. */
  int exitCode(Throwable throwable) {
    Optional<StopReason> reason = surroundings.stop().reason();
    if (reason.isPresent()) {
      surroundings.console().tell("Stopped.");
      return reason.orElseThrow().exitCode().number();
    }
    Failure failure = RunErrors.unexpected(throwable);
    surroundings.console().tell(failure);
    return ExitCode.of(failure.kind()).number();
  }

  private static String hint(ParameterException exception, CommandLine command) {
    List<String> commands = List.copyOf(command.getSubcommands().keySet());
    if (exception instanceof UnmatchedArgumentException unmatched
        && !unmatched.getUnmatched().isEmpty()) {
      String word = unmatched.getUnmatched().get(0);
      return word.startsWith("-")
          ? Suggestions.sentence(word.replaceFirst("=.*", ""), "Options", options(command))
          : commands.isEmpty()
              ? "leave it out: this command takes no more words."
              : Suggestions.sentence(word, "Commands", commands);
    }
    return commands.isEmpty()
        ? "see the synopsis: " + synopsis(command)
        : "Commands: " + String.join(", ", commands) + ".";
  }

  private static List<String> options(CommandLine command) {
    List<String> names = new ArrayList<>();
    command.getCommandSpec().options().forEach(option -> names.add(option.longestName()));
    return Suggestions.sorted(names);
  }

  private static String synopsis(CommandLine command) {
    return command.getUsageMessage(CommandLine.Help.Ansi.OFF).lines().findFirst().orElse("");
  }
}
