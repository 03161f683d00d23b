package io.penstock.jobs.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.jobs.run.Console;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The streams of the process are those of the test until it ends. */
class LaunchTest {
  private final PrintStream outBefore = System.out;
  private final PrintStream errBefore = System.err;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @BeforeEach
  void beginAsAProcess() {
    System.setOut(stream(out));
    System.setErr(stream(err));
  }

  @AfterEach
  void leaveTheProcess() {
    System.setOut(outBefore);
    System.setErr(errBefore);
  }

  @Test
  void whatOthersPrintIsNotAmongTheResults() {
    console(new Launch(List.of("list"), List.of(), Map.of(), Map.of())).print("result\n");

    System.out.println("+---+ of a job");
    System.err.println("log of an engine");

    assertThat(out).hasToString("result\n");
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("+---+ of a job", "log of an engine");
  }

  @Test
  void whatOthersPrintHoldsNoSecretFromAnywhere() {
    console(
        new Launch(
            List.of("run", "x", "--param", "token=of-the-words"),
            List.of("--conf", "spark.hadoop.fs.s3a.session.token=of-spark-submit", "my.jar"),
            Map.of("spark.hadoop.fs.s3a.secret.key", "of-the-properties"),
            Map.of("AWS_SECRET_ACCESS_KEY", "/of-the-environment")));

    for (PrintStream stream : List.of(System.out, System.err)) {
      stream.println("of-the-words of-spark-submit of-the-properties /of-the-environment");
    }

    assertThat(out).hasToString("");
    assertThat(err.toString(StandardCharsets.UTF_8).lines())
        .containsExactly("*** *** *** ***", "*** *** *** ***");
  }

  @Test
  void aProgramThatSparkSubmitStartsIsRepeatedBySparkSubmit() {
    Launch launch =
        new Launch(List.of("list"), List.of("--name", "my job", "my.jar"), Map.of(), Map.of());

    assertThat(launch.environment())
        .containsExactly(Map.entry("PENSTOCK_COMMAND", "spark-submit --name 'my job' my.jar"));
  }

  private static Console console(Launch launch) {
    return launch.console(System.out, System.err, Console.Screen.LOG);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }
}
