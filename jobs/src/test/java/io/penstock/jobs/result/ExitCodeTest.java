package io.penstock.jobs.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitCodeTest {
  @ParameterizedTest
  @CsvSource({
    "USAGE, 64, false",
    "DATA, 65, false",
    "INPUT_MISSING, 66, true",
    "UNAVAILABLE, 69, true",
    "BUG, 70, false",
    "OUT_OF_MEMORY, 71, true",
    "OVERTAKEN, 73, false",
    "STORAGE, 74, true",
    "TRY_AGAIN, 75, true",
    "NOT_PERMITTED, 77, false",
    "INVALID, 78, false",
    "STOPPED, 143, true"
  })
  void everyKindOfFailureHasItsCode(FailureKind kind, int number, boolean retryable) {
    assertThat(ExitCode.of(kind).number()).isEqualTo(number);
    assertThat(ExitCode.of(kind).isRetryable()).isEqualTo(retryable);
  }

  @Test
  void numbersAreDifferent() {
    assertThat(Arrays.stream(ExitCode.values()).map(ExitCode::number)).doesNotHaveDuplicates();
  }

  @Test
  void theTableOfTheProgramSaysTheSame() throws IOException {
    String source = Files.readString(Path.of("src/main/java/io/penstock/jobs/Main.java"));

    assertThat(
            Pattern.compile("<tr><td>(.*)<td>(.*)<td>(.*)")
                .matcher(source)
                .results()
                .map(row -> row.group(1) + " " + row.group(2) + " " + row.group(3)))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(ExitCode.values()).map(ExitCodeTest::row).toList());
  }

  private static String row(ExitCode code) {
    String retry = code == ExitCode.DONE ? "" : code.isRetryable() ? "yes" : "no";
    return code.number() + " " + code.meaning() + " " + retry;
  }
}
