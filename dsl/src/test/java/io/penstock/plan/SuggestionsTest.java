package io.penstock.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
  private static final List<String> COLUMNS = List.of("quantity", "unit_price", "currency");

  @ParameterizedTest
  @CsvSource({
    "unit_prise, unit_price",
    "unitprice, unit_price",
    "UNIT_PRICE, unit_price",
    "quantiyt, quantity",
    "curency, currency"
  })
  void theNameThatWasMeantIsFound(String name, String meant) {
    assertThat(Suggestions.nearest(name, COLUMNS)).contains(meant);
  }

  @ParameterizedTest
  @CsvSource({"revenue", "x", "unit"})
  void aNameUnlikeAnyOtherHasNoSuggestion(String name) {
    assertThat(Suggestions.nearest(name, COLUMNS)).isEmpty();
  }

  @Test
  void swappedNeighboursAreOneSlip() {
    assertThat(Suggestions.nearest("dya", List.of("day", "dyaaa"))).contains("day");
  }

  @Test
  void ofNamesEquallyNearTheFirstInTheAlphabetIsProposed() {
    assertThat(Suggestions.nearest("cat", List.of("rat", "bat", "hat"))).contains("bat");
  }

  @Test
  void theSentenceListsWhatThereIs() {
    assertThat(Suggestions.sentence("unit_prise", "Columns", COLUMNS))
        .isEqualTo("did you mean 'unit_price'? Columns: quantity, unit_price, currency.");
    assertThat(Suggestions.sentence("revenue", "Columns", COLUMNS))
        .isEqualTo("Columns: quantity, unit_price, currency.");
    assertThat(Suggestions.sentence("revenue", "Tables", List.of())).isEqualTo("Tables: none.");
  }
}
