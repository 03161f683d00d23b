package io.penstock.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.jobs.Job;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.shell.Session;
import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.Page;
import io.penstock.samples.testing.Source;
import io.penstock.samples.testing.TestLake;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The pages are correct; the output of their commands is compared where they run. */
@Tag("spark")
class PagesTest {
  private static final Path REPOSITORY = Page.repository();
  private static final Path OWN_JOB = REPOSITORY.resolve("samples/src/test/resources/own-job/src");

  /** A command that is added here needs a test that runs it. */
  @Test
  void everyCommandIsRunByATest() {
    assertThat(Page.FOR_USERS.stream().flatMap(page -> page.commands().stream()))
        .containsExactly(
            // FirstCommandsTest, from here to the export, in the JVM of the tests.
            "jobs/penstock run channel-report --with-upstream --date 2026-03-01",
            "jobs/penstock show mart/channel_report --where \"unique_users > 150\"",
            "cat data/export/channel_report/day=2026-03-01/channel_report.csv",
            // Whoever reads this has run it.
            "mvn -B --no-transfer-progress verify",
            // FirstCommandsTest.
            "jobs/penstock plan channel-report --date 2026-03-01",
            "jobs/penstock run channel-report --date 2026-03-01"
                + " --lake /data/lake --result-file result.json",
            "jobs/penstock run channel-report --from 2026-03-01 --to 2026-03-04",
            "jobs/penstock run monthly-channels channel-report --date 2026-03-01",
            // WholeDeliveriesTest, with a job of its own.
            "jobs/penstock run daily-sales --date 2026-12-25"
                + " --accept 'rows(within(0.5).ofLast(7))' --reason 'closed on Christmas'",
            // OwnJobProcessTest.
            "spark-submit --master spark://host:7077 --class io.penstock.jobs.Main"
                + " --jars penstock-jobs-0.1.0-SNAPSHOT-spark-submit.jar my-jobs.jar"
                + " run my-job --date 2026-03-01 --lake hdfs://…",
            // FirstCommandsTest, with nothing to recover; RecoveryTest of the engine, with
            // something.
            "jobs/penstock recover",
            // CheckTest.
            "jobs/penstock check --date 2026-03-01",
            // FirstCommandsTest.
            "jobs/penstock load-command export/channel_report --for postgres --date 2026-03-01",
            // ReadExportTest.
            "samples/read-export.py data/export/channel_report day=2026-03-01",
            // FirstCommandsTest.
            "jobs/penstock read-command mart/channel_report --for pandas",
            // ShellScriptTest.
            "samples/shell");
  }

  @Test
  void theCommandForTheTestsIsTheOneOfTheBuildServer() {
    assertThat(REPOSITORY.resolve(".ci/run"))
        .content()
        .endsWith("\nmvn -B --no-transfer-progress verify\nsamples/readers/check.py\n");
  }

  /** Both are compiled and run by OwnJobProcessTest. */
  @Test
  void theSmallestProgramAndItsTestAreThoseOfTheProjectThatTheTestsBuild() {
    assertThat(OWN_JOB.resolve("main/java/com/example/VisitorsByPage.java"))
        .hasContent(Page.README.beginning("package com.example;"));
    assertThat(OWN_JOB.resolve("test/java/com/example/VisitorsByPageTest.java"))
        .content()
        .contains("import static io.penstock.jobs.testing.JobTest.row;")
        .contains("import static io.penstock.jobs.testing.JobTest.rows;")
        .endsWith(Page.JOBS.beginning("class VisitorsByPageTest"));
  }

  /** The job is run by ChannelReportFilesTest. */
  @Test
  void theExportsShownAreThoseOfTheSampleJob() {
    assertThat(
            REPOSITORY.resolve("samples/src/main/java/io/penstock/samples/ChannelReportFiles.java"))
        .content()
        .contains(Page.JOBS.beginning("        .writes(\n            report.to(\n"));
  }

  /** It is run by ReadExportTest. */
  @Test
  void theProgramInPythonIsTheOneAmongTheSamples() {
    assertThat(REPOSITORY.resolve("samples/read-export.py"))
        .hasContent(Page.JOBS.beginning("#!/usr/bin/env python3"));
  }

  @Test
  void thePictureIsTheOneThatPlanDraws() {
    assertThat(REPOSITORY.resolve("samples/src/test/resources/plans/channel-report.mmd"))
        .hasContent(Page.SAMPLES.beginning("flowchart LR"));
  }

  /** The report with two slips stands for anybody's job. */
  @Test
  void theProblemsShownAreThoseOfAReportWithTwoSlips(@TempDir Path folder) throws Exception {
    Source source =
        new Source(
            "io.penstock.samples.MyReport",
            Files.readString(
                    REPOSITORY.resolve(
                        "samples/src/main/java/io/penstock/samples/ChannelReport.java"))
                .replace("ChannelReport", "MyReport")
                .replace("\"channel-report\"", "\"my-report\"")
                .replace("count(DISTINCT userid) AS", "count(DISTINCT user_id) AS")
                .replace("\"sum(amount) AS", "\"summ(amount) AS"));

    Ended ended =
        TestLake.landed()
            .penstock(
                List.of((Job) source.instance(folder)), "plan", "my-report", "--date=2026-02-20")
            .with(78);

    assertThat(ended.err()).contains(Page.LANGUAGE.beginning("Pipeline 'my-report' is invalid"));
  }

  @Test
  void theTableOfExitCodesHoldsEveryCodeOnceAndInOrder() {
    String text = Page.JOBS.text();
    String table = text.substring(text.indexOf("| exit code |"));

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
  void everyTestThatAPageNamesIsThere() throws IOException {
    Set<String> files = namesOfJavaFiles();

    for (Page page : Page.all()) {
      assertThat(
              Pattern.compile("\\b[A-Z]\\w*(?:Test|Cost)\\b")
                  .matcher(page.text())
                  .results()
                  .map(name -> name.group() + ".java"))
          .as(page.path())
          .filteredOn(name -> !name.equals("JobTest.java"))
          .isSubsetOf(files);
    }
  }

  @Test
  void theTourHoldsEverySampleJobWithTheCommandThatRunsIt() {
    for (String job : JobRegistry.onClassPath().names()) {
      assertThat(Page.SAMPLES.text()).contains("| `jobs/penstock run " + job);
    }
  }

  @Test
  void everyVerbOfTheShellIsShown() {
    assertThat(Session.class.getDeclaredMethods())
        .filteredOn(
            method ->
                Modifier.isPublic(method.getModifiers())
                    && !Modifier.isStatic(method.getModifiers()))
        .extracting(Method::getName)
        .allSatisfy(
            verb -> assertThat(Page.SAMPLES.beginning("on(\"2026-03-01\")")).contains(verb + "("));
  }

  private static Set<String> namesOfJavaFiles() throws IOException {
    Set<String> names = new HashSet<>();
    for (String module : List.of("dsl", "runtime-spark", "jobs", "samples")) {
      try (Stream<Path> files = Files.walk(REPOSITORY.resolve(module).resolve("src"))) {
        files.map(file -> file.getFileName().toString()).forEach(names::add);
      }
    }
    return names;
  }
}
