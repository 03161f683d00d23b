package io.penstock.jobs.run;

import io.penstock.engine.ProgressListener;
import java.util.Optional;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows how far a run has come: a bar on a terminal, a line for each phase anywhere else. */
final class ProgressDisplay implements ProgressListener, AutoCloseable {
  private static final int REDRAW_MILLISECONDS = 250;

  private final Console console;
  private final Optional<ProgressBar> bar;

  ProgressDisplay(Console console) {
    this.console = console;
    this.bar =
        console.screen() == Console.Screen.TERMINAL ? Optional.of(bar(console)) : Optional.empty();
  }

  @Override
  public void phase(String name) {
    bar.ifPresentOrElse(
        drawn -> drawn.setExtraMessage(console.redaction().text(name)),
        () -> console.tell("  " + name));
  }

  @Override
  public void tasks(int done, int known) {
    bar.ifPresent(drawn -> drawn.maxHint(known).stepTo(done));
  }

  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
  }

  private static ProgressBar bar(Console console) {
    return new ProgressBarBuilder()
        .setTaskName(" ")
        .setInitialMax(-1)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(REDRAW_MILLISECONDS)
        .clearDisplayOnFinish()
        .setConsumer(new TerminalLine(console.errors(), Terminal.columns()))
        .build();
  }
}
