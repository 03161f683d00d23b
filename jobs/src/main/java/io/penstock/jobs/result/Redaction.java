package io.penstock.jobs.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.penstock.engine.SecretKeys;
import io.penstock.spec.Parameter;
import io.penstock.spec.TypedValue;
import java.io.File;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keeps secrets out of everything that the program prints or records.
 *
 * <p>Secret are the values of arguments, settings, environment variables and defaults of parameters
 * whose key looks like that of a secret, wherever they occur, plain or {@linkplain SecretForms in
 * another form}; and the user-info of URLs.
 */
public final class Redaction {
  /** What stands in the place of a secret. */
  public static final String MASK = "***";

  private static final Pattern SECRET_KEY = Pattern.compile(SecretKeys.PATTERN);

  /**
   * Switches and amounts: as values of settings they are no secrets, whatever their key is called.
   */
  private static final Pattern PLAIN_VALUE =
      Pattern.compile("true|false|[0-9]{1,5}|[0-9]+[.][0-9]+");

  /** Also within the value of another key, such as JVM options. */
  private static final Pattern PAIR = Pattern.compile("([^\\s=]+)=(\\S*)");

  private static final String SETTINGS_PREFIX = "spark.";

  /** Environment variables and defaults that are shorter may well be ordinary words. */
  private static final int MIN_LENGTH_IMPLICIT = 8;

  private static final Pattern PATH_KEY =
      Pattern.compile("(?:file|path|dir)$", Pattern.CASE_INSENSITIVE);

  /** Shorter values would blank out dates and numbers, and keep nothing secret. */
  private static final int MIN_LENGTH = 4;

  /** The longest first. Those of jobs are added when the jobs are found. */
  private volatile List<String> secrets;

  private Redaction(List<String> secrets) {
    this.secrets = secrets;
  }

  /** A redaction that knows no secret values, and hides user-info only. */
  public static Redaction none() {
    return new Redaction(List.of());
  }

  /**
   * Takes the secrets from a command line, before it is known whether the line is right: {@code
   * key=value}, alone or behind {@code --option=}, and the passwords of URLs.
   */
  public static Redaction ofArguments(Collection<String> arguments) {
    return of(arguments, Map.of(), Map.of());
  }

  /**
   * The same, and takes them from the engine's settings among the system's properties too, where
   * spark-submit leaves what it was given, and from the environment, where libraries of file
   * systems look for keys. A variable that names a file holds no secret itself; that it begins with
   * a slash says nothing, as one in 64 secrets in Base64 does.
   */
  public static Redaction of(
      Collection<String> arguments,
      Map<String, String> properties,
      Map<String, String> environment) {
    Stream<String> settings =
        properties.entrySet().stream()
            .filter(property -> property.getKey().startsWith(SETTINGS_PREFIX))
            .filter(property -> !PLAIN_VALUE.matcher(property.getValue()).matches())
            .map(property -> property.getKey() + "=" + property.getValue());
    Stream<String> variables =
        environment.entrySet().stream()
            .filter(variable -> variable.getValue().length() >= MIN_LENGTH_IMPLICIT)
            .filter(variable -> !namesFile(variable.getKey(), variable.getValue()))
            .map(variable -> variable.getKey() + "=" + variable.getValue());
    return new Redaction(
        sorted(
            Stream.of(arguments.stream(), settings, variables)
                .flatMap(texts -> texts)
                .flatMap(Redaction::secretsIn)
                .flatMap(SecretForms::of)));
  }

  /** From here on also hides the defaults of secret parameters. */
  public synchronized void hideDefaults(Stream<Parameter> parameters) {
    Stream<String> defaults =
        parameters
            .filter(parameter -> isSecretKey(parameter.name()))
            .flatMap(parameter -> parameter.defaultValue().map(TypedValue::text).stream())
            .filter(value -> value.length() >= MIN_LENGTH_IMPLICIT)
            .flatMap(SecretForms::of);
    secrets = sorted(Stream.concat(secrets.stream(), defaults));
  }

  private static List<String> sorted(Stream<String> secrets) {
    return secrets
        .filter(value -> value.length() >= MIN_LENGTH)
        .distinct()
        .sorted(Comparator.comparingInt(String::length).reversed())
        .toList();
  }

  private static boolean namesFile(String key, String value) {
    return value.startsWith("/") && (PATH_KEY.matcher(key).find() || new File(value).exists());
  }

  private static Stream<String> secretsIn(String argument) {
    String pair = argument.replaceFirst("^--(conf|param)=", "");
    int end = pair.indexOf('=');
    // The value of the first key may have spaces; within it, another pair ends at one.
    Stream<String> whole =
        end > 0 && isSecretKey(pair.substring(0, end))
            ? Stream.of(pair.substring(end + 1))
            : Stream.empty();
    Stream<String> within =
        PAIR.matcher(pair.substring(end + 1))
            .results()
            .filter(inner -> isSecretKey(inner.group(1)))
            .map(inner -> inner.group(2));
    return Stream.of(whole, within, UserInfo.passwords(argument).stream())
        .flatMap(secrets -> secrets);
  }

  /** Whether a value with this key is to be kept secret. */
  public static boolean isSecretKey(String key) {
    return SECRET_KEY.matcher(key).find();
  }

  /** The value, or the mask when its key looks secret. */
  public String value(String key, String value) {
    return isSecretKey(key) ? MASK : text(value);
  }

  /** The text without secrets. */
  public String text(String text) {
    String clean = text;
    for (String secret : secrets) {
      clean = clean.replace(secret, MASK);
    }
    return UserInfo.replacedBy(MASK, clean);
  }

  /** The document without secrets in its texts; its structure stays as it is. */
  public JsonNode json(JsonNode node) {
    if (node instanceof ObjectNode object) {
      ObjectNode clean = JsonNodeFactory.instance.objectNode();
      object.properties().forEach(field -> clean.set(field.getKey(), json(field.getValue())));
      return clean;
    }
    if (node instanceof ArrayNode array) {
      ArrayNode clean = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> clean.add(json(element)));
      return clean;
    }
    return node instanceof TextNode ? TextNode.valueOf(text(node.textValue())) : node;
  }
}
