package io.penstock.jobs.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.penstock.engine.EngineSettings;
import io.penstock.engine.Failure;
import io.penstock.jobs.result.Redaction;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * The two streams of the program: results on one, everything else on the other, and no secret on
 * either.
 *
 * @param errors messages for people
 * @param logs whether stack traces are wanted
 */
public record Console(
    PrintStream results,
    PrintStream errors,
    Screen screen,
    EngineSettings.Logs logs,
    Redaction redaction) {

  /** What the stream of errors leads to. */
  public enum Screen {
    /** A terminal: lines can be drawn again. */
    TERMINAL,
    /** A file or a pipe. */
    LOG
  }

  /** One line of JSON for programs. */
  public void result(JsonNode json) {
    deliver(redaction.json(json) + "\n");
  }

  /** A result as text. */
  public void print(String text) {
    deliver(redaction.text(text));
  }

  /**
   * Text that is of use only as a whole, such as a script.
   *
   * @throws io.penstock.engine.RunFailedException of kind USAGE, when there is a secret in it
   */
  public void printWhole(String text) {
    if (!redaction.text(text).equals(text)) {
      throw RunErrors.secretInText();
    }
    deliver(text);
  }

  /** A line for people. */
  public void tell(String line) {
    errors.println(redaction.text(line));
    errors.flush();
  }

  /** Why something failed and what to do; with its cause when the user wants it all. */
  public void tell(Failure failure) {
    tell(failure.message());
    tell("Fix: " + failure.fix());
    if (logs == EngineSettings.Logs.VERBOSE) {
      failure.cause().ifPresent(this::trace);
    }
  }

  /** A PrintStream doesn't throw when it fails. Reported once, since it stays broken. */
  private void deliver(String text) {
    boolean lost = results.checkError();
    results.print(text);
    if (!lost && results.checkError()) {
      tell(
          "Cannot write to stdout: whoever read it has closed it, or its disk is full. From here on"
              + " results are lost there; the outcome and the exit code stand.");
      tell(
          "Fix: keep stdout open to the end. Of runs, the --result-file and the records under"
              + " _penstock/runs in the lake say the same.");
    }
  }

  private void trace(Throwable throwable) {
    StringWriter text = new StringWriter();
    throwable.printStackTrace(new PrintWriter(text, true));
    tell(text.toString().stripTrailing());
  }
}
