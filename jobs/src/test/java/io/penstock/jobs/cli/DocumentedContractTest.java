package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.jobs.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Javadoc promises to those who call the program is what it does. */
class DocumentedContractTest {
  private static final Path SOURCES = Path.of("src/main/java/io/penstock/jobs");

  @TempDir Path directory;

  @Test
  void theMainClassNamesEveryCommand() throws IOException {
    Program program = new Program(directory);
    program.run("nothing-like-it");

    String commands = group("Commands: ([a-z, -]+)\\.", program.err());
    String documented = group("\\{@code penstock ([^}]*)}", javadoc("Main.java"));

    assertThat(List.of(documented.split(" \\| ")))
        .contains("load-command")
        .containsExactlyInAnyOrder(commands.split(", "));
  }

  @Test
  void theFieldsOfAResultAreThoseThatItsClassNames() throws IOException {
    Program program = new Program(directory);
    program.lake.holding("raw/sales", Jobs.day("2026-03-01")).holding("raw/products");
    program.run("run", "daily-sales", "--date", "2026-03-01");

    JsonNode line = program.lines().get(0);
    String documented = javadoc("result/ResultJson.java");

    for (String part : List.of("inputs", "outputs")) {
      assertThat(line.at("/" + part + "/0").fieldNames())
          .toIterable()
          .containsExactly(group(part + " ?\\[\\{([^}]*)}]", documented).split(","));
    }
  }

  private static String group(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }

  /** The source with the line ends of its comments taken out. */
  private static String javadoc(String file) throws IOException {
    return Files.readString(SOURCES.resolve(file)).replaceAll("\\s*\\n \\*\\s*", " ");
  }
}
