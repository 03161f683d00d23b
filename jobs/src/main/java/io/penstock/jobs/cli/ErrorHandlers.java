package io.penstock.jobs.cli;

import io.penstock.engine.Failure;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.run.RunErrors;
import io.penstock.jobs.run.StopReason;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns what goes wrong in a command into a message and an exit code. */
final class ErrorHandlers implements IParameterExceptionHandler, IExecutionExceptionHandler {
  private final CliContext context;

  ErrorHandlers(CliContext context) {
    this.context = context;
  }

  @Override
  public int handleParseException(ParameterException exception, String[] arguments) {
    CommandLine command = exception.getCommandLine();
    Failure failure = ParseFailures.of(exception);
    context.console().tell(failure);
    context.console().tell("See: " + command.getCommandSpec().qualifiedName() + " --help");
    if (command.getCommand() instanceof RunCommand run) {
      run.refuse(failure, List.of(arguments));
    }
    return ExitCode.USAGE.number();
  }

  @Override
  public int handleExecutionException(
      Exception exception, CommandLine command, ParseResult parsed) {
    return exitCode(exception);
  }

  /** Whatever a command throws after it was told to stop means that it was stopped. */
  int exitCode(Throwable throwable) {
    Optional<StopReason> reason = context.stop().reason();
    if (reason.isPresent()) {
      context.console().tell("Stopped.");
      return reason.orElseThrow().exitCode().number();
    }
    Failure failure = RunErrors.unexpected(throwable);
    context.console().tell(failure);
    return ExitCode.of(failure.kind()).number();
  }
}
