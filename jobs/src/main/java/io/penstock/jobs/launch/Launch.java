package io.penstock.jobs.launch;

import io.penstock.jobs.cli.CommandLineProgram;
import io.penstock.jobs.result.RedactedStream;
import io.penstock.jobs.result.Redaction;
import io.penstock.jobs.run.CommandLines;
import io.penstock.jobs.run.Console;
import io.penstock.jobs.run.ShellWords;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the program was started: arguments, settings and environment, which may hold secrets.
 *
 * @param arguments the program's own
 * @param sparkSubmitArguments what spark-submit was given before them
 * @param properties of the system, where spark-submit leaves settings of the engine
 * @param variables of the environment
 */
public record Launch(
    List<String> arguments,
    List<String> sparkSubmitArguments,
    Map<String, String> properties,
    Map<String, String> variables) {
  public Launch {
    arguments = List.copyOf(arguments);
    sparkSubmitArguments = List.copyOf(sparkSubmitArguments);
    properties = Map.copyOf(properties);
    variables = Map.copyOf(variables);
  }

  /** As this process was started. */
  public static Launch ofProcess(String... arguments) {
    List<String> own = List.of(arguments);
    List<String> all = ProcessHandle.current().info().arguments().map(List::of).orElse(List.of());
    Properties properties = System.getProperties();
    return new Launch(
        own,
        SparkSubmitCommand.options(all, own),
        properties.stringPropertyNames().stream()
            .collect(Collectors.toMap(name -> name, properties::getProperty)),
        System.getenv());
  }

  /**
   * The program's console on these two streams. From here on only the console writes to them: what
   * others print in this JVM, such as the engine's log, a library or a job, goes to the stream of
   * errors without the secrets that were given, so that the other one holds nothing but results.
   */
  public Console console(PrintStream results, PrintStream errors, Console.Screen screen) {
    Redaction redaction =
        Redaction.of(
            Stream.concat(sparkSubmitArguments.stream(), arguments.stream()).toList(),
            properties,
            variables);
    PrintStream others =
        new PrintStream(new RedactedStream(errors, redaction), true, StandardCharsets.UTF_8);
    System.setErr(others);
    System.setOut(others);
    return new Console(results, errors, screen, CommandLineProgram.logs(arguments), redaction);
  }

  /** The environment, with how the program was called where spark-submit did it. */
  public Map<String, String> environment() {
    Map<String, String> environment = new HashMap<>(variables);
    if (!sparkSubmitArguments.isEmpty()) {
      environment.putIfAbsent(
          CommandLines.PROGRAM, ShellWords.line("spark-submit", sparkSubmitArguments));
    }
    return environment;
  }
}
