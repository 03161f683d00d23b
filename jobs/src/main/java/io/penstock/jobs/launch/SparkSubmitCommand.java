package io.penstock.jobs.launch;

import java.util.List;

/** What spark-submit was given before the program's own arguments. */
final class SparkSubmitCommand {
  private static final String MAIN_CLASS = "org.apache.spark.deploy.SparkSubmit";

  private SparkSubmitCommand() {}

  /**
   * Its options and the program's jar, in order.
   *
   * @param processArguments what the process was started with, as the operating system tells it
   * @param arguments the program's own
   * @return nothing when something else has started the program, or the system doesn't tell
   */
  static List<String> options(List<String> processArguments, List<String> arguments) {
    int start = processArguments.indexOf(MAIN_CLASS) + 1;
    int end = processArguments.size() - arguments.size();
    boolean known =
        start > 0
            && start <= end
            && processArguments.subList(end, processArguments.size()).equals(arguments);
    return known ? List.copyOf(processArguments.subList(start, end)) : List.of();
  }
}
