package io.penstock.samples.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Programs read stdout line by line: what the JVM itself has to say stands on stderr. */
@Tag("process")
final class StandardOutputTest {
  @Test
  void warningsOfTheJvmAreNoResults() throws Exception {
    ProcessBuilder command =
        new ProcessBuilder(Repository.root().resolve("jobs/penstock").toString(), "--version");
    command.environment().put("PENSTOCK_BUILT_CLASSPATH", System.getProperty("java.class.path"));
    // Room for a part of what is compiled at once.
    command
        .environment()
        .put(
            "PENSTOCK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=3m -Xcomp");

    try (PenstockProcess process = PenstockProcess.start(command)) {
      PenstockProcess.Ended ended = process.await();

      assertThat(ended.exitCode()).as(ended.account()).isZero();
      assertThat(ended.account()).contains("warning: CodeCache is full");
      assertThat(ended.results()).singleElement().asString().startsWith("penstock ");
    }
  }
}
