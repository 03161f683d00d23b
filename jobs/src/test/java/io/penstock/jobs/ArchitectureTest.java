package io.penstock.jobs;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noCodeUnits;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import java.time.LocalDate;
import java.util.Set;

/** A task knows the language; it finds the engine as a service and the user's jobs too. */
@AnalyzeClasses(packages = "io.penstock.jobs", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule tasksDoNotKnowTheEngine =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.penstock.spark..", "org.apache..", "io.delta..", "scala..")
          .because("the engine is found by ServiceLoader, so that another one can take its place")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule nothingUndeclaredSlipsThrough =
      noCodeUnits()
          .should(catchRuntimeExceptionAlone())
          .because(
              "engines and jobs in Scala throw checked exceptions that no signature declares:"
                  + " catch Exception or Throwable");

  /** Main puts everything together, beside the interface of jobs. */
  @ArchTest
  static final ArchRule packagesHaveOneDirection =
      slices()
          .matching("io.penstock.jobs.(**)")
          .should()
          .beFreeOfCycles()
          .ignoreDependency(equivalentTo(Main.class), alwaysTrue());

  /** A test's rows have values of type DATE. */
  @ArchTest
  static final ArchRule partitionsAloneReadDates =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.penstock.jobs.testing..")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(LocalDate.class)
          .because("the partition knows what a date means, in its grain and its zone");

  @ArchTest
  static final ArchRule tasksDoNotKnowTheSamples =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.penstock.samples..")
          .allowEmptyShould(true);

  private static ArchCondition<JavaCodeUnit> catchRuntimeExceptionAlone() {
    return ArchCondition.from(
        DescribedPredicate.describe(
            "catch RuntimeException alone",
            unit ->
                unit.getTryCatchBlocks().stream()
                    .map(block -> block.getCaughtThrowables())
                    .anyMatch(caught -> isAlone(caught))));
  }

  private static boolean isAlone(Set<JavaClass> caught) {
    return caught.stream().anyMatch(type -> type.isEquivalentTo(RuntimeException.class))
        && caught.stream()
            .noneMatch(
                type ->
                    type.isEquivalentTo(Exception.class) || type.isEquivalentTo(Throwable.class));
  }
}
