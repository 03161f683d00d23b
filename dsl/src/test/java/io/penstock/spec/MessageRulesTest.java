package io.penstock.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a message for people may not hold. */
final class MessageRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Cannot read it. malformed-input={\"file\":\"a.csv\"}. | a JSON object",
        "Cannot run ALTER TABLE null. | a null",
        "[CAST_INVALID_INPUT] The value is malformed. | a code of Spark's",
        "The value is malformed. SQLSTATE: 22018. | a code of Spark's",
        "Column 'n' is not a INT. | the wrong article",
        "Cannot write: java.io.IOException: no. | the name of an exception's class",
        "Cannot write: no. Fix: try again. | more than one fix",
        "3 of 10 rows fail | a first line that doesn't end",
      })
  void aMessageOfAnotherFormIsTold(String message, String rule) {
    assertThat(MessageRules.broken(message, "mend it.")).contains(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "Cannot find 'null' in \"coalesce(x, null)\".",
        "Cannot read line 3 of a.csv: column 'id' (field 1) is not an INT.",
        "Cannot write NULL to 'a': it is declared NOT NULL.",
      })
  void whatAMessageQuotesMayLookLikeAnything(String message) {
    assertThat(MessageRules.broken(message, "mend it.")).isEmpty();
  }

  @Test
  void eachOfSeveralProblemsHasItsOwnFix() {
    String report = "Pipeline 'x' is invalid: 2 problems.\n1. A\n   Fix: a.\n2. B\n   Fix: b.";

    assertThat(MessageRules.broken(report, "mend each.")).isEmpty();
    assertThat(MessageRules.broken(report + " Fix: c.", "mend each.")).isPresent();
  }

  @Test
  void everyFailureIsHeldToIt() {
    assertThatThrownBy(
            () -> new Failure(FailureKind.BUG, "CODE", "Cannot open null.", "report it."))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a null");
  }
}
