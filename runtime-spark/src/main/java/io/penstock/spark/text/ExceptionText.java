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
 * Extracts what happened from an exception: without class names, error codes, query plans and
 * advice. The one fix of a failure is written by Penstock.
 */
public final class ExceptionText {
  private static final int LONGEST_VALUE = 200;
  private static final Pattern PARAMETER = Pattern.compile("<([A-Za-z_]+)>");
  private static final Pattern CLASS_NAME =
      Pattern.compile("(?:[a-z][A-Za-z0-9_]*\\.)+[A-Z][A-Za-z0-9_$]*(?:Exception|Error)(?:: )?");

  /** Identifies a request to the service's operators, and says nothing to users. */
  private static final Pattern S3_REQUEST =
      Pattern.compile(" \\((?:Service: [^)]*|SDK Attempt Count: \\d+)\\)");

  /** Parameters of Spark's error conditions that contain only advice. */
  private static final Pattern ADVICE_PARAMETER =
      Pattern.compile("<(?:alternative|suggestion|hint|proposal)>");

  private static final Pattern ADVICE =
      Pattern.compile(
          "(?:Use|If|Correct|Please|Consider|To|You|Set|Try|Ensure|Make|Check|Verify|Refer|Rewrite|Add|Specify)\\b.*");

  /** Begins the part of a printed plan below its first node. */
  private static final Pattern PLAN_BELOW = Pattern.compile("\\n[: ]*[:+]- ");

  private static final Pattern EXPRESSION_ID = Pattern.compile("#\\d+L?");

  private static final ErrorClassesJsonReader CONDITIONS =
      new ErrorClassesJsonReader(
          CollectionConverters.asScala(
                  Stream.of("error/error-conditions.json", "error/delta-error-classes.json")
                      .map(ExceptionText.class.getClassLoader()::getResource)
                      .filter(Objects::nonNull)
                      .<URL>map(url -> url)
                      .toList())
              .toSeq());

  private ExceptionText() {}

  /** An exception that can say what happened without the fix that its message contains. */
  public interface Explained {
    /** The message without the fix. */
    String problem();
  }

  /** What happened, as a sentence of its own. */
  public static String sentence(Throwable cause) {
    String text = problem(cause).strip();
    return text.isEmpty() || ".:?!,;…".indexOf(text.charAt(text.length() - 1)) >= 0
        ? text
        : text + ".";
  }

  /** What happened, to be used within a sentence: without the full stop. */
  public static String phrase(Throwable cause) {
    return problem(cause).replaceFirst("[.\\s]+$", "");
  }

  private static String problem(Throwable cause) {
    if (cause instanceof Explained explained) {
      return explained.problem();
    }
    if (cause instanceof RunFailedException failed) {
      return failed.failure().message();
    }
    if (cause instanceof FileSystemException file && file.getReason() == null) {
      // Its message is only the path; what happened is in the name of its class.
      return className(file) + ": " + file.getFile();
    }
    if (cause instanceof SparkThrowable spark) {
      Optional<String> sentence = ofCondition(spark);
      if (sentence.isPresent()) {
        return sentence.get();
      }
    }
    String message = firstLine(cause.getMessage());
    if (message.isEmpty()) {
      return cause instanceof EOFException ? "the file ends too early" : className(cause);
    }
    return cause instanceof IOException && message.startsWith("/") && !message.contains(" ")
        ? className(cause) + ": " + message
        : message;
  }

  /** The sentences of an error condition that say what happened. */
  private static Optional<String> ofCondition(SparkThrowable thrown) {
    String condition = thrown.getCondition();
    if (condition == null || !CONDITIONS.isValidErrorClass(condition)) {
      return Optional.empty();
    }
    // Some of Spark's own contain numbers, although the type says String.
    Map<String, ?> parameters = thrown.getMessageParameters();
    String template =
        ADVICE_PARAMETER
            .matcher(CONDITIONS.getMessageTemplate(condition).replace('\n', ' '))
            .replaceAll("");
    List<String> sentences = List.of(template.strip().split("(?<=[.!?])\\s+"));
    String problem =
        Stream.concat(
                sentences.stream().limit(1),
                sentences.stream().skip(1).takeWhile(next -> !ADVICE.matcher(next).matches()))
            .collect(Collectors.joining(" "));
    Matcher parameter = PARAMETER.matcher(problem);
    while (parameter.find()) {
      if (parameters == null || !parameters.containsKey(parameter.group(1))) {
        return Optional.empty();
      }
    }
    String filled =
        PARAMETER
            .matcher(problem)
            .replaceAll(found -> Matcher.quoteReplacement(value(parameters.get(found.group(1)))))
            .strip();
    return Optional.of(filled).filter(text -> !text.isEmpty());
  }

  private static String value(Object value) {
    return value == null
        ? "NULL"
        : Printable.beginning(withoutPlan(value.toString()), LONGEST_VALUE);
  }

  /** The value with a printed plan reduced to its top node, the one that the error is about. */
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
    return S3_REQUEST.matcher(CLASS_NAME.matcher(line).replaceAll("")).replaceAll("").strip();
  }

  /** The name of the exception's class as words: "no such file" for NoSuchFileException. */
  private static String className(Throwable cause) {
    String words =
        Arrays.stream(cause.getClass().getSimpleName().split("(?<=[a-z])(?=[A-Z])"))
            .filter(word -> !word.equals("Exception"))
            .collect(Collectors.joining(" "))
            .toLowerCase(Locale.ROOT);
    return words.isBlank() ? "an unknown fault" : words;
  }

  /** A noun with its indefinite article, such as {@code an INT}. */
  public static String withArticle(String noun) {
    return ("AEIOU".indexOf(noun.charAt(0)) < 0 ? "a " : "an ") + noun;
  }
}
