package io.penstock.samples;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.AnalyzeClasses;
import io.penstock.engine.EngineSettings;
import io.penstock.jobs.cli.CliContext;
import io.penstock.jobs.cli.EngineFinder;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A test class has the tag of what it takes, so that a loop can leave it out: {@code proof} if the
 * full proofs put it to more trials, else {@code process} if it starts processes, else {@code
 * spark} if it starts a Spark session in its own JVM, else none.
 *
 * <p>What it takes is read from the class files: a class starts what the classes that it uses
 * start.
 */
final class TestTagsTest {
  private static final List<String> MODULES = List.of("dsl", "runtime-spark", "jobs", "samples");

  @Test
  void everyTestClassHasTheTagOfWhatItTakes() {
    List<JavaClass> tests = testClasses();

    assertThat(tests.stream().map(TestTagsTest::module).distinct())
        .as("modules whose tests are compiled")
        .containsExactlyInAnyOrderElementsOf(MODULES);
    assertThat(tests.stream().map(test -> test.getName() + ": " + tags(test)))
        .containsExactlyElementsOf(
            tests.stream().map(test -> test.getName() + ": " + taken(test)).toList());
  }

  private static List<JavaClass> testClasses() {
    Path root = Path.of("").toAbsolutePath().getParent();
    List<Path> places =
        MODULES.stream()
            .map(module -> root.resolve(module).resolve("target"))
            .flatMap(target -> Stream.of("classes", "test-classes").map(target::resolve))
            .toList();
    return ArchConfiguration.withThreadLocalScope(
            configuration -> {
              // Of libraries the names are enough.
              configuration.setResolveMissingDependenciesFromClassPath(false);
              return new ClassFileImporter().importPaths(places);
            })
        .stream()
        .filter(type -> type.isTopLevelClass() && type.getSimpleName().endsWith("Test"))
        .filter(type -> place(type).contains("/target/test-classes/"))
        .toList();
  }

  private static String module(JavaClass type) {
    return place(type).replaceFirst(".*/([^/]+)/target/.*", "$1");
  }

  private static String place(JavaClass type) {
    return type.getSource().orElseThrow().getUri().getPath();
  }

  /** The full proofs have a tag more, for what no other build runs. */
  private static Set<String> tags(JavaClass test) {
    return test.getAnnotations().stream()
        .filter(annotation -> annotation.getRawType().getSimpleName().startsWith("Tag"))
        .flatMap(annotation -> values(annotation.getProperties().get("value")))
        .filter(tag -> !tag.equals("full-proofs"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Stream<String> values(Object value) {
    return value instanceof JavaAnnotation<?>[] repeated
        ? Stream.of(repeated).flatMap(tag -> values(tag.getProperties().get("value")))
        : Stream.of((String) value);
  }

  private static Set<String> taken(JavaClass test) {
    if (withNested(test).anyMatch(TestTagsTest::hasFullForm)) {
      return Set.of("proof");
    }
    Set<JavaClass> used = used(test);
    if (used.stream().anyMatch(TestTagsTest::startsProcesses)) {
      return Set.of("process");
    }
    if (used.stream().anyMatch(TestTagsTest::startsSpark)) {
      return Set.of("spark");
    }
    return Set.of();
  }

  private static boolean hasFullForm(JavaClass type) {
    return accesses(
        type,
        access ->
            access.getTargetOwner().getSimpleName().equals("Proofs")
                && access.getName().equals("full"));
  }

  /** A fault of the machine is a command of an instant. */
  private static boolean startsProcesses(JavaClass type) {
    return !type.getSimpleName().equals("MachineFault")
        && accesses(type, access -> access.getTargetOwner().isEquivalentTo(ProcessBuilder.class));
  }

  /** Either by itself, or it finds an engine and opens it, or has it opened by a command. */
  private static boolean startsSpark(JavaClass type) {
    return accesses(type, TestTagsTest::buildsSession)
        || (accesses(type, access -> access.getTargetOwner().isEquivalentTo(EngineFinder.class))
            && accesses(type, TestTagsTest::preparesEngine));
  }

  private static boolean buildsSession(JavaAccess<?> access) {
    return access.getTargetOwner().getSimpleName().equals("SparkSession")
        && access.getName().equals("builder");
  }

  private static boolean preparesEngine(JavaAccess<?> access) {
    return access.getTargetOwner().isEquivalentTo(EngineSettings.class)
        || access.getTargetOwner().isEquivalentTo(CliContext.class);
  }

  private static boolean accesses(JavaClass type, Predicate<JavaAccess<?>> accessed) {
    return type.getAccessesFromSelf().stream().anyMatch(accessed);
  }

  /** The classes of ours that a test uses, and those that they use; rules only name classes. */
  private static Set<JavaClass> used(JavaClass test) {
    Set<JavaClass> used = new HashSet<>();
    Deque<JavaClass> next = new ArrayDeque<>();
    if (!test.isAnnotatedWith(AnalyzeClasses.class)) {
      withNested(test).forEach(next::push);
    }
    while (!next.isEmpty()) {
      JavaClass type = next.pop();
      if (type.getPackageName().startsWith("io.penstock") && used.add(type)) {
        type.getDirectDependenciesFromSelf().stream()
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .forEach(next::push);
      }
    }
    return used;
  }

  private static Stream<JavaClass> withNested(JavaClass test) {
    return test.getPackage().getClasses().stream()
        .filter(type -> type.equals(test) || type.getName().startsWith(test.getName() + "$"));
  }
}
