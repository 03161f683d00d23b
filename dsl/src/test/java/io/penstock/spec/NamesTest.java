package io.penstock.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "channel-report", "top-10-users", "x2"})
  void aPipelineIsNamedInLowerCaseWords(String name) {
    assertThat(Names.pipeline(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "Report", "channel_report", "-report", "report-", "a--b", "1st", "a b", "a/b"})
  void anyOtherNameOfAPipelineIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.pipeline(name))
        .withMessage(
            "Cannot name a pipeline '%s': use lower-case words joined by '-', such as 'channel-report'."
                .formatted(name));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "_a", "A1_b"})
  void anIdentifierStandsInSqlWithoutQuotes(String name) {
    assertThat(Names.identifier("an alias", name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1a", "a b", "a-b", "a.b", "é", "a\n", "a`"})
  void anyOtherIdentifierIsRefused(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.identifier("an alias", name))
        .withMessageStartingWith("Cannot use '" + name + "' as an alias: it starts with");
  }

  @Test
  void namesAreComparedWithoutRegardToCaseInEveryLocale() {
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(new Locale("tr", "TR"));
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Names.distinct("keys", List.of("id", "ID")))
          .withMessage("Cannot use 'ID' twice in keys.");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void expressionsMayRepeatButNotBeBlank() {
    assertThat(Names.expressions("columns", List.of("a", "a"))).containsExactly("a", "a");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.expressions("columns", List.of("a", "\t")))
        .withMessage("Cannot use a blank text as columns.");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Names.expressions("columns", List.of()))
        .withMessage("Cannot do without columns: give at least one.");
  }

  @Test
  void listsAreCopied() {
    List<String> names = new ArrayList<>(List.of("a"));
    List<String> kept = Names.distinct("keys", names);
    names.add("b");

    assertThat(kept).containsExactly("a");
  }
}
