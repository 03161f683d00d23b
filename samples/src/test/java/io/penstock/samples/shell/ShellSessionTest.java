package io.penstock.samples.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.testing.Page;
import io.penstock.samples.testing.TestLake;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The session's verbs in a real jshell, on a copy of the sample lake. */
@Tag("process")
@Timeout(120)
final class ShellSessionTest {
  private static final LocalDate DATE = LocalDate.of(2026, 3, 1);

  private static Path lake;
  private static ShellSession shell;
  private static long sessionsOfTheDay;

  @TempDir private Path scratch;

  @BeforeAll
  static void aLandedLake() throws IOException, SQLException {
    lake = TestLake.landed().copy().root();
    shell = ShellSession.open();
    shell.eval(
        "Rows sessions ="
            + " read(delta(\"raw/session_timestamp\").partition(Partition.daily(\"day\")));");
    try (RawLake raw = RawLake.sample()) {
      sessionsOfTheDay = raw.landSessions(DATE).rows().size();
    }
  }

  @AfterAll
  static void end() {
    shell.close();
  }

  @BeforeEach
  void aSessionOfItsOwn() {
    shell.eval("session = Session.at(\"%s\", \"%s\");".formatted(lake, scratch));
  }

  @Test
  void aVerbThatNeedsADateAsksForOne() {
    assertThat(shell.eval("show(sessions)"))
        .isEqualTo(
            """
            Cannot tell which day of these rows is meant: no date is set.
            Fix: set one, on("2026-03-01").
            """);
    assertThat(shell.eval("run(new MonthlyChannels().pipeline())"))
        .startsWith("Cannot tell which month of 'monthly-channels' is meant: no date is set.");
    assertThat(
            shell.eval(
                "count(read(delta(\"raw/session_transaction\")).where(\":to > TIMESTAMP'2026-03-01"
                    + " 00:00:00'\"))"))
        .contains("In a session, :from and :to are those of the date: on(\"2026-03-01\").");
  }

  @Test
  void rowsOfTheDateAreShownCountedAndDescribed() {
    shell.eval("on(\"" + DATE + "\")");

    assertThat(shell.eval("count(sessions)")).isEqualTo("%,d rows.%n", sessionsOfTheDay);
    assertThat(shell.eval("schema(sessions)"))
        .isEqualTo("sessionid STRING\nts TIMESTAMP\nday DATE\n");
    assertThat(shell.eval("show(sessions.orderBy(\"ts\").limit(3), 2)").lines())
        .hasSize(5)
        .startsWith(
            "sessionid  ts                          day",
            "string     timestamp                   date")
        .endsWith("The first 2 rows; there are more: show(rows, 10).");
  }

  @Test
  void aPlanIsExplained() {
    shell.eval("on(\"" + DATE + "\")");

    assertThat(shell.eval("explain(new ChannelReport().pipeline())"))
        .contains("Replaces\n  delta  mart/channel_report    day=2026-03-01  to be created")
        .contains("notNull(channel)", "Steps\n");
  }

  @Test
  void aRunWritesToTheScratchLakeAndLeavesTheLakeAsItIs() throws IOException {
    List<String> before = files(lake);
    shell.eval("on(\"" + DATE + "\")");

    String account = shell.eval("run(new ChannelReport().pipeline())");

    assertThat(account)
        .contains("delta mart/channel_report: 6 rows")
        .contains("Written to the scratch lake " + scratch + "; the lake is as it was.");
    assertThat(files(lake)).isEqualTo(before);
    assertThat(shell.eval("show(\"mart/channel_report\")"))
        .startsWith("In the scratch lake:\nday ")
        .endsWith("6 rows.\n");
    assertThat(shell.eval("count(read(delta(\"mart/channel_report\")))"))
        .contains("UNKNOWN_TABLE at read");
  }

  @Test
  void theSnippetsOfThePageDoWhatItSays() {
    Path copy = TestLake.landed().copy().root();
    shell.eval("session = Session.at(\"%s\", \"%s\");".formatted(copy, scratch));

    List<String> printed =
        Page.SAMPLES
            .beginning("on(\"2026-03-01\")")
            .lines()
            .map(line -> shell.eval(line.replaceFirst("\\s+// .*", "")))
            .toList();

    assertThat(printed)
        .noneSatisfy(output -> assertThat(output).contains("Cannot"))
        .noneSatisfy(output -> assertThat(output).contains("Fix: "));
    assertThat(printed)
        .map(output -> output.replace(scratch.toString(), "/tmp/penstock-scratch-"))
        .map(Page::ofAnyRun)
        .contains(Page.ofAnyRun(Page.SAMPLES.beginning("channel-report 2026-03-01, run ")));
    assertThat(printed).anyMatch(output -> output.startsWith("In the scratch lake:\n"));
    assertThat(copy.resolve("mart/channel_report")).exists();
  }

