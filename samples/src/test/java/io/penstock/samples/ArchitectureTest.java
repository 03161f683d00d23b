package io.penstock.samples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Samples are written with what a user has: the language, the tasks and the way out to Spark. */
@AnalyzeClasses(
    packages = "io.penstock.samples",
    importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule samplesUseWhatUsersUse =
      classes()
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage(
                      "java..",
                      "io.penstock.spec..",
                      "io.penstock.plan..",
                      "io.penstock.dsl..",
                      "io.penstock.engine..",
                      "io.penstock.jobs..",
                      "io.penstock.samples..")
                  .or(name("io.penstock.spark.SparkTransform")))
          .allowEmptyShould(true);
}
