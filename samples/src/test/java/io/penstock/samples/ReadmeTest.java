package io.penstock.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.jobs.Job;
import io.penstock.jobs.result.ExitCode;
import io.penstock.samples.oracle.RawLake;
import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.Readme;
import io.penstock.samples.testing.TestLake;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README is correct; the output of its first commands is compared where they run. */
@Tag("spark")
class ReadmeTest {
  private static final Readme README = Readme.read();
  private static final Path REPOSITORY = RawLake.samplePath().getParent();
  private static final Path OWN_JOB = REPOSITORY.resolve("samples/src/test/resources/own-job/src");

  /** A command that is added here needs a test that runs it. */
  @Test
  void everyCommandIsRunByATest() {
    assertThat(README.commands())
        .containsExactly(
            // FirstCommandsTest, from here to the plan, in the JVM of the tests.
            "jobs/penstock run channel-report --with-upstream --date 2026-03-01",
            "jobs/penstock show mart/channel_report --where \"unique_users > 150\"",
            "cat data/export/channel_report/day=2026-03-01/channel_report.csv",
            "jobs/penstock plan channel-report --date 2026-03-01",
            // Whoever reads this has run it.
            "mvn -B --no-transfer-progress verify",
            // FirstCommandsTest.
            "jobs/penstock run channel-report --date 2026-03-01"
                + " --lake /data/lake --result-file result.json",
            "jobs/penstock run channel-report --from 2026-03-01 --to 2026-03-04",
            "jobs/penstock run monthly-channels channel-report --date 2026-03-01",
            // OwnJobProcessTest.
            "spark-submit --master spark://host:7077 --class io.penstock.jobs.Main"
                + " --jars penstock-jobs-0.1.0-SNAPSHOT-spark-submit.jar my-jobs.jar"
                + " run my-job --date 2026-03-01 --lake hdfs://…",
            // CheckTest.
            "jobs/penstock check --date 2026-03-01",
            // FirstCommandsTest, with nothing to recover; RecoveryTest of the engine, with
            // something.
            "jobs/penstock recover",
            // FirstCommandsTest.
            "jobs/penstock load-command export/channel_report --for postgres --date 2026-03-01",
            // ReadExportTest.
            "samples/read-export.py data/export/channel_report day=2026-03-01",
            // ShellScriptTest.
            "samples/shell");
  }

  @Test
  void theCommandForTheTestsIsTheOneOfTheBuildServer() {
    assertThat(REPOSITORY.resolve(".ci/run"))
        .content()
        .endsWith("\nmvn -B --no-transfer-progress verify\n");
  }

  /** Both are compiled and run by OwnJobProcessTest. */
  @Test
  void theSmallestProgramAndItsTestAreThoseOfTheProjectThatTheTestsBuild() {
    assertThat(OWN_JOB.resolve("main/java/com/example/VisitorsByPage.java"))
        .hasContent(README.beginning("package com.example;"));
    assertThat(OWN_JOB.resolve("test/java/com/example/VisitorsByPageTest.java"))
        .content()
        .contains("import static io.penstock.jobs.testing.JobTest.row;")
        .contains("import static io.penstock.jobs.testing.JobTest.rows;")
        .endsWith(README.beginning("class VisitorsByPageTest"));
  }

  /** The job is run by ChannelReportFilesTest. */
  @Test
  void theExportsShownAreThoseOfTheSampleJob() {
    assertThat(
            REPOSITORY.resolve("samples/src/main/java/io/penstock/samples/ChannelReportFiles.java"))
        .content()
        .contains(README.beginning("        .writes(\n            report.to(\n"));
  }

  /** It is run by ReadExportTest. */
  @Test
  void theProgramInPythonIsTheOneAmongTheSamples() {
    assertThat(REPOSITORY.resolve("samples/read-export.py"))
        .hasContent(README.beginning("#!/usr/bin/env python3"));
  }

  @Test
  void thePictureIsTheOneThatPlanDraws() {
    assertThat(REPOSITORY.resolve("samples/src/test/resources/plans/channel-report.mmd"))
        .hasContent(README.beginning("flowchart LR"));
  }

  /** The report with two slips stands for anybody's job. */
  @Test
  void theProblemsShownAreThoseOfAReportWithTwoSlips(@TempDir Path folder) throws Exception {
    String source =
        Files.readString(
                REPOSITORY.resolve("samples/src/main/java/io/penstock/samples/ChannelReport.java"))
            .replace("ChannelReport", "MyReport")
            .replace("\"channel-report\"", "\"my-report\"")
            .replace("count(DISTINCT userid) AS", "count(DISTINCT user_id) AS")
            .replace("\"sum(amount) AS", "\"summ(amount) AS");

    Ended ended =
        TestLake.landed()
            .penstock(
                List.of(compiled(folder, "MyReport", source)),
                "plan",
                "my-report",
                "--date=2026-02-20")
            .with(78);

    assertThat(ended.err()).contains(README.beginning("Pipeline 'my-report' is invalid"));
  }

  @Test
  void theTableOfExitCodesHoldsEveryCodeOnceAndInOrder() {
    String table = README.text().substring(README.text().indexOf("| exit code |"));

    assertThat(
            table
                .lines()
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .flatMap(line -> Stream.of(line.split("\\|", -1)[1].strip().split(", "))))
        .containsExactlyElementsOf(
            Arrays.stream(ExitCode.values())
                .map(code -> Integer.toString(code.number()))
                .sorted(Comparator.comparing(Integer::valueOf))
                .toList());
  }

  @Test
  void everyLinkLeadsToAFile() {
    assertThat(
            Pattern.compile("\\]\\(([^)#]+)\\)")
                .matcher(README.text())
                .results()
                .map(link -> REPOSITORY.resolve(link.group(1))))
        .isNotEmpty()
        .allSatisfy(file -> assertThat(file).exists());
  }

  private static Job compiled(Path folder, String name, String source) throws Exception {
    Path file = Files.writeString(folder.resolve(name + ".java"), source);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int result =
        compiler.run(
            null,
            null,
            null,
            "-classpath",
            System.getProperty("java.class.path"),
            "-d",
            folder.toString(),
            file.toString());
    assertThat(result).isZero();
    try (URLClassLoader loader = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      return (Job)
          loader.loadClass("io.penstock.samples." + name).getDeclaredConstructor().newInstance();
    }
  }
}