  @Test
  void mistakesAreToldWithoutAStackTrace() {
    shell.eval("on(\"" + DATE + "\")");

    assertThat(shell.eval("count(sessions.where(\"sesionid = 'a'\"))"))
        .contains("Cannot find 'sesionid'", "did you mean 'sessionid'")
        .doesNotContain("\tat ");
    assertThat(shell.eval("count(sessions.where(\"1 / length('') = 1\"))"))
        .contains("Division by zero")
        .contains("Fix: ")
        .doesNotContain("\tat ");
    assertThat(shell.eval("on(\"2026-03\")"))
        .isEqualTo(
            """
            Cannot set the date: '2026-03' is not one.
            Fix: write year-month-day, on("2026-03-01").
            """);
    assertThat(shell.eval("session = Session.at(\"/no/such/lake\", \"unused\"); count(sessions)"))
        .contains("no date is set");
    assertThat(shell.eval("on(\"" + DATE + "\"); count(sessions)"))
        .startsWith("There is no lake at '/no/such/lake'");
  }

  @Test
  void parametersAreSetForRowsAndForThePipelinesThatDeclareThem() {
    shell.eval("on(\"" + DATE + "\")");
    shell.eval(
        """
        Rows some = sessions.where("length(sessionid) >= :least");
        Pipeline chosen = Pipeline.named("chosen").parameters(Parameter.bigint("least"))
            .writes(some.to(delta("mart/chosen").overwrite(Partition.daily("day"))));
        Pipeline byDefault = Pipeline.named("by-default")
            .parameters(Parameter.integer("least").defaultsTo("99"))
            .writes(some.to(delta("mart/by_default").overwrite(Partition.daily("day"))));
        """);

    assertThat(shell.eval("count(some)"))
        .contains("':least'", "In a session, rows take the values that it is told: param(");
    assertThat(shell.eval("run(chosen)"))
        .isEqualTo(
            """
            Cannot run 'chosen' without its parameter 'least': it has no default.
            Fix: set it, param("least", …), of type LONG.
            """);
    assertThat(shell.eval("run(byDefault)")).contains("delta mart/by_default: 0 rows");
    assertThat(shell.eval("param(\"least\", 0)")).isEmpty();
    assertThat(shell.eval("count(some)")).isEqualTo("%,d rows.%n", sessionsOfTheDay);
    assertThat(shell.eval("explain(chosen)")).contains("Replaces\n  delta  mart/chosen");
    assertThat(shell.eval("run(chosen)"))
        .contains(String.format(Locale.ROOT, "delta mart/chosen: %,d rows", sessionsOfTheDay));
  }

  @Test
  void transformsTakeLambdas() {
    shell.eval("on(\"" + DATE + "\")");
    shell.eval(
        """
        Rows upper = sessions.select("sessionid").transform("upper", SparkTransform.of(frame ->
            frame.map(
                (org.apache.spark.api.java.function.MapFunction<
                        org.apache.spark.sql.Row, org.apache.spark.sql.Row>)
                    row -> org.apache.spark.sql.RowFactory.create(row.getString(0).toUpperCase()),
                frame.encoder())));
        """);

    assertThat(shell.eval("count(upper.where(\"sessionid = upper(sessionid)\"))"))
        .isEqualTo("%,d rows.%n", sessionsOfTheDay);
  }

  @Test
  void aStopCancelsTheSparkJobAndTheSessionGoesOn() throws Exception {
    shell.eval("on(\"" + DATE + "\")");
    try (ServerSocket server = new ServerSocket(0)) {
      server.setSoTimeout(180_000);
      shell.eval(
          """
          Rows waiting = sessions.transform("wait", SparkTransform.of(frame ->
              frame.map(
                  (org.apache.spark.api.java.function.MapFunction<
                          org.apache.spark.sql.Row, org.apache.spark.sql.Row>)
                      row -> {
                        try (var begun = new java.net.Socket("localhost", %s)) {
                          begun.getOutputStream().write(1);
                          new java.util.concurrent.CountDownLatch(1).await();
                        }
                        return row;
                      },
                  frame.encoder())));
          """
              .formatted(server.getLocalPort()));
      for (int time = 1; time <= 2; time++) {
        FutureTask<String> counting = new FutureTask<>(() -> shell.eval("count(waiting)"));
        new Thread(counting).start();
        try (Socket task = server.accept()) {
          assertThat(task.getInputStream().read()).isEqualTo(1);

          shell.stop();

          assertThat(task.getInputStream().read()).as("the end of the task").isEqualTo(-1);
          assertThat(counting.get()).isEqualTo("Stopped.\n");
        }
      }
    }
    assertThat(shell.eval("count(sessions)")).isEqualTo("%,d rows.%n", sessionsOfTheDay);
  }

  private static List<String> files(Path root) throws IOException {
    try (Stream<Path> paths = Files.walk(root)) {
      return paths.map(Path::toString).sorted().toList();
    }
  }
}
