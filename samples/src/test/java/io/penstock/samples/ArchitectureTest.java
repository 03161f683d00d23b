package io.penstock.samples;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.InstanceofCheck;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.ReferencedClassObject;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import io.penstock.plan.Node;
import io.penstock.spec.Sink;
import io.penstock.spec.Source;
import java.util.stream.Stream;

/** Rules on what only the last of the modules sees: all of them. */
@AnalyzeClasses(packages = "io.penstock", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {

  @ArchTest
  static final ArchRule samplesUseWhatUsersUse =
      classes()
          .that()
          .resideInAPackage("io.penstock.samples..")
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
          .because("samples are written with what a user has");

  @ArchTest
  static final ArchRule onlyNodesTellTheirKind =
      noClasses()
          .should(
              ArchCondition.from(
                  DescribedPredicate.describe(
                      "ask for the kind of a node", type -> asksFor(Node.class, type))))
          .because("NodeProperties and the visitors say what there is to know of each kind");

  @ArchTest
  static final ArchRule onlySpecsTellTheirKind =
      noClasses()
          .should(
              ArchCondition.from(
                  DescribedPredicate.describe(
                      "ask for the kind of a source or a sink",
                      type -> asksFor(Source.class, type) || asksFor(Sink.class, type))))
          .because("handlers are found by the visitors, which the compiler holds to every kind");

  private static boolean asksFor(Class<?> kinds, JavaClass type) {
    return Stream.concat(
            type.getInstanceofChecks().stream().map(InstanceofCheck::getRawType),
            type.getReferencedClassObjects().stream().map(ReferencedClassObject::getRawType))
        .anyMatch(asked -> asked.isAssignableTo(kinds) && !asked.isEquivalentTo(kinds));
  }
}
