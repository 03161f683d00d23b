package io.penstock.samples;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.jobs.result.RedactedStream;
import io.penstock.jobs.result.Redaction;
import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.TestLake;
import io.penstock.spec.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * A secret that a job is given, and one that the engine is given, are in nothing that whole runs
 * leave behind: with everything logged, however they end.
 */
class SecretRunsTest {
  private static final String TOKEN = "s3cr'et \\q\"7+x/é";
  private static final String KEY = "k3y%/ of+the\\lake";
  private static final String SETTING = "spark.hadoop.fs.s3a.secret.key=" + KEY;

  private final ByteArrayOutputStream raw = new ByteArrayOutputStream();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();

  @Test
  void secretsAppearInNothingThatRunsLeaveBehind() throws IOException {
    TestLake lake = TestLake.empty();
    lake.write("raw/words", "SELECT * FROM VALUES ('a', 'b'), ('c', 'd') AS t(word, other)");
    List<String> written = new ArrayList<>();

    runs()
        .forEach(
            (name, run) -> {
              Ended ended =
                  logged(lake, job(name, run.rows()), "run", name, "--verbose")
                      .with(run.exitCode());
              written.addAll(List.of(ended.out(), ended.err()));
            });
    Job filters = job("filters", runs().get("filters").rows());
    for (String format : List.of("text", "json", "mermaid")) {
      written.add(logged(lake, filters, "plan", "filters", "--format", format).well().out());
    }

    // The engine does log the value that its readers look for; what hides it is put to the test.
    assertThat(raw.toString(StandardCharsets.UTF_8)).contains("Pushed Filters", TOKEN);
    written.add(log.toString(StandardCharsets.UTF_8));
    assertThat(written).anyMatch(text -> text.contains("Pushed Filters"));
    try (Stream<Path> files = Files.walk(lake.root())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        written.add(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(written).anyMatch(text -> text.contains("\"parameters\":{\"token\":\"***\"}"));
    for (String secret : List.of(TOKEN, KEY)) {
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
    return runs;
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

  /** Runs the program as its main class does: what others print goes through the same redaction. */
  private Ended logged(TestLake lake, Job job, String... command) {
    List<String> words = new ArrayList<>(List.of(command));
    words.addAll(List.of("--param", "token=" + TOKEN, "--conf", SETTING));
    PrintStream before = System.err;
    PrintStream redacted =
        new PrintStream(
            new RedactedStream(log, Redaction.ofArguments(words)), true, StandardCharsets.UTF_8);
    System.setErr(
        new PrintStream(raw, true, StandardCharsets.UTF_8) {
          @Override
          public void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            redacted.write(bytes, offset, length);
          }
        });
    try {
      return lake.penstock(List.of(job), words.toArray(String[]::new));
    } finally {
      System.setErr(before);
      redacted.flush();
    }
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
