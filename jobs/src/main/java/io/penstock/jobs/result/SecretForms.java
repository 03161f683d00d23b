package io.penstock.jobs.result;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The encodings in which a secret can occur in the output of other code. */
final class SecretForms {
  private static final Pattern ESCAPED_BYTE = Pattern.compile("%[0-9A-F]{2}");
  private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f]");

  private SecretForms() {}

  /** The secret as it was given and as it is meant, each in all forms. */
  static Stream<String> of(String secret) {
    return Stream.of(secret, decoded(secret))
        .distinct()
        .flatMap(plain -> Stream.concat(forms(plain), lines(plain)));
  }

  private static Stream<String> forms(String secret) {
    return Stream.of(
            Stream.of(secret), inUrls(secret), inBase64(secret), inLiterals(secret), inLogs(secret))
        .flatMap(forms -> forms);
  }

  /** Messages are cut at the end of their first line. */
  private static Stream<String> lines(String secret) {
    return secret.lines().map(String::strip);
  }

  private static Stream<String> inUrls(String secret) {
    String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    return Stream.of(form, form.replace("+", "%20"), path(secret))
        .flatMap(encoded -> Stream.of(encoded, lowerCase(encoded)));
  }

  private static String lowerCase(String encoded) {
    return ESCAPED_BYTE
        .matcher(encoded)
        .replaceAll(escape -> escape.group().toLowerCase(Locale.ROOT));
  }

  /** A path needs less escaped than a form. What begins with two slashes would be a host. */
  private static String path(String secret) {
    String before = "/-";
    try {
      return new URI(null, null, before + secret, null).getRawPath().substring(before.length());
    } catch (URISyntaxException e) {
      return secret;
    }
  }

  private static Stream<String> inBase64(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    // The padding can be left out: without it the text is the beginning of the one with it.
    return Stream.of(Base64.getEncoder(), Base64.getUrlEncoder())
        .flatMap(
            encoder ->
                Stream.of(
                    encoder.encodeToString(bytes), encoder.withoutPadding().encodeToString(bytes)));
  }

  /** In SQL, in JSON, and in a shell's quotes. */
  private static Stream<String> inLiterals(String secret) {
    String escaped = secret.replace("\\", "\\\\");
    return Stream.of(
        escaped.replace("'", "\\'"),
        escaped.replace("\"", "\\\""),
        secret.replace("'", "''"),
        secret.replace("'", "'\\''"),
        new String(JsonStringEncoder.getInstance().quoteAsString(secret)));
  }

  /** With control characters escaped, as logs do against forged lines. */
  private static Stream<String> inLogs(String secret) {
    return Stream.of(
        CONTROL
            .matcher(secret)
            .replaceAll(
                control ->
                    String.format(Locale.ROOT, "\\\\u%04x", (int) control.group().charAt(0))));
  }

  private static String decoded(String secret) {
    try {
      // A plus is itself in user-info.
      return URLDecoder.decode(secret.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return secret;
    }
  }
}
