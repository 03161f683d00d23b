package io.penstock.jobs;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
  static final ArchRule tasksDoNotKnowTheSamples =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.penstock.samples..")
          .allowEmptyShould(true);
}
