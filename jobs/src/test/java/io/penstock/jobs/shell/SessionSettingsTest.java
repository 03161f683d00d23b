package io.penstock.jobs.shell;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.Failure;
import io.penstock.engine.RunFailedException;
import io.penstock.spec.Parameter;
import io.penstock.spec.TypedValue;
import io.penstock.spec.ValueType;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.assertj.core.api.ObjectAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SessionSettingsTest {
  private final SessionSettings settings = new SessionSettings();

  @Test
  void theClassOfAValueIsItsTypeInRows() {
    settings.parameter("least", 3);
    settings.parameter("share", new BigDecimal("0.50"));
    settings.parameter("channel", "e-mail");

    assertThat(settings.parameters())
        .containsOnlyKeys("least", "share", "channel")
        .containsEntry("least", new TypedValue(ValueType.INTEGER, 3))
        .containsEntry("share", new TypedValue(ValueType.DECIMAL, new BigDecimal("0.50")));
  }

  @Test
  void aPipelineReadsAValueAsItDeclaresIt() {
    settings.parameter("since", "2026-03-01");
    settings.parameter("least", 3);
    settings.parameter("meant_for_another", true);
    Pipeline pipeline = declaring(Parameter.date("since"), Parameter.bigint("least"));

    assertThat(settings.argumentsFor(pipeline).valuesFor(pipeline))
        .containsOnlyKeys("since", "least")
        .containsEntry("since", new TypedValue(ValueType.DATE, LocalDate.of(2026, 3, 1)))
        .containsEntry("least", new TypedValue(ValueType.LONG, 3L));
  }

  @Test
  void theLastValueCounts() {
    settings.parameter("least", 3);
    settings.parameter("least", 4);

    assertThat(settings.parameters().get("least").value()).isEqualTo(4);
  }

  @Test
  void whatIsNotSetIsLeftToTheDefault() {
    Pipeline pipeline = declaring(Parameter.integer("least").defaultsTo("1"));

    assertThat(settings.argumentsFor(pipeline).given()).isEmpty();
  }

  @Test
  void aValueWithoutDefaultHasToBeSet() {
    assertThatFailureOf(() -> settings.argumentsFor(declaring(Parameter.integer("least"))))
        .extracting(Failure::message, Failure::fix)
        .containsExactly(
            "Cannot run 'declaring' without its parameter 'least': it has no default.",
            "set it, param(\"least\", …), of type INTEGER.");
  }

  @Test
  void aValueThatThePipelineCanNotReadIsRefused() {
    settings.parameter("least", "many");

    assertThatFailureOf(() -> settings.argumentsFor(declaring(Parameter.integer("least"))))
        .extracting(Failure::message, Failure::fix)
        .containsExactly(
            "Cannot use the session's ':least': Cannot read 'many' as a whole number, 32 bits.",
            "set it again, param(\"least\", …), to what is declared: INTEGER.");
  }

  @Test
  void aValueOfAnyOtherClassIsRefused() {
    assertThatFailureOf(() -> settings.parameter("share", 0.5))
        .extracting(Failure::message, Failure::fix)
        .containsExactly(
            "Cannot let ':share' stand for 0.5.",
            "give a String, Boolean, Integer, Long, BigDecimal, LocalDate, Instant.");
  }

  @Test
  void aNameThatCanNotBeDeclaredIsRefused() {
    assertThatFailureOf(() -> settings.parameter("from", "2026-03-01"))
        .extracting(Failure::message)
        .asString()
        .contains("':from': it stands for the run's interval");
  }

  private static Pipeline declaring(Parameter... parameters) {
    return Pipeline.named("declaring")
        .parameters(parameters)
        .writes(read(delta("raw/a")).to(delta("mart/b").overwrite()));
  }

  private static ObjectAssert<Failure> assertThatFailureOf(ThrowingCallable call) {
    return assertThatThrownBy(call)
        .asInstanceOf(type(RunFailedException.class))
        .extracting(RunFailedException::failure, type(Failure.class));
  }
}
