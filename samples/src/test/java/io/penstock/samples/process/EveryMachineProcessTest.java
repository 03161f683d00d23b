package io.penstock.samples.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.TestLake;
import io.penstock.spark.testing.MachineFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The launcher as a user calls it, on machines unlike this one: they speak other languages in other
 * zones, the user has no home, and neither the installation nor the working directory can be
 * written to. What a task leaves is everywhere what it leaves here, name by name and byte by byte.
 */
@Tag("process")
@Tag("full-proofs")
@Timeout(value = 900, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class EveryMachineProcessTest {
  private static final List<String> RUN = List.of("run", "channel-report", "--date", "2026-03-01");
  private static final List<String> MASTER = List.of("--master", "local[2]");
  private static final List<String> TABLES =
      List.of(
          "raw/session_timestamp",
          "raw/_quarantine/session_timestamp",
          "raw/user_session_channel",
          "raw/session_transaction",
          "mart/channel_report");
  private static final String EXPORT = "export/channel_report/day=2026-03-01/channel_report.csv";

  @TempDir private static Path shared;
  private static Installation installation;
  private static MachineFault noWriting;
  private static Path workingDirectory;
  private static TestLake landed;
  private static Map<String, String> plain;

  @BeforeAll
  static void installWhereNothingCanBeWritten() throws Exception {
    Path machine = Files.createDirectory(shared.resolve("machine"));
    noWriting = MachineFault.readOnly(machine);
    Path tools = Files.createDirectory(shared.resolve("tools"));
    installation = Installation.build(machine.resolve("penstock"), tools);
    workingDirectory = Files.createDirectory(machine.resolve("here"));
    landed = arrived();
    landed.penstock("run", "land-channels", "land-payments").well();
    landed.penstock("run", "land-sessions", "--date", "2026-03-01").well();
    TestLake here = TestLake.copyOf(landed.root());
    Ended ended = here.penstock(words(here, RUN, MASTER)).well();
    plain = leftBehind(here, ended.out());
    noWriting.begin();
  }

  @AfterAll
  static void letTheFoldersBeRemoved() {
    noWriting.end();
  }

  /** Numbers of all sizes, both ends of a day, and letters whose case is a matter of language. */
  private static TestLake arrived() {
    return TestLake.empty()
        .deliver(
            "session_timestamp/2026-03-01/part-0.csv",
            """
            sessionid,ts
            s1,2026-03-01T00:00:00.000000Z
            s2,2026-03-01T12:30:15.250000Z
            s3,2026-03-01T23:59:59.999999Z
            """)
        .deliver(
            "session_timestamp/2026-03-02/part-0.csv",
            """
            sessionid,ts
            s4,2026-03-01T22:00:00.000000Z
            s5,2026-03-02T00:00:00.000000Z
            """)
        .deliver(
            "user_session_channel/part-0.csv",
            """
            userid,sessionid,channel
            1,s1,INDIA ı İ i
            1234567,s2,유튜브 🎉
            3,s3,"paid, search"
            9223372036854775807,s4,"paid, search"
            """)
        .deliver(
            "session_transaction/part-0.csv",
            """
            sessionid,refunded,amount
            s1,false,1234567.89
            s2,true,29.90
            s3,false,0.01
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "-Duser.language=ar -Duser.country=EG, Africa/Cairo",
    "-Duser.language=fa -Duser.country=IR, Asia/Tehran",
    "-Duser.language=tr -Duser.country=TR, America/St_Johns",
    "-Duser.language=th -Duser.country=TH -Duser.extensions=u-ca-buddhist-nu-thai,"
        + " Pacific/Kiritimati"
  })
  void aTaskLeavesWhatItLeavesHere(String language, String zone) throws Exception {
    TestLake lake = TestLake.copyOf(landed.root());
    List<String> command = new ArrayList<>(List.of(installation.launcher()));
    command.addAll(List.of(words(lake, RUN, MASTER)));
    ProcessBuilder builder = new ProcessBuilder(command).directory(workingDirectory.toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("PATH", "/usr/bin:/bin");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("LC_ALL", "C");
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put(
        "PENSTOCK_JAVA_OPTIONS",
        "%s -Duser.timezone=%s -Duser.home=/nonexistent -XX:TieredStopAtLevel=1 -Xmx1g"
            .formatted(language, zone));

    try (PenstockProcess process = PenstockProcess.start(builder)) {
      PenstockProcess.Ended ended = process.await();

      assertThat(ended.exitCode()).as(ended.account()).isZero();
      assertThat(ended.account()).contains("  done in ").doesNotContain("WARN");
      assertThat(leftBehind(lake, String.join("\n", ended.results()) + "\n")).isEqualTo(plain);
    }
  }

  private static String[] words(TestLake lake, List<String> words, List<String> more) {
    return Stream.of(words, List.of("--lake", lake.root().toString()), more)
        .flatMap(List::stream)
        .toArray(String[]::new);
  }

  /** All names and all texts below a lake, the rows of its tables, and what was printed. */
  private static Map<String, String> leftBehind(TestLake lake, String printed) throws IOException {
    Map<String, String> left = new TreeMap<>();
    left.put("stdout", ofAnyRun(lake, printed));
    try (Stream<Path> files = Files.walk(lake.root())) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = lake.root().relativize(file).toString();
        String content = "";
        if (name.endsWith(".csv")) {
          content = Files.readString(file);
        } else if (name.endsWith(".json")) {
          content = ofAnyRun(lake, Files.readString(file));
        }
        left.merge(ofAnyRun(lake, name), content, (one, other) -> one + other);
      }
    }
    for (String table : TABLES) {
      left.put(
          "rows of " + table,
          lake.table(table).toJSON().collectAsList().stream().sorted().toList().toString());
    }
    assertThat(left.get(EXPORT)).contains("INDIA ı İ i,1,1,1234567.89,1234567.89\n");
    return left;
  }

  private static String ofAnyRun(TestLake lake, String text) {
    return text.replace(lake.root().toString(), "/lake")
        .replaceAll("[0-9]{8}T[0-9]{9}Z-[0-9a-f]{8}", "RUN")
        .replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22}", "UUID")
        .replaceAll("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}[.][0-9]+Z", "TIME")
        .replaceAll("(\"[A-Za-z]*(?:Ms|[tT]ime|[tT]imestamp|lastUpdated)\" ?: ?)[0-9]+", "$1N")
        .replaceAll("(\"txnId\" ?: ?)\"[^\"]*\"", "$1ID");
  }
}
