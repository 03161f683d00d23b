package io.penstock.jobs.cli;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.jobs.Job;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.spec.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Secrets are planted wherever a user can put one, and the engine echoes them in every form: they
 * are in nothing that the program prints, writes or records.
 */
class PlantedSecretsTest {
  private static final List<String> PIECES =
      List.of(
          "'", "\"", "\\", "%2F", "%", "+", " ", "&", "=", "$", "${x}", "\n", "\t", "`", "é", "서울",
          "😀", "<", ">", ",", ";", "hunter", "Q7x", "k/9", "#", "?");

  /** Some begin as paths, options or other texts do. */
  private static final List<String> STARTS = List.of("", "", "", "/", "//", "-", "~", "+");

  @TempDir Path directory;

  @Test
  void hostileSecretsAppearNowhere() throws IOException {
    long seed = Long.getLong("penstock.seed", System.nanoTime());
    System.out.println("Seed of planted secrets: -Dpenstock.seed=" + seed);
    Random random = new Random(seed);
    for (int i = 0; i < 100; i++) {
      Planted planted = Planted.by(random);
      Program program = program(i, planted);

      program.run(words(planted));

      assertNowhere(program, planted);
    }
  }

  @Test
  void aSecretInAnOptionThatIsWrongAppearsNowhere() throws IOException {
    Planted planted = Planted.by(new Random(1));
    for (String[] wrong :
        new String[][] {
          {"run", "daily-sales", "--parm", "token=" + planted.parameter()},
          {"run", "daily-sales", "--param=token=" + planted.parameter(), "--date", "x"},
          {"run", "token=" + planted.parameter()},
          {"plan", "daily-sales", "--conf=a.password=" + planted.setting(), "--format", "none"},
          {"show", "password=" + planted.setting()},
          {"recover", "password=" + planted.setting()}
        }) {
      Program program = program(wrong.length + wrong[1].hashCode(), planted);

      assertThat(program.run(wrong)).isNotZero();

      assertNowhere(program, planted);
    }
  }

  @Test
  void aSecretThatIsAJobsDefaultAppearsNowhere() throws IOException {
    Planted planted = Planted.by(new Random(2));
    String setting = "--conf=spark.hadoop.fs.s3a.secret.key=" + planted.setting();
    for (String[] words :
        new String[][] {
          {"list", "--json"},
          {"plan", "signed-sales", "--date", "2026-03-01", setting},
          {"run", "signed-sales", "--date", "2026-03-01", setting, "--verbose"}
        }) {
      Program program = program(List.of(words).hashCode(), planted);
      program.with(() -> JobRegistry.of(List.of(signedSales(planted.parameter()))));
      program.engine.failing("signed-sales", echo(planted));

      assertThat(program.run(words)).isEqualTo(words[0].equals("run") ? 65 : 0);

      assertNowhere(program, planted);
    }
  }

  private static Job signedSales(String secret) {
    Rows sales = read(delta("raw/sales").partition(Jobs.DAY)).where("token <> :token");
    return () ->
        Pipeline.named("signed-sales")
            .parameters(Parameter.string("token").defaultsTo(secret))
            .writes(sales.to(delta("mart/signed_sales").overwrite(Jobs.DAY)));
  }

  private Program program(int number, Planted planted) {
    Program program = new Program(directory.resolve("run-" + number));
    program.with(
        Map.of(
            "AWS_SECRET_ACCESS_KEY", planted.variable(),
            "PENSTOCK_LAKE", planted.lake(),
            "PENSTOCK_COMMAND", "bin/penstock"));
    program.lake.holding("raw/sales", Jobs.day("2026-03-01"));
    program.lake.holding("raw/products");
    program.engine.failing("daily-sales", echo(planted));
    return program;
  }

  private static String[] words(Planted planted) {
    return new String[] {
      "run",
      "daily-sales",
      "--date",
      "2026-03-01",
      "--verbose",
      "--result-file",
      "result.json",
      "--param",
      "token=" + planted.parameter(),
      "--conf",
      "spark.hadoop.fs.s3a.secret.key=" + planted.setting()
    };
  }

  /** What an engine may say that knows them all. */
  private static Failure echo(Planted planted) {
    String told =
        String.join(" | ", planted.secrets().stream().flatMap(PlantedSecretsTest::forms).toList());
    return new Failure(
        FailureKind.DATA,
        "CAST_INVALID_INPUT",
        "Cannot use what follows:\n" + told,
        "use another than " + told,
        Optional.of(new IllegalStateException(told, new IOException(told))));
  }

  private void assertNowhere(Program program, Planted planted) throws IOException {
    List<String> written = new ArrayList<>(List.of(program.out(), program.err()));
    written.addAll(program.lake.records());
    try (Stream<Path> files = Files.walk(directory)) {
      files.filter(Files::isRegularFile).map(PlantedSecretsTest::content).forEach(written::add);
    }
    for (String secret : planted.secrets()) {
      forms(secret).forEach(form -> assertThat(written).noneMatch(text -> text.contains(form)));
    }
  }

  private static String content(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
        Base64.getUrlEncoder().withoutPadding().encodeToString(bytes),
        secret.replace("\\", "\\\\").replace("'", "\\'"),
        secret.replace("'", "'\\''"),
        Program.quotedAsJson(secret));
  }

  /**
   * One secret for each place.
   *
   * @param password of a lake's URL, as it stands there; {@code ://} would begin another URL
   */
  private record Planted(String parameter, String setting, String variable, String password) {
    static Planted by(Random random) {
      return new Planted(
          secret(random),
          secret(random),
          secret(random),
          secret(random).replaceAll("\\s", "").replaceAll("^//", "/"));
    }

    private static String secret(Random random) {
      StringBuilder secret = new StringBuilder(STARTS.get(random.nextInt(STARTS.size())));
      secret.append("s3cr").append(random.nextInt(1_000_000));
      int pieces = 1 + random.nextInt(6);
      for (int i = 0; i < pieces; i++) {
        secret.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      return secret + "e7";
    }

    String lake() {
      return "s3a://AKIAKEY:" + password + "@bucket/lake";
    }

    List<String> secrets() {
      return List.of(parameter, setting, variable, password);
    }
  }
}
