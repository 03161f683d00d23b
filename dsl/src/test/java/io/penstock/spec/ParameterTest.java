package io.penstock.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTest {
  @Test
  void aParameterIsRequiredUntilItHasADefault() {
    assertThat(Parameter.date("since").defaultValue()).isEmpty();
    assertThat(Parameter.decimal("share").defaultsTo("0.25").defaultValue())
        .contains(new TypedValue(ValueType.DECIMAL, new BigDecimal("0.25")));
  }

  @Test
  void everyTypeHasItsWord() {
    assertThat(
            List.of(
                Parameter.string("p"),
                Parameter.bool("p"),
                Parameter.integer("p"),
                Parameter.bigint("p"),
                Parameter.decimal("p"),
                Parameter.date("p"),
                Parameter.timestamp("p")))
        .extracting(Parameter::type)
        .containsExactly(ValueType.values());
  }

  @Test
  void aDefaultThatDoesNotFitTheTypeSaysWhatIsExpected() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parameter.integer("top").defaultsTo("ten"))
        .withMessage("Cannot read 'ten' as a whole number, 32 bits.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"from", "to"})
  void theBoundsOfTheIntervalAreTaken(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parameter.timestamp(name))
        .withMessage(
            "Cannot declare a parameter ':%s': it stands for the run's interval.".formatted(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ":top", "top-ten", "1st"})
  void aParameterIsNamedLikeAnIdentifier(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parameter.string(name))
        .withMessageContaining("as a parameter's name");
  }

  @Test
  void aDefaultHasTheParametersType() {
    TypedValue text = new TypedValue(ValueType.STRING, "2026-03-01");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Parameter("since", ValueType.DATE, Optional.of(text)))
        .withMessage("Cannot give the DATE parameter ':since' a STRING as its default.");
  }

  @Test
  void theBoundsOfTheIntervalAreTakenInAnyCase() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Parameter.timestamp("From"))
        .withMessageContaining("it stands for the run's interval");
  }
}
