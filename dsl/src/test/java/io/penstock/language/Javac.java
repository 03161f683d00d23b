package io.penstock.language;

import com.sun.source.util.JavacTask;
import io.penstock.dsl.Penstock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles one line of a job against the class path of the tests; makes no class file. */
final class Javac {
  private static final JavaCompiler COMPILER = ToolProvider.getSystemJavaCompiler();
  private static final String IMPORTS =
      ("import static %s.*; import io.penstock.dsl.*;"
              + " import io.penstock.plan.*; import io.penstock.spec.*;")
          .formatted(Penstock.class.getName());
  private static final String BEFORE =
      IMPORTS
          + """

          class Job {
            static final Partition DAY = Partition.daily("day");
            static final Rows sessions = read(delta("raw/sessions"));
            static final Rows payments = read(delta("raw/payments"));
            static final Sink sink = delta("mart/report").overwrite(DAY);
            static void line() {
          """;
  private static final String AFTER = "\n  }\n}\n";

  private Javac() {}

  /**
   * An error of the compiler.
   *
   * @param code javac's own key, the same in every language: {@code compiler.err.cant.resolve…}
   * @param at the source that it is about
   */
  record Refusal(String code, String at) {}

  /** What the compiler has against a line; empty when it compiles. */
  static List<Refusal> refusals(String line) {
    String program = BEFORE + line + AFTER;
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    List<String> options = List.of("-proc:none", "-cp", System.getProperty("java.class.path"));
    try (StandardJavaFileManager files =
        COMPILER.getStandardFileManager(found, Locale.ROOT, null)) {
      JavacTask task =
          (JavacTask)
              COMPILER.getTask(null, files, found, options, null, List.of(new Program(program)));
      task.analyze();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.getDiagnostics().stream()
        .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
        .map(diagnostic -> new Refusal(diagnostic.getCode(), source(diagnostic, program)))
        .toList();
  }

  private static String source(Diagnostic<?> diagnostic, String program) {
    return program.substring(
        (int) diagnostic.getStartPosition(), (int) diagnostic.getEndPosition());
  }

  private static final class Program extends SimpleJavaFileObject {
    private final String text;

    Program(String text) {
      super(URI.create("string:///Job.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
