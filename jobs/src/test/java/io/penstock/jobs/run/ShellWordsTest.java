package io.penstock.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShellWordsTest {
  @Test
  void plainWordsAreLeftAsTheyAre() {
    assertThat(ShellWords.line("jobs/penstock", List.of("run", "--date=2026-03-01", "a:b@c,d%e+f")))
        .isEqualTo("jobs/penstock run --date=2026-03-01 a:b@c,d%e+f");
  }

  @Test
  void whatAShellWouldTakeForSomethingElseIsQuoted() {
    assertThat(ShellWords.quoted("it's $HOME")).isEqualTo("'it'\\''s $HOME'");
    assertThat(ShellWords.quoted("")).isEqualTo("''");
    assertThat(ShellWords.quoted("~")).isEqualTo("'~'");
  }
}
