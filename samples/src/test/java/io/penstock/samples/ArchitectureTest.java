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
                      "ask for the kind of a node", ArchitectureTest::asksForKindOfNode)))
          .because("NodeProperties and the visitors say what there is to know of each kind");

  private static boolean asksForKindOfNode(JavaClass type) {
    return Stream.concat(
            type.getInstanceofChecks().stream().map(InstanceofCheck::getRawType),
            type.getReferencedClassObjects().stream().map(ReferencedClassObject::getRawType))
        .anyMatch(asked -> asked.isAssignableTo(Node.class) && !asked.isEquivalentTo(Node.class));
  }
}
