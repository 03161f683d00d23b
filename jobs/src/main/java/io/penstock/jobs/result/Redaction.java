package io.penstock.jobs.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of everything that the program prints or records.
 *
 * <p>Secret are the values of arguments whose key looks like it, wherever they turn up again, and
 * the user-info of URLs.
 */
public final class Redaction {
  /** What stands in the place of a secret. */
  public static final String MASK = "***";

  private static final Pattern SECRET_KEY =
      Pattern.compile(
          "password|passwd|passphrase|pwd|secret|token|credential"
              + "|(account|access|api|private|signing)[._-]?key",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern USER_INFO = Pattern.compile("(?<=[a-zA-Z0-9]://)[^/\\s?#]*@");

  /** Shorter values would blank out dates and numbers, and keep nothing secret. */
  private static final int SHORTEST = 4;

  private final List<String> secrets;

  private Redaction(List<String> secrets) {
    this.secrets = secrets;
  }

  /** A redaction that knows no secret values, and hides user-info only. */
  public static Redaction none() {
    return new Redaction(List.of());
  }

  /**
   * Takes the secrets from a command line, before it is known whether the line is right: {@code
   * key=value}, alone or behind {@code --option=}.
   */
  public static Redaction ofArguments(Collection<String> arguments) {
    return new Redaction(
        arguments.stream()
            .map(argument -> argument.replaceFirst("^--(conf|param)=", ""))
            .filter(argument -> argument.indexOf('=') > 0)
            .filter(argument -> isSecretKey(argument.substring(0, argument.indexOf('='))))
            .map(argument -> argument.substring(argument.indexOf('=') + 1))
            .filter(value -> value.length() >= SHORTEST)
            .distinct()
            .sorted(Comparator.comparingInt(String::length).reversed())
            .toList());
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
    return USER_INFO.matcher(clean).replaceAll(MASK + "@");
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
