package io.penstock.spark.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DocumentObjectsTest {
  /** A bar stands for a line feed; what is unreadable has a question mark before its reason. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "``;``",
        "` | `;``",
        "[];``",
        "` [ | ] `;``",
        "{};1 {}",
        "{}{};1 {},1 {}",
        "{} | {|};1 {},2 {|}",
        "[{},|{}];1 {},2 {}",
        "`[{\"a\": \"}\\\"{\"}]`;`1 {\"a\": \"}\\\"{\"}`",
        "{\"a\": {\"b\": [{}]}};1 {\"a\": {\"b\": [{}]}}",
        "{\"a\": x} {};1 {\"a\": x},1 {}",
        "{},{};1 {},1 ?it is not a JSON object",
        "7;1 ?it is not a JSON object",
        "|null;2 ?it is not a JSON object",
        "{} x;1 {},1 ?it is not a JSON object",
        "[{},];1 {},1 ?it is not an object of the array or a comma is missing or too many",
        "[,{}];1 ?it is not an object of the array or a comma is missing or too many",
        "[{} {}];1 {},1 ?it is not an object of the array or a comma is missing or too many",
        "[1];1 ?it is not an object of the array or a comma is missing or too many",
        "[] {};1 ?it is not an object of the array or a comma is missing or too many",
        "[{}][{}];1 {},1 ?it is not an object of the array or a comma is missing or too many",
        "[{};1 {},1 ?its JSON array is not closed",
        "[;1 ?its JSON array is not closed",
        "[{},|;1 {},2 ?its JSON array is not closed",
        "{|{};1 ?its JSON object is not closed",
        "{} {\"a\": \"};1 {},1 ?its JSON object is not closed",
        "{\"a\\;1 ?its JSON object is not closed",
      })
  void findsEachObjectOrWhatStandsInItsPlace(String content, String expected) throws IOException {
    assertThat(String.join(",", objects(content.replace('|', '\n'))).replace('\n', '|'))
        .isEqualTo(expected);
  }

  @Test
  void anObjectThatIsTooLongIsNotRead() throws IOException {
    assertThat(objects("{}{\"a\": \"" + "x".repeat(17 << 20) + "\"}"))
        .containsExactly("1 {}", "1 ?the object is longer than 16 MiB");
  }

  @Test
  void theLongestObjectIsRead() throws IOException {
    String longest = "{\"a\": \"" + "x".repeat((16 << 20) - 9) + "\"}";

    assertThat(objects(longest + "{}")).containsExactly("1 " + longest, "1 {}");
  }

  /** The stream gives the bytes up to the backslash first. */
  @Test
  void anEscapeAtTheLimitIsNotToldBeforeItIsRead() throws IOException {
    String beginning = "{\"a\": \"" + "x".repeat((16 << 20) - 9) + "\\";
    for (String rest : List.of("", "u00e9\"}")) {
      InputStream pieces =
          new SequenceInputStream(
              new ByteArrayInputStream(beginning.getBytes(StandardCharsets.UTF_8)),
              new ByteArrayInputStream(rest.getBytes(StandardCharsets.UTF_8)));
      try (ObjectTexts objects = new DocumentObjects(pieces)) {
        objects.next();
        objects.findEnd();

        assertThat(objects.defect())
            .contains(
                rest.isEmpty()
                    ? "its JSON object is not closed"
                    : "the object is longer than 16 MiB");
        assertThat(objects.text().substring((16 << 20) - 3))
            .isEqualTo(rest.isEmpty() ? "x\\" : "x\\u");
      }
    }
  }

  private static List<String> objects(String content) throws IOException {
    List<String> found = new ArrayList<>();
    byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
    try (ObjectTexts objects = new DocumentObjects(new ByteArrayInputStream(bytes))) {
      while (objects.next()) {
        if (objects.isOpen()) {
          objects.findEnd();
        }
        found.add(
            objects.line()
                + " "
                + objects
                    .defect()
                    .map(reason -> "?" + reason.replace(",", ""))
                    .orElse(objects.text()));
      }
    }
    return found;
  }
}
