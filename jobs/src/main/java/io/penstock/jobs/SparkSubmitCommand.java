package io.penstock.jobs;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** How a shell calls the program again that spark-submit has started. */
final class SparkSubmitCommand {
  private static final String MAIN_CLASS = "org.apache.spark.deploy.SparkSubmit ";

  /** The JVM tells its command without quotes: only words that need none can be told apart. */
  private static final Pattern WITHOUT_QUOTES = Pattern.compile("[A-Za-z0-9_./:=,@%+ *\\[\\]-]+");

  private SparkSubmitCommand() {}

  /**
   * The call up to the program's own words.
   *
   * @param jvmCommand the main class and its arguments, as the JVM tells them
   * @param words the program's own
   * @return empty when something else has started the program, or when words can't be told apart
   */
  static Optional<String> of(String jvmCommand, List<String> words) {
    String own = " " + String.join(" ", words);
    if (!jvmCommand.startsWith(MAIN_CLASS) || !jvmCommand.endsWith(own)) {
      return Optional.empty();
    }
    String options =
        jvmCommand.substring(MAIN_CLASS.length(), jvmCommand.length() - own.length()).strip();
    return WITHOUT_QUOTES.matcher(options).matches()
        ? Optional.of("spark-submit " + options.replaceAll("\\S*[*\\[\\]]\\S*", "'$0'"))
        : Optional.empty();
  }
}
