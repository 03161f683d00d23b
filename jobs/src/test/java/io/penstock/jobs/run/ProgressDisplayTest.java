package io.penstock.jobs.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.EngineSettings;
import io.penstock.jobs.result.Redaction;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
  private final ByteArrayOutputStream results = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @Test
  void aLogGetsALineForEachPhase() {
    show(Console.Screen.LOG);

    assertThat(errors.toString(StandardCharsets.UTF_8))
        .isEqualTo("  reading raw/sales%n  writing s3a://***@bucket%n".formatted());
  }

  @Test
  void aTerminalGetsABarAndNoSecrets() {
    show(Console.Screen.TERMINAL);

    assertThat(errors.toString(StandardCharsets.UTF_8)).contains("\r").doesNotContain("me:pass");
    assertThat(results.size()).isZero();
  }

  /** It would take away the handlers of signals: see {@link TerminalLine}. */
  @Test
  void drawingOpensNoTerminal() throws ReflectiveOperationException {
    show(Console.Screen.TERMINAL);

    Field terminal =
        Class.forName("me.tongfei.progressbar.TerminalUtils").getDeclaredField("terminal");
    terminal.setAccessible(true);
    assertThat(terminal.get(null)).isNull();
  }

  private void show(Console.Screen screen) {
    Console console =
        new Console(
            new PrintStream(results, true, StandardCharsets.UTF_8),
            new PrintStream(errors, true, StandardCharsets.UTF_8),
            screen,
            EngineSettings.Logs.QUIET,
            Redaction.ofArguments(List.of()));
    try (ProgressDisplay progress = new ProgressDisplay(console)) {
      progress.phase("reading raw/sales");
      progress.tasks(1, 4);
      progress.phase("writing s3a://me:pass@bucket");
      progress.tasks(4, 4);
    }
  }
}
