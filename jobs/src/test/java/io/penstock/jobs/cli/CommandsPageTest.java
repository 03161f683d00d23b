package io.penstock.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The table of commands on the page of this module says what {@code --help} says. */
class CommandsPageTest {
  private static final Set<String> OF_EVERY_COMMAND = Set.of("--help", "--version", "--verbose");
  private static final Set<String> OF_EVERY_LAKE = Set.of("--lake", "--master", "--conf");
  private static final Pattern OPTION = Pattern.compile("--[a-z]+(?:-[a-z]+)*");

  @TempDir Path directory;

  @Test
  void everyCommandHasARow() throws IOException {
    String help = help();

    assertThat(commands())
        .containsExactlyElementsOf(
            Pattern.compile("^  ([a-z-]+) {2,}", Pattern.MULTILINE)
                .matcher(help.substring(help.indexOf("Commands:"), help.indexOf("Exit codes")))
                .results()
                .map(command -> command.group(1))
                .toList());
  }

  @Test
  void theRowOfACommandNamesItsOptions() throws IOException {
    for (String command : commands()) {
      Set<String> documented = options(row(command));
      documented.addAll(OF_EVERY_COMMAND);
      if (!command.equals("list")) {
        documented.addAll(OF_EVERY_LAKE);
      }

      assertThat(options(help(command)))
          .as("the options of " + command)
          .containsExactlyInAnyOrderElementsOf(documented);
    }
  }

  @Test
  void theOptionsThatCommandsShareAreNamed() throws IOException {
    assertThat(page()).contains(OF_EVERY_COMMAND).contains(OF_EVERY_LAKE);
  }

  private static List<String> commands() throws IOException {
    return Pattern.compile("^\\| `([a-z-]+)[^`]*` \\|", Pattern.MULTILINE)
        .matcher(table())
        .results()
        .map(row -> row.group(1))
        .toList();
  }

  private static String row(String command) throws IOException {
    return table()
        .lines()
        .filter(line -> line.matches("\\| `" + command + "[ `].*"))
        .findFirst()
        .orElseThrow();
  }

  private static String table() throws IOException {
    String page = page();
    return page.substring(page.indexOf("| command |"), page.indexOf("All but `list`"));
  }

  private static String page() throws IOException {
    return Files.readString(Path.of("README.md"));
  }

  private static Set<String> options(String text) {
    Set<String> names = new TreeSet<>();
    OPTION.matcher(text).results().forEach(option -> names.add(option.group()));
    return names;
  }

  private String help(String... command) {
    Program program = new Program(directory);
    program.run(Stream.concat(Stream.of(command), Stream.of("--help")).toArray(String[]::new));
    return program.out();
  }
}
