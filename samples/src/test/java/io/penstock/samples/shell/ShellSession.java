package io.penstock.samples.shell;

import io.penstock.samples.testing.ProcessBudget;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;

/**
 * jshell with the startup script of {@code samples/shell}, controlled by a program: the snippets
 * run in a JVM of their own, and a stop acts there like Ctrl-C.
 */
final class ShellSession implements AutoCloseable {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final JShell shell;

  private ShellSession() {
    ProcessBudget.spend(1);
    String classPath = System.getProperty("java.class.path");
    PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    this.shell =
        JShell.builder()
            .compilerOptions("-classpath", classPath)
            .remoteVMOptions(
                "-classpath",
                classPath,
                "@" + ShellScriptTest.REPOSITORY.resolve("jobs/jvm.options"),
                "-XX:+UseSerialGC",
                // The session is short: what the second compiler would gain is not earned back.
                "-Dspark.sql.codegen.wholeStage=false",
                "-Dspark.sql.codegen.factoryMode=NO_CODEGEN",
                "-Duser.timezone=America/New_York")
            .out(out)
            .err(out)
            .build();
  }

  static ShellSession open() throws IOException {
    ShellSession session = new ShellSession();
    session.eval(
        Files.readString(
            ShellScriptTest.REPOSITORY.resolve("samples/src/main/jshell/penstock.jsh")));
    return session;
  }

  /** Evaluates the snippets, and returns what they print. */
  String eval(String snippets) {
    printed.reset();
    String rest = snippets;
    while (!rest.isBlank()) {
      SourceCodeAnalysis.CompletionInfo next = shell.sourceCodeAnalysis().analyzeCompletion(rest);
      evalOne(next.source());
      rest = next.remaining();
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  private void evalOne(String source) {
    List<SnippetEvent> events = shell.eval(source);
    for (SnippetEvent event : events) {
      if (event.status() == Snippet.Status.REJECTED) {
        throw new AssertionError(
            source
                + "\n"
                + shell.diagnostics(event.snippet()).map(d -> d.getMessage(null)).toList());
      }
      if (event.exception() != null) {
        throw new AssertionError(source, event.exception());
      }
    }
  }

  /** Acts like Ctrl-C. */
  void stop() {
    shell.stop();
  }

  @Override
  public void close() {
    shell.close();
  }
}
