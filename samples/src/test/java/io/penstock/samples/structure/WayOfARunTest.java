package io.penstock.samples.structure;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.resolvers.SelectedClassResolverFromClasspath;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Counts the types that a maintainer meets who follows a run from {@code Main} to where its outputs
 * become visible, and keeps them few.
 *
 * <p>The way is every method that lies on a path of calls from {@code Main.main} through {@code
 * penstock run} to the commit of a Delta table or to the entry that publishes an export; the other
 * commands are left out. Counted are the types that these methods belong to, and the types of ours
 * that appear in them: whose methods they call, whose objects they make or are given. What those in
 * turn use is not counted, since the way can be followed without it. Nested types belong to the
 * type of their file, and a lambda to the method in which it stands.
 */
final class WayOfARunTest {
  private static final int MOST = 60;

  private static final JavaClasses CLASSES =
      ArchConfiguration.withThreadLocalScope(
          configuration -> {
            // What others call our objects by; to look at all of Spark takes minutes.
            configuration.setClassResolver(SelectedClassResolverFromClasspath.class);
            configuration.setClassResolverArguments("java.lang", "java.util", "picocli");
            return imported();
          });

  private static JavaClasses imported() {
    return new ClassFileImporter()
        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
        .withImportOption(location -> !location.contains("-tests.jar"))
        .importPackages("io.penstock")
        .that(
            DescribedPredicate.describe(
                "are neither samples nor another command",
                type -> !isSample(type) && !isOtherCommand(type)));
  }

  @Test
  void theWayOfARunIsShort() {
    Map<String, Set<String>> met = new LinkedHashMap<>();
    Set<String> known = new LinkedHashSet<>();
    List<JavaCodeUnit> way = way();
    way.forEach(unit -> known.add(file(unit.getOwner())));
    for (JavaCodeUnit unit : way) {
      met.computeIfAbsent(file(unit.getOwner()), type -> new LinkedHashSet<>())
          .addAll(used(unit).filter(known::add).sorted().toList());
    }
    String list =
        met.entrySet().stream()
            .map(type -> type.getKey() + used(type.getValue()))
            .collect(Collectors.joining("\n"));
    System.out.println(
        known.size()
            + " types on the way of a run, "
            + met.size()
            + " of them hold its methods:\n"
            + list);

    assertThat(known).as("types on the way of a run:%n%s", list).hasSizeLessThanOrEqualTo(MOST);
  }

  private static List<JavaCodeUnit> way() {
    CallGraph graph = new CallGraph(CLASSES);
    JavaCodeUnit main = CLASSES.get("io.penstock.jobs.Main").getMethod("main", String[].class);
    Set<JavaCodeUnit> ends =
        graph
            .units()
            .filter(
                unit ->
                    calls(unit, target -> isCommit(target))
                        || calls(unit, target -> isEntry(target)))
            .collect(Collectors.toSet());
    List<JavaCodeUnit> way = graph.between(main, ends);
    assertThat(way).as("a way to every end").contains(main).containsAll(ends).hasSizeGreaterThan(2);
    return way;
  }

  private static boolean isCommit(AccessTarget target) {
    return target.getName().equals("commit")
        && target.getOwner().getSimpleName().startsWith("OptimisticTransaction");
  }

  private static boolean isEntry(AccessTarget target) {
    return target.getName().equals("of")
        && target.getOwner().getSimpleName().equals("PublicationEntry");
  }

  private static boolean calls(JavaCodeUnit unit, Predicate<AccessTarget> wanted) {
    return unit.getMethodCallsFromSelf().stream().map(JavaAccess::getTarget).anyMatch(wanted);
  }

  private static Stream<String> used(JavaCodeUnit unit) {
    return Stream.of(
            unit.getRawParameterTypes().stream(),
            Stream.of(unit.getRawReturnType()),
            unit.getAccessesFromSelf().stream().map(JavaAccess::getTargetOwner))
        .flatMap(types -> types)
        .filter(type -> CLASSES.contain(type.getName()))
        .map(WayOfARunTest::file);
  }

  private static String used(Set<String> types) {
    return types.stream()
        .map(type -> type.substring(type.lastIndexOf('.') + 1))
        .collect(Collectors.joining(", ", types.isEmpty() ? "" : "\n    ", ""));
  }

  private static String file(JavaClass type) {
    return type.getName().replaceFirst("\\$.*", "");
  }

  private static boolean isSample(JavaClass type) {
    return type.getPackageName().startsWith("io.penstock.samples");
  }

  private static boolean isOtherCommand(JavaClass type) {
    return type.isAnnotatedWith("picocli.CommandLine$Command")
        && !List.of("PenstockCommand", "RunCommand").contains(type.getSimpleName());
  }
}
