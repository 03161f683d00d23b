package io.penstock.samples.testing;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** No process is started past the budget that counts them. */
@AnalyzeClasses(packages = "io.penstock.samples")
final class ProcessBudgetTest {

  @ArchTest
  static final ArchRule everyProcessIsCounted =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName(ProcessBudget.class.getName())
          .should()
          .callMethod(ProcessBuilder.class, "start")
          .orShould()
          .callMethod(Runtime.class, "exec", String.class)
          .orShould()
          .callMethod(Runtime.class, "exec", String[].class);
}
