package io.penstock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Values, plan nodes, fluent surface, engine interface: each knows only what comes before it. */
@AnalyzeClasses(packages = "io.penstock", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule everyClassBelongsToALayer =
      classes()
          .should()
          .resideInAnyPackage(
              "io.penstock.spec..",
              "io.penstock.plan..",
              "io.penstock.dsl..",
              "io.penstock.engine..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule layersKnowOnlyWhatComesBefore =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("spec")
          .definedBy("io.penstock.spec..")
          .layer("plan")
          .definedBy("io.penstock.plan..")
          .layer("dsl")
          .definedBy("io.penstock.dsl..")
          .layer("engine")
          .definedBy("io.penstock.engine..")
          .whereLayer("plan")
          .mayOnlyAccessLayers("spec")
          .whereLayer("dsl")
          .mayOnlyAccessLayers("spec", "plan")
          .whereLayer("spec")
          .mayNotAccessAnyLayer();

  @ArchTest
  static final ArchRule packagesAreFreeOfCycles =
      slices().matching("io.penstock.(**)").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule nothingButTheJdkIsUsed =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("java..", "javax..", "io.penstock..")
          .because("users write pipelines without Spark, Hadoop, Delta, Scala or a logging library")
          .allowEmptyShould(true);
}
