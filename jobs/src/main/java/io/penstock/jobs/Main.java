package io.penstock.jobs;

import io.penstock.engine.ProcessSettings;
import io.penstock.engine.RunFailedException;
import io.penstock.jobs.cli.CliContext;
import io.penstock.jobs.cli.CommandLineProgram;
import io.penstock.jobs.cli.EngineFinder;
import io.penstock.jobs.launch.Launch;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.run.Console;
import io.penstock.jobs.run.Signals;
import io.penstock.jobs.run.Stop;
import io.penstock.jobs.run.StopReason;
import io.penstock.jobs.run.Terminal;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;

/**
 * The program that a scheduler starts: {@code penstock list | plan | check | run | show | recover |
 * clean | load-command | read-command}.
 *
 * <p>Results go to stdout: of a run one JSON line a task, and a summary unless it was one task.
 * Everything else goes to stderr. The exit code is that of the first failure:
 *
 * <table>
 *   <caption>Exit codes</caption>
 *   <tr><th>code<th>meaning<th>worth a retry
 *   <tr><td>0<td>done<td>
 *   <tr><td>64<td>the command line asks for something that can't be<td>no
 *   <tr><td>65<td>the data is wrong, or a check failed<td>no
 *   <tr><td>66<td>an input is not there yet<td>yes
 *   <tr><td>69<td>a service that the lake needs doesn't answer<td>yes
 *   <tr><td>70<td>a fault of the program<td>no
 *   <tr><td>71<td>the memory given was not enough<td>yes
 *   <tr><td>73<td>a later attempt has published: its rows stand<td>no
 *   <tr><td>74<td>a disk or file system failed<td>yes
 *   <tr><td>75<td>another writer or the network was in the way<td>yes
 *   <tr><td>77<td>the lake refuses access<td>no
 *   <tr><td>78<td>the pipeline, a table or the configuration is wrong<td>no
 *   <tr><td>99<td>not run, because what it depends on failed<td>no
 *   <tr><td>124<td>stopped by --timeout<td>yes
 *   <tr><td>129<td>stopped by HUP<td>yes
 *   <tr><td>130<td>stopped by INT<td>yes
 *   <tr><td>143<td>stopped by TERM<td>yes
 * </table>
 *
 * @see ExitCode
 */
public final class Main {
  private Main() {}

  /** Runs the command and ends the process. */
  @SuppressWarnings("SystemExitOutsideMain")
  public static void main(String[] arguments) {
    ProcessSettings.settle();
    Launch launch = Launch.ofProcess(arguments);
    Stop stop = stop();
    CliContext context = context(launch, stop);
    handleSignals(stop, context);
    int exitCode = CommandLineProgram.execute(launch.arguments(), context);
    stop.reason().ifPresent(reason -> haltInTime(stop, reason));
    System.exit(exitCode);
  }

  private static Stop stop() {
    return new Stop(
        Stop.Limits.DEFAULT, reason -> Runtime.getRuntime().halt(reason.exitCode().number()));
  }

  private static CliContext context(Launch launch, Stop stop) {
    Console console =
        launch.console(
            stream(FileDescriptor.out), stream(FileDescriptor.err), Terminal.behindErrors());
    return new CliContext(
        console,
        JobRegistry::onClassPath,
        EngineFinder::find,
        launch.environment(),
        Path.of(""),
        Clock.systemUTC(),
        stop);
  }

  @SuppressWarnings("SystemExitOutsideMain")
  private static void handleSignals(Stop stop, CliContext context) {
    try {
      Signals.stopOn(stop);
    } catch (RunFailedException e) {
      context.console().tell(e.failure());
      System.exit(ExitCode.of(e.failure().kind()).number());
    }
  }

  /**
   * The engine's own shutdown removes its temporary files, and may take longer than a scheduler
   * waits: it gets what is left of the time.
   */
  private static void haltInTime(Stop stop, StopReason reason) {
    Duration left = stop.left();
    stop.finished();
    Thread halt =
        new Thread(
            () -> {
              try {
                Thread.sleep(Math.max(0, left.toMillis()));
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              Runtime.getRuntime().halt(reason.exitCode().number());
            },
            "penstock-halt");
    halt.setDaemon(true);
    halt.start();
  }

  /** UTF-8 whatever the locale is: JSON is nothing else. */
  private static PrintStream stream(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
