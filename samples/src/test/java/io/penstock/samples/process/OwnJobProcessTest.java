package io.penstock.samples.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.jobs.cli.CliContext;
import io.penstock.jobs.cli.CommandLineProgram;
import io.penstock.jobs.cli.EngineFinder;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.result.Redaction;
import io.penstock.jobs.run.Console;
import io.penstock.jobs.run.Stop;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/**
 * A job from a project outside this repository: its own test, Penstock's command line, and
 * spark-submit on one machine and on a cluster.
 */
@Tag("process")
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class OwnJobProcessTest {
  private static final List<String> RUN =
      List.of("run", "visitors-by-page", "--date", "2026-03-01");
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private static Path shared;
  private static OwnJob job;
  private static SparkInstallation spark;

  @TempDir private Path lake;

  @BeforeAll
  static void buildProject() throws IOException {
    job = OwnJob.build(shared);
    spark = SparkInstallation.make();
  }

  @BeforeEach
  void fillLake() throws IOException {
    Path arrivals = Files.createDirectories(lake.resolve("arrivals/visits/2026-03-01"));
    Files.writeString(arrivals.resolve("a.csv"), "page,visitor\nhome,1\nhome,1\n\"a, b\",1\n");
    Files.writeString(arrivals.resolve("b.csv"), "page,visitor\nhome,2\n");
  }

  @Test
  void itsOwnTestPasses() throws Exception {
    TestExecutionSummary summary =
        seeing(
            List.of(job.classes(), job.testClasses()),
            () -> {
              SummaryGeneratingListener listener = new SummaryGeneratingListener();
              Class<?> test =
                  Thread.currentThread()
                      .getContextClassLoader()
                      .loadClass("com.example.VisitorsByPageTest");
              LauncherFactory.create()
                  .execute(
                      LauncherDiscoveryRequestBuilder.request()
                          .selectors(selectClass(test))
                          .build(),
                      listener);
              return listener.getSummary();
            });

    assertThat(summary.getFailures()).isEmpty();
    assertThat(summary.getTestsSucceededCount()).isEqualTo(1);
  }

  @Test
  void theCommandLineFindsItOnTheClassPath() throws Exception {
    ByteArrayOutputStream results = new ByteArrayOutputStream();
    ByteArrayOutputStream account = new ByteArrayOutputStream();
    List<String> words = new ArrayList<>(RUN);
    words.addAll(List.of("--lake", lake.toString()));
    CliContext context =
        new CliContext(
            new Console(
                stream(results),
                stream(account),
                Console.Screen.LOG,
                CommandLineProgram.logs(words),
                Redaction.none()),
            JobRegistry::onClassPath,
            EngineFinder::find,
            Map.of(),
            lake,
            Clock.systemUTC(),
            new Stop(Stop.Limits.DEFAULT, reason -> {}));

    int exitCode = seeing(List.of(job.jar()), () -> CommandLineProgram.execute(words, context));

    assertSucceeded(exitCode, text(results).lines().toList(), text(account));
  }

  @Test
  void sparkSubmitRunsItOnOneMachine() throws Exception {
    assertSucceeded(submit(0, "--master", "local[2]"));
  }

  @Test
  void sparkSubmitRunsItOnACluster() throws Exception {
    try (StandaloneCluster cluster = StandaloneCluster.start()) {
      PenstockProcess.Ended ended =
          submit(
              1,
              "--master",
              cluster.master(),
              "--conf",
              "spark.executor.memory=1g",
              "--conf",
              "spark.sql.shuffle.partitions=2",
              "--conf",
              "spark.databricks.delta.snapshotPartitions=1");

      assertSucceeded(ended);
    }
  }

  /** The line of the page: Penstock beside the jar with the jobs. */
  private PenstockProcess.Ended submit(int executors, String... options) throws Exception {
    // The JVM of a user whose locale has digits of its own, far from UTC.
    List<String> command =
        new ArrayList<>(
            List.of("-Duser.language=ar", "-Duser.country=EG", "-Duser.timezone=Asia/Seoul"));
    command.add("org.apache.spark.deploy.SparkSubmit");
    command.addAll(List.of(options));
    command.addAll(List.of("--conf", "spark.ui.enabled=false"));
    command.addAll(List.of("--class", "io.penstock.jobs.Main"));
    command.addAll(List.of("--jars", Repository.jarForSparkSubmit().toString()));
    command.add(job.jar().toString());
    command.addAll(RUN);
    command.addAll(List.of("--lake", lake.toString()));
    try (PenstockProcess process = PenstockProcess.start(spark.classPath(), command, executors)) {
      return process.await();
    }
  }

  private void assertSucceeded(PenstockProcess.Ended ended) throws IOException {
    assertSucceeded(ended.exitCode(), ended.results(), ended.account());
    assertThat(ended.account()).as("Spark's log").doesNotContain("Running Spark version");
  }

  private void assertSucceeded(int exitCode, List<String> results, String account)
      throws IOException {
    assertThat(exitCode).as(account).isZero();
    assertThat(results).as(account).hasSize(1);
    JsonNode line = JSON.readTree(results.get(0));
    assertThat(line.path("status").asText()).isEqualTo("SUCCEEDED");
    assertThat(line.path("outputs").path(0).path("rows").asInt()).isEqualTo(2);
    assertThat(lake.resolve("mart/visitors_by_page/_delta_log/00000000000000000000.json")).exists();
    assertThat(lake.resolve("export/visitors_by_page/day=2026-03-01/visitors_by_page.csv"))
        .content()
        .startsWith("day,page,visitors\n")
        .contains("2026-03-01,home,2\n")
        .contains("2026-03-01,\"a, b\",1\n");
  }

  private interface Action<T> {
    T run() throws Exception;
  }

  /** Does something where these places are on the class path. */
  private static <T> T seeing(List<Path> places, Action<T> action) throws Exception {
    List<URL> urls = new ArrayList<>();
    for (Path place : places) {
      urls.add(place.toUri().toURL());
    }
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (URLClassLoader loader = new URLClassLoader(urls.toArray(URL[]::new), before)) {
      thread.setContextClassLoader(loader);
      return action.run();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
