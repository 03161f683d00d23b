package io.penstock.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LakePathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "raw",
        "raw/session_timestamp",
        "raw/_quarantine/sessions",
        "mart/v1.2/report",
        "raw/day=2026-03-01",
        "arrivals/sessions/{arrival}",
        "arrivals/{year}-{month}/sessions",
        "매출/일별"
      })
  void aPathRelativeToTheLakesRootIsAccepted(String text) {
    assertThat(new LakePath(text).text()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "/",
        "/etc/passwd",
        "raw/",
        "raw//sessions",
        ".",
        "..",
        "../raw",
        "raw/..",
        "raw/../../etc",
        "raw/./sessions",
        "raw/.hidden",
        "raw/...",
        "file:/etc/passwd",
        "file:///etc/passwd",
        "s3a://bucket/raw",
        "s3a:raw",
        "C:\\raw",
        "raw\\..\\etc",
        "raw\\sessions",
        "~/raw",
        "raw/~root",
        "raw/%2e%2e/etc",
        "raw/..%2fetc",
        "raw/*",
        "raw/a?",
        "raw/[ab]",
        "raw/a b",
        " raw",
        "raw ",
        "raw\n",
        "raw/\n..",
        "raw\u0000/x",
        "raw/\u2025",
        "raw/\uFF0E\uFF0E",
        "raw\u2215etc",
        "raw/\u202Etxt",
        "raw/'x'",
        "raw/`x`",
        "raw/$HOME",
        "raw/a;b",
        "raw/a#b",
        "raw/a@v1",
        "raw/-x",
        "raw/=x",
        "raw/}x"
      })
  void aPathThatCouldLeaveTheLakeOrMeanSomethingElseIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LakePath(text))
        .withMessageStartingWith("Cannot use '" + text + "' as a path in the lake: segment '")
        .withMessageContaining("A path is relative to the lake's root, such as");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a/{}", "a/{1}", "a/{", "a/{day", "a/{{day}}", "a/{..}", "a/{da-y}", "a/{x}}"})
  void aPlaceholderIsAColumnInBraces(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LakePath(text))
        .withMessage(
            "Cannot use '%s' as a path in the lake: a placeholder is '{column}' or, with a pattern for its date, '{column:yyyy/MM/dd}'."
                .formatted(text));
  }

  @Test
  void placeholdersStandInTheOrderOfThePath() {
    assertThat(new LakePath("a/{year}/{month}-{day}").placeholders())
        .containsExactly("year", "month", "day");
    assertThat(new LakePath("a/b").placeholders()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "in/{day:yyyy/MM/dd}, in/2026-03-01",
    "in/dt={day:yyyyMMdd}, in/dt=20260301",
    "in/year={day:yyyy}/month={day:MM}/day={day:dd}, in/year=2026/x"
  })
  void aPlaceholderMayHaveAPattern(String path, String other) {
    assertThat(new LakePath(path).placeholders()).containsExactly("day");
    assertThat(new LakePath(path).overlaps(new LakePath("in"))).isTrue();
    assertThat(new LakePath(path).overlaps(new LakePath("mart/x"))).isFalse();
    assertThat(new LakePath(path).overlaps(new LakePath(other))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"in/{day:}", "in/{day:x}", "in/{day:yyyy//dd}", "in/{day:HH}", "in/{day:MMM}"})
  void aPatternGivesTheSameDigitsEverywhere(String path) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LakePath(path))
        .withMessageStartingWith("Cannot format partition column 'day' as '");
  }

  @ParameterizedTest
  @CsvSource({"raw/sessions, sessions", "raw, raw", "a/b/c.d, c.d"})
  void theNameIsTheLastSegment(String path, String name) {
    assertThat(new LakePath(path).name()).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "raw/a, raw/a, true",
    "raw, raw/a, true",
    "raw/a/b, raw/a, true",
    "raw/a, raw/ab, false",
    "raw/ab, raw/a, false",
    "raw/a, mart/a, false"
  })
  void pathsOverlapWhenOneHoldsTheOther(String one, String other, boolean overlap) {
    assertThat(new LakePath(one).overlaps(new LakePath(other))).isEqualTo(overlap);
    assertThat(new LakePath(other).overlaps(new LakePath(one))).isEqualTo(overlap);
  }

  @ParameterizedTest
  @CsvSource({
    "in/{day}/x, in/20260301/x, true",
    "in/{day}, in/20260301/x, true",
    "in/day={day}, in/day=1, true",
    "in/v{a}-{b}, in/{c}, true",
    "in/{day}/x, in/20260301/y, false",
    "in/{day}, out/20260301, false"
  })
  void aPlaceholderOverlapsWhateverItMayStandFor(String one, String other, boolean overlap) {
    assertThat(new LakePath(one).overlaps(new LakePath(other))).isEqualTo(overlap);
    assertThat(new LakePath(other).overlaps(new LakePath(one))).isEqualTo(overlap);
  }
}
