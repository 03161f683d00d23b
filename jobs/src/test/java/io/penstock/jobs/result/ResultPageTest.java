package io.penstock.jobs.result;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of a result's fields on the page of this module leaves none out. */
class ResultPageTest {
  private static final Path GOLDENS = Path.of("src/test/resources/io/penstock/jobs/result");

  @ParameterizedTest
  @ValueSource(strings = {"failed.json", "recovered.json", "running.json"})
  void everyFieldIsNamed(String golden) throws IOException {
    String page = Files.readString(Path.of("README.md"));
    String table = page.substring(page.indexOf("| field |"), page.indexOf("## At 3 a.m."));

    assertThat(fields(new ObjectMapper().readTree(GOLDENS.resolve(golden).toFile())))
        .contains("resultVersion")
        .allSatisfy(field -> assertThat(table).contains("`" + field + "`"));
  }

  private static Set<String> fields(JsonNode node) {
    Set<String> names = new TreeSet<>();
    node.fieldNames().forEachRemaining(names::add);
    node.forEach(part -> names.addAll(fields(part)));
    return names;
  }
}
