package io.penstock.jobs.run;

import java.io.PrintStream;
import me.tongfei.progressbar.ProgressBarConsumer;

/**
 * One line of a terminal that is redrawn in place.
 *
 * <p>The library's own consumers open the terminal to ask for its width, and that replaces the
 * program's signal handlers: Ctrl-C would end it between two commits, without a message.
 */
final class TerminalLine implements ProgressBarConsumer {
  private final PrintStream out;
  private final int columns;

  TerminalLine(PrintStream out, int columns) {
    this.out = out;
    this.columns = columns;
  }

  @Override
  public int getMaxRenderedLength() {
    // A character in the last column would make some terminals begin a new line.
    return columns - 1;
  }

  @Override
  public void accept(String drawn) {
    out.print("\r" + drawn);
    out.flush();
  }

  @Override
  public void clear() {
    out.print("\r" + " ".repeat(getMaxRenderedLength()) + "\r");
    out.flush();
  }

  @Override
  public void close() {
    // The stream is the process's, and stays open.
  }
}
