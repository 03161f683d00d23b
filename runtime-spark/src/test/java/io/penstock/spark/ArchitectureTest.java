package io.penstock.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.LocalDate;

/** The engine knows the language and Spark, and nothing of the tasks built on it. */
@AnalyzeClasses(packages = "io.penstock", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule onlyTheEngineKnowsSpark =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.penstock.spark..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache..", "io.delta..", "scala..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule deltasInternalsStayBehindTheAdapter =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.penstock.spark.delta..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark.sql.delta..")
          .because("it is an internal API that changes with every release of Delta")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule whatPipelinesUseKnowsNoEngine =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.spark")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.penstock.spark.*..");

  @ArchTest
  static final ArchRule packagesHaveOneDirection =
      slices().matching("io.penstock.spark.(*)..").should().beFreeOfCycles();

  /** Compiling, running, publishing and cleaning up are the same for every kind. */
  @ArchTest
  static final ArchRule theCoreKnowsNoKinds =
      noClasses()
          .that()
          .resideInAnyPackage(
              "io.penstock.spark.cleaning..",
              "io.penstock.spark.coercion..",
              "io.penstock.spark.compile..",
              "io.penstock.spark.expressions..",
              "io.penstock.spark.nativecode..",
              "io.penstock.spark.outputs..",
              "io.penstock.spark.publication..",
              "io.penstock.spark.repeatability..",
              "io.penstock.spark.run..",
              "io.penstock.spark.sink..",
              "io.penstock.spark.source..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.penstock.spark.delta..",
              "io.penstock.spark.export..",
              "io.penstock.spark.kinds..",
              "io.penstock.spark.landed..");

  /** What is left are values of type DATE: in files, in SQL, and in what Spark computes. */
  @ArchTest
  static final ArchRule partitionsAloneReadDates =
      noClasses()
          .that()
          .resideInAPackage("io.penstock.spark..")
          .and()
          .resideOutsideOfPackages(
              "io.penstock.spark.datetime..",
              "io.penstock.spark.csv..",
              "io.penstock.spark.excel..",
              "io.penstock.spark.records..",
              "io.penstock.spark.sql..")
          .and()
          .doNotHaveSimpleName("BrokenConstraint")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(LocalDate.class)
          .because("units are intervals of instants, and the partition knows their dates");

  @ArchTest
  static final ArchRule theEngineKnowsNoTasks =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.penstock.jobs..", "io.penstock.samples..", "picocli..")
          .allowEmptyShould(true);
}
