package io.penstock.samples;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.jobs.cli.CliContext;
import io.penstock.jobs.cli.CommandLineProgram;
import io.penstock.jobs.cli.EngineFinder;
import io.penstock.jobs.launch.Launch;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.run.Console;
import io.penstock.jobs.run.Stop;
import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.TestLake;
import io.penstock.spark.SparkTransform;
import io.penstock.spec.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Secrets of a job and of the engine, passed by options, spark-submit or the environment, are in
 * none of the files and outputs of whole runs, however the runs end and with everything logged. The
 * program starts like its process, with streams of the test.
 */
@Tag("spark")
class SecretRunsTest {
  private static final String TOKEN = "s3cr'et \\q\"7+x/é";
  private static final String KEY = "k3y%/ of+the\\lake";
  private static final String SETTING = "spark.hadoop.fs.s3a.secret.key=" + KEY;
  private static final String SUBMITTED = "5ubm1t'ted \\$x";
  private static final String PROPERTY = "pr0p/erty+é";
  private static final String VARIABLE = "/v4r14bl3+in/Base64=";
  private static final String PASSWORD = "p4ss/w0rd";
  private static final List<String> SECRETS =
      List.of(TOKEN, KEY, SUBMITTED, PROPERTY, VARIABLE, PASSWORD);

  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();

  @Test
  void secretsAppearInNothingThatRunsLeaveBehind() throws IOException {
    TestLake lake = TestLake.empty();
    lake.write("raw/words", "SELECT * FROM VALUES ('a', 'b'), ('c', 'd') AS t(word, other)");
    List<String> written = new ArrayList<>();

    runs()
        .forEach(
            (name, run) -> {
              Ended ended =
                  started(lake, job(name, run.rows()), "run", name, "--verbose")
                      .with(run.exitCode());
              assertThat(ended.lines()).as("results, and nothing that others print").hasSize(1);
              written.addAll(List.of(ended.out(), ended.err()));
            });
    Job filters = job("filters", runs().get("filters").rows());
    for (String format : List.of("text", "json", "mermaid")) {
      Ended plan = started(lake, filters, "plan", "filters", "--format", format).well();
      written.addAll(List.of(plan.out(), plan.err()));
    }

    // The engine does log the value that its readers look for, and jobs print what they know; what
    // hides it is put to the test.
    assertThat(raw.toString(StandardCharsets.UTF_8)).contains("Pushed Filters").contains(SECRETS);
    assertThat(written).anyMatch(text -> text.contains("Pushed Filters"));
    assertThat(written).anyMatch(text -> text.contains("printed by a job"));
    assertThat(written).anyMatch(text -> text.contains("spark-submit --conf"));
    try (Stream<Path> files = Files.walk(lake.root())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        written.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(written).anyMatch(text -> text.contains("\"parameters\":{\"token\":\"***\"}"));
    for (String secret : SECRETS) {
      forms(secret)
          .forEach(
              form ->
                  assertThat(written)
                      .as(form)
                      .noneMatch(text -> text.contains(form) || text.contains(inLatin1(form))));
    }
  }

  private record Run(int exitCode, UnaryOperator<Rows> rows) {}

  private static Map<String, Run> runs() {
    Map<String, Run> runs = new LinkedHashMap<>();
    runs.put("filters", new Run(0, rows -> rows.where("word <> :token")));
    runs.put("casts", new Run(65, rows -> rows.with("n", "CAST(concat(:token, word) AS INT)")));
    runs.put("raises", new Run(65, rows -> rows.with("n", "CAST(raise_error(:token) AS STRING)")));
    runs.put("refuses", new Run(65, rows -> rows.expect(satisfies("word = :token"))));
    runs.put("misspells", new Run(78, rows -> rows.where("wrd = :token")));
    runs.put("prints", new Run(0, rows -> rows.transform("print", printing())));
    runs.put("throws", new Run(78, rows -> rows.transform("throw", throwing())));
    return runs;
  }

  private static SparkTransform printing() {
    return rows -> {
      System.out.println("printed by a job: " + String.join(" | ", SECRETS));
      System.err.println("told by a job: " + String.join(" | ", SECRETS));
      return rows;
    };
  }

  private static SparkTransform throwing() {
    return rows -> {
      throw new IllegalStateException(String.join(" | ", SECRETS));
    };
  }

  private static Job job(String name, UnaryOperator<Rows> rows) {
    return () -> {
      Rows result = rows.apply(read(delta("raw/words")));
      return Pipeline.named(name)
          .parameters(Parameter.string("token"))
          .writes(
              result.to(delta("mart/" + name).overwrite()),
              result.to(csv("export/" + name).overwrite()));
    };
  }

  private Ended started(TestLake lake, Job job, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--param", "token=" + TOKEN, "--conf", SETTING));
    Launch launch =
        new Launch(
            words,
            List.of("--conf", "spark.hadoop.fs.s3a.session.token=" + SUBMITTED, "my.jar"),
            Map.of("spark.hadoop.fs.azure.account.key", PROPERTY),
            Map.of(
                "PENSTOCK_LAKE",
                lake.root().toString(),
                "AWS_SECRET_ACCESS_KEY",
                VARIABLE,
                "https_proxy",
                "http://user:" + PASSWORD + "@proxy:3128"));
    PrintStream outBefore = System.out;
    PrintStream errBefore = System.err;
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    System.setOut(stream(out));
    System.setErr(stream(err));
    try {
      Console console = launch.console(System.out, System.err, Console.Screen.LOG);
      System.setOut(alsoRaw(System.out));
      System.setErr(alsoRaw(System.err));
      int exitCode =
          CommandLineProgram.execute(
              words,
              new CliContext(
                  console,
                  () -> JobRegistry.of(List.of(job)),
                  EngineFinder::find,
                  launch.environment(),
                  lake.root(),
                  Clock.systemUTC(),
                  new Stop(Stop.Limits.DEFAULT, reason -> {})));
      return new Ended(exitCode, text(out), text(err));
    } finally {
      System.setOut(outBefore);
      System.setErr(errBefore);
    }
  }

  /** The stream, which shows the test what it is given before any secret is taken out. */
  private PrintStream alsoRaw(PrintStream redacted) {
    return new PrintStream(raw, true, StandardCharsets.UTF_8) {
      @Override
      public void write(byte[] bytes, int offset, int length) {
        super.write(bytes, offset, length);
        redacted.write(bytes, offset, length);
      }
    };
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static Stream<String> forms(String secret) {
    byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
    String url = URLEncoder.encode(secret, StandardCharsets.UTF_8);
    return Stream.of(
        secret,
        url,
        url.replace("+", "%20"),
        Base64.getEncoder().encodeToString(bytes),
        Base64.getEncoder().withoutPadding().encodeToString(bytes),
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        secret.replace("\\", "\\\\").replace("'", "\\'"),
        secret.replace("\\", "\\\\").replace("\"", "\\\""));
  }

  /** As the bytes of a file were read. */
  private static String inLatin1(String text) {
    return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
