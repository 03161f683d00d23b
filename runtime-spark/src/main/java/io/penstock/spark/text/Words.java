package io.penstock.spark.text;

import io.penstock.engine.RunFailedException;
import java.io.EOFException;
import java.io.IOException;
import java.net.URL;
import java.nio.file.FileSystemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.ErrorClassesJsonReader;
import org.apache.spark.SparkThrowable;
import scala.jdk.javaapi.CollectionConverters;

/**
 * What an exception says, without the names of classes, the codes, the plans and the advice around
 * it: what is to be done, the failure says once, in the words of this program.
 */
public final class Words {
  private static final int LONGEST_VALUE = 200;
  private static final Pattern PARAMETER = Pattern.compile("<([A-Za-z_]+)>");
  private static final Pattern CLASS_NAME =
      Pattern.compile("(?:[a-z][A-Za-z0-9_]*\\.)+[A-Z][A-Za-z0-9_$]*(?:Exception|Error)(?:: )?");

  /** By which its makers find a request again. */
  private static final Pattern NOTES_OF_S3 =
      Pattern.compile(" \\((?:Service: [^)]*|SDK Attempt Count: \\d+)\\)");

  /** Parameters of Spark's that hold nothing but advice. */
  private static final Pattern ADVICE_PARAMETER =
      Pattern.compile("<(?:alternative|suggestion|hint|proposal)>");

  private static final Pattern ADVICE =
      Pattern.compile(
          "(?:Use|If|Correct|Please|Consider|To|You|Set|Try|Ensure|Make|Check|Verify|Refer|Rewrite|Add|Specify)\\b.*");

  /** What hangs below the first step of a plan that Spark prints as a tree. */
  private static final Pattern PLAN_BELOW = Pattern.compile("\\n[: ]*[:+]- ");

  private static final Pattern EXPRESSION_ID = Pattern.compile("#\\d+L?");

  private static final ErrorClassesJsonReader CONDITIONS =
      new ErrorClassesJsonReader(
          CollectionConverters.asScala(
                  Stream.of("error/error-conditions.json", "error/delta-error-classes.json")
                      .map(Words.class.getClassLoader()::getResource)
                      .filter(Objects::nonNull)
                      .<URL>map(url -> url)
                      .toList())
              .toSeq());

  private Words() {}

  /** An exception whose message tells a fix, too: for the failure that it becomes, it doesn't. */
  public interface Explained {
    /** The message without the fix. */
    String problem();
  }

  /** A sentence. */
  public static String of(Throwable cause) {
    return sentence(said(cause));
  }

  /** The same to be put into a sentence of another one: without the full stop. */
  public static String inside(Throwable cause) {
    return said(cause).replaceFirst("[.\\s]+$", "");
  }

  private static String said(Throwable cause) {
    if (cause instanceof Explained explained) {
      return explained.problem();
    }
    if (cause instanceof RunFailedException failed) {
      return failed.failure().message();
    }
    if (cause instanceof FileSystemException file && file.getReason() == null) {
      // Its message is the bare path; what happened to it is in the name of its class.
      return inWords(file) + ": " + file.getFile();
    }
    if (cause instanceof SparkThrowable spark) {
      Optional<String> sentence = ofCondition(spark);
      if (sentence.isPresent()) {
        return sentence.get();
      }
    }
    String message = firstLine(cause.getMessage());
    if (message.isEmpty()) {
      return cause instanceof EOFException ? "the file ends too early" : inWords(cause);
    }
    return cause instanceof IOException && message.startsWith("/") && !message.contains(" ")
        ? inWords(cause) + ": " + message
        : message;
  }

  /** The sentences of a condition that tell what happened. */
  private static Optional<String> ofCondition(SparkThrowable thrown) {
    String condition = thrown.getCondition();
    if (condition == null || !CONDITIONS.isValidErrorClass(condition)) {
      return Optional.empty();
    }
    // Some of Spark's own hold numbers, whatever the type says.
    Map<String, ?> parameters = thrown.getMessageParameters();
    String template =
        ADVICE_PARAMETER
            .matcher(CONDITIONS.getMessageTemplate(condition).replace('\n', ' '))
            .replaceAll("");
    List<String> sentences = List.of(template.strip().split("(?<=[.!?])\\s+"));
    String told =
        Stream.concat(
                sentences.stream().limit(1),
                sentences.stream().skip(1).takeWhile(next -> !ADVICE.matcher(next).matches()))
            .collect(Collectors.joining(" "));
    Matcher parameter = PARAMETER.matcher(told);
    while (parameter.find()) {
      if (parameters == null || !parameters.containsKey(parameter.group(1))) {
        return Optional.empty();
      }
    }
    String filled =
        PARAMETER
            .matcher(told)
            .replaceAll(found -> Matcher.quoteReplacement(value(parameters.get(found.group(1)))))
            .strip();
    return Optional.of(filled).filter(text -> !text.isEmpty());
  }

  private static String value(Object value) {
    return value == null
        ? "NULL"
        : Printable.beginning(withoutPlan(value.toString()), LONGEST_VALUE);
  }

  /** Of a plan the step at its top, which is the one that Spark complains about. */
  private static String withoutPlan(String value) {
    Matcher below = PLAN_BELOW.matcher(value);
    return below.find()
        ? EXPRESSION_ID.matcher(value.substring(0, below.start())).replaceAll("").strip()
        : value;
  }

  private static String firstLine(String message) {
    if (message == null) {
      return "";
    }
    int end = message.indexOf(" SQLSTATE:");
    String text = end < 0 ? message : message.substring(0, end);
    String line = text.strip().replaceFirst("^\\[[A-Z0-9_.]+] ", "").lines().findFirst().orElse("");
    return NOTES_OF_S3.matcher(CLASS_NAME.matcher(line).replaceAll("")).replaceAll("").strip();
  }

  private static String inWords(Throwable cause) {
    String words =
        Arrays.stream(cause.getClass().getSimpleName().split("(?<=[a-z])(?=[A-Z])"))
            .filter(word -> !word.equals("Exception"))
            .collect(Collectors.joining(" "))
            .toLowerCase(Locale.ROOT);
    return words.isBlank() ? "an unknown fault" : words;
  }

  private static String sentence(String text) {
    String line = text.strip();
    return line.isEmpty() || ".:?!,;…".indexOf(line.charAt(line.length() - 1)) >= 0
        ? line
        : line + ".";
  }
}
