package io.penstock.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The classes that the guide for contributors and the decisions name are there. */
class NamedClassesTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern NAME = Pattern.compile("`([A-Z][A-Za-z]*[a-z][A-Za-z]*)`");
  private static final List<String> MODULES = List.of("dsl", "runtime-spark", "jobs", "samples");

  @Test
  void everyNamedClassIsThere() throws IOException {
    Set<String> named = new TreeSet<>(namesIn(ROOT.resolve(".github/CONTRIBUTING.md")));
    try (Stream<Path> decisions = Files.list(ROOT.resolve(".github/decisions"))) {
      for (Path decision : decisions.toList()) {
        named.addAll(namesIn(decision));
      }
    }
    Set<String> classes = new TreeSet<>();
    for (String module : MODULES) {
      classes.addAll(classesOf(ROOT.resolve(module).resolve("src")));
    }

    assertThat(named).contains("EngineContract").allMatch(classes::contains);
  }

  private static Set<String> namesIn(Path page) throws IOException {
    return NAME.matcher(Files.readString(page))
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  private static Set<String> classesOf(Path sources) throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".java"))
          .map(name -> name.substring(0, name.length() - ".java".length()))
          .collect(Collectors.toSet());
    }
  }
}
