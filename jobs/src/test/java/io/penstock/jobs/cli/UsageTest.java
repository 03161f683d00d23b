package io.penstock.jobs.cli;

import static io.penstock.dsl.Penstock.atLeast;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.rows;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.unique;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.registry.JobRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is wrong with a command is told with what would be right, and nothing runs. */
class UsageTest {
  @TempDir Path directory;
  private Program program;

  @BeforeEach
  void start() {
    program = new Program(directory);
  }

  @AfterEach
  void nothingRanAndNoStackTraceIsShown() {
    assertThat(program.engine.opened()).isEmpty();
    assertThat(program.jobs()).isEmpty();
    assertThat(program.err()).doesNotContain("\tat ");
  }

  @Test
  void aRunThatIsRefusedEndsWithALineForPrograms() {
    assertThat(program.run("run", "daly-sales", "--date", "2026-03-01")).isEqualTo(64);
    assertThat(program.out().replaceAll("\"durationMs\":\\d+", "\"durationMs\":0"))
        .isEqualTo(
            """
            {"error":{"code":"UNKNOWN_JOB","message":"There is no job named 'daly-sales'.",\
            "fix":"did you mean 'daily-sales'? Jobs: daily-sales, land-products, land-sales,\
             monthly-sales, running-total, top-products."},\
            "summary":{"tasks":0,"succeeded":0,"failed":0,"skipped":0,"stopped":0,\
            "exitCode":64,"durationMs":0}}
            """);
  }

  @Test
  void aCommandThatRunsNothingPrintsNothingForPrograms() {
    assertThat(program.run("plan", "daly-sales", "--date", "2026-03-01")).isEqualTo(64);
    assertThat(program.out()).isEmpty();
  }

  @Test
  void aCheckThatMayFailIsOneOfTheNamedJobs() {
    program.with(() -> JobRegistry.of(List.of(() -> checked("one"), () -> checked("two"))));

    assertThat(accepting("rows(atLeast(6))", "--reason=a feast day")).isEqualTo(64);
    assertThat(program.err())
        .contains(
            "Cannot use --accept 'rows(atLeast(6))': no job that is named has a check of this"
                + " name.",
            "did you mean 'rows(atLeast(5))'? Checks that may be accepted: rows(atLeast(5)),"
                + " satisfies(day > '2026-01-01').");

    assertThat(accepting("satisfies(day > '2026-01-01')", "--reason=a feast day")).isEqualTo(64);
    assertThat(program.err())
        .contains(
            "Cannot use --accept 'satisfies(day > '2026-01-01')': 2 checks have this name.",
            "name its place, too: 'satisfies(day > '2026-01-01') at expect (UsageTest.java:");

    assertThat(accepting("unique(day)", "--reason=a feast day")).isEqualTo(64);
    assertThat(program.err()).contains("Cannot use --accept 'unique(day)': rows that fail it");
  }

  @Test
  void whoeverAcceptsAFailureSaysWhy() {
    program.with(() -> JobRegistry.of(List.of(() -> checked("one"))));

    assertThat(accepting("rows(atLeast(5))")).isEqualTo(64);
    assertThat(accepting("rows(atLeast(5))", "--reason= ")).isEqualTo(64);
    assertThat(program.err().split("without a reason", -1)).hasSize(3);
    assertThat(program.run("run", "one", "--date=2026-03-01", "--reason=odd")).isEqualTo(64);
    assertThat(program.err()).contains("Cannot use --reason without --accept");
    assertThat(accepting("rows(atLeast(5))", "--reason=odd", "--reason=feast")).isEqualTo(64);
  }

  private int accepting(String check, String... more) {
    return program.run(
        Stream.concat(
                Stream.of("run", "one", "--date=2026-03-01", "--accept", check), Stream.of(more))
            .toArray(String[]::new));
  }

  private static Pipeline checked(String name) {
    return Pipeline.named(name)
        .writes(
            read(csv("arrivals/" + name).schema("day DATE").partition(Jobs.DAY))
                .expect(satisfies("day > '2026-01-01'"), unique("day"))
                .to(
                    delta("raw/" + name)
                        .overwrite(Jobs.DAY)
                        .expect(rows(atLeast(5)), satisfies("day > '2026-01-01'"))));
  }

  @Test
  void aMisspeltCommandNamesTheNearest() {
    assertThat(program.run("rnu", "daily-sales")).isEqualTo(64);
    assertThat(program.err()).contains("'rnu'", "did you mean 'run'?", "See: penstock --help");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rnu", "rnu daily-sales", "rnu daily-sales --date 2026-03-01"})
  void aMisspeltCommandIsToldOnceAndNotWithTheWordsBehindIt(String words) {
    assertThat(program.run(words.split(" "))).isEqualTo(64);
    assertThat(program.err())
        .isEqualTo(
            """
            There is no command 'rnu'.
            Fix: did you mean 'run'? Commands: list, plan, check, run, recover, clean, show, load-command, read-command.
            See: penstock --help
            """);
  }

  @Test
  void noCommandListsThem() {
    assertThat(program.run()).isEqualTo(64);
    assertThat(program.err())
        .contains(
            "Commands: list, plan, check, run, recover, clean, show, load-command, read-command.");
  }

  @Test
  void aMisspeltOptionNamesTheNearest() {
    assertThat(program.run("run", "daily-sales", "--dat", "2026-03-01")).isEqualTo(64);
    assertThat(program.err()).contains("did you mean '--date'?", "See: penstock run --help");
  }

  @Test
  void aMisspeltOptionWithItsValueNamesTheNearest() {
    assertThat(program.run("run", "daily-sales", "--with-upsteam", "--date=2026-03-01"))
        .isEqualTo(64);
    assertThat(program.err()).contains("did you mean '--with-upstream'?");
  }

  @Test
  void aMisspeltJobNamesTheNearest() {
    assertThat(program.run("run", "daly-sales", "--date", "2026-03-01")).isEqualTo(64);
    assertThat(program.err())
        .contains("There is no job named 'daly-sales'.", "did you mean 'daily-sales'?", "Jobs:");
  }

  @Test
  void aJobIsNeeded() {
    assertThat(program.run("run", "--date", "2026-03-01")).isEqualTo(64);
    assertThat(program.err())
        .contains("'penstock run' needs a NAME.", "Fix: write one behind it. The jobs to run");
  }

  @Test
  void anOptionAtTheEndNeedsItsValue() {
    assertThat(program.run("run", "daily-sales", "--date")).isEqualTo(64);
    assertThat(program.err())
        .contains(
            "Cannot use --date without a value.",
            "Fix: write --date DATE. The unit (day, week, month) that holds this date");
  }

  @Test
  void anOptionBeforeAnotherNeedsItsValue() {
    assertThat(program.run("plan", "land-products", "--format", "--lake", "data")).isEqualTo(64);
    assertThat(program.err())
        .contains(
            "Cannot use --format without a value.",
            "Fix: write --format FORM. text, json or mermaid");
  }

  @Test
  void oneWordTooManyIsNamed() {
    assertThat(program.run("show", "mart/daily_sales", "mart/other")).isEqualTo(64);
    assertThat(program.err())
        .contains("Cannot use 'mart/other': 'penstock show' takes no more words.", "Fix: leave it");
  }

  @Test
  void theValueOfAMisspeltOptionIsNotOneWordTooMany() {
    assertThat(program.run("plan", "land-sales", "--dat", "2026-03-01")).isEqualTo(64);
    assertThat(program.err())
        .contains("'penstock plan' has no option '--dat'.", "did you mean '--date'?")
        .doesNotContain("2026-03-01");
  }

  @Test
  void allMisspeltOptionsAreToldAtOnce() {
    assertThat(program.run("run", "land-sales", "--dat=2026-03-01", "--laek=data")).isEqualTo(64);
    assertThat(program.err()).contains("did you mean '--date'?", "did you mean '--lake'?");
  }

  @Test
  void anOptionTwiceIsRefused() {
    assertThat(program.run("run", "land-sales", "--date=2026-03-01", "--date=2026-03-02"))
        .isEqualTo(64);
    assertThat(program.err()).contains("Cannot use --date twice.", "Fix: keep one of them");
  }

  @Test
  void aValueForASwitchIsRefused() {
    assertThat(program.run("run", "land-products", "--with-upstream=maybe")).isEqualTo(64);
    assertThat(program.err())
        .contains("Cannot use --with-upstream=maybe: this option takes no value.", "Fix: write");
  }

  @Test
  void aLimitThatIsNoNumberIsRefused() {
    assertThat(program.run("show", "mart/daily_sales", "--limit=ten")).isEqualTo(64);
    assertThat(program.err())
        .contains("Cannot use --limit: 'ten' is not a whole number.", "such as --limit 20");
  }

  @Test
  void aLakeWithoutANameIsNotTheCurrentDirectory() {
    assertThat(program.run("run", "land-products", "--lake=")).isEqualTo(64);
    assertThat(program.err()).contains("There is no lake at '', given by --lake.");
  }

  @Test
  void aMisspeltDateSaysWhatIsExpected() {
    assertThat(program.run("run", "land-sales", "--date", "2026-3-1")).isEqualTo(64);
    assertThat(program.err())
        .contains("--date", "'2026-3-1' is not a date", "year-month-day, such as 2026-03-01");
  }

  @Test
  void aDayThatDoesNotExistIsNoDate() {
    assertThat(program.run("run", "land-sales", "--date", "2026-02-30")).isEqualTo(64);
    assertThat(program.err()).contains("'2026-02-30' is not a date");
  }

  @Test
  void aJobWithAPartitionNeedsADate() {
    assertThat(program.run("run", "land-sales")).isEqualTo(64);
    assertThat(program.err())
        .contains("Cannot run 'land-sales' without a date: it replaces one day at a time.");
  }

  @Test
  void boundsThatCutAUnitNameTheNearestLegalOnes() {
    assertThat(program.run("run", "monthly-sales", "--from=2026-02-15", "--to=2026-03-15"))
        .isEqualTo(64);
    assertThat(program.err())
        .contains("it replaces a whole month at a time", "--from 2026-02-01 --to 2026-04-01");
  }

  @Test
  void theEndOfARangeIsExcludedSoAnEmptyOneIsRefused() {
    assertThat(program.run("run", "land-sales", "--from=2026-03-01", "--to=2026-03-01"))
        .isEqualTo(64);
    assertThat(program.err()).contains("whose day is excluded");
  }

  @Test
  void oneBoundAloneIsRefused() {
    assertThat(program.run("run", "land-sales", "--from=2026-03-01")).isEqualTo(64);
    assertThat(program.err()).contains("--from is given without --to");
  }

  @Test
  void theOtherBoundAloneIsRefused() {
    assertThat(program.run("run", "land-sales", "--to=2026-03-01")).isEqualTo(64);
    assertThat(program.err()).contains("--to is given without --from");
  }

  @Test
  void aDateAndARangeAreRefused() {
    assertThat(
            program.run(
                "run", "land-sales", "--date=2026-03-01", "--from=2026-03-01", "--to=2026-03-02"))
        .isEqualTo(64);
    assertThat(program.err()).contains("--date excludes --from and --to");
  }

  @Test
  void allProblemsWithParametersAreToldAtOnce() {
    assertThat(
            program.run(
                "run",
                "daily-sales",
                "top-products",
                "--date=2026-03-01",
                "--param=leest=3",
                "--param=least=many"))
        .isEqualTo(64);
    assertThat(program.err())
        .contains(
            "The command has 3 problems.",
            "did you mean 'least'?",
            "Cannot read 'many' as a whole number, 32 bits.",
            "Cannot run 'top-products' without its parameter 'count'.");
  }

  @Test
  void allUnknownJobsAreToldAtOnce() {
    assertThat(program.run("run", "daly-sales", "land-sale", "--date=2026-03-01")).isEqualTo(64);
    assertThat(program.err()).contains("did you mean 'daily-sales'?", "did you mean 'land-sales'?");
  }

  @Test
  void aParameterWithoutValueIsRefused() {
    assertThat(program.run("run", "daily-sales", "--date=2026-03-01", "--param", "least"))
        .isEqualTo(64);
    assertThat(program.err())
        .contains(
            "Cannot use --param: 'least' is not a name and its value.",
            "Fix: join the two with '=', such as least=3.");
  }

  @Test
  void aSecretThatWasMaskedIsNoValue() {
    assertThat(program.run("run", "daily-sales", "--date=2026-03-01", "--param", "api_token=***"))
        .isEqualTo(64);
    assertThat(program.err())
        .contains("the value of 'api_token' is a secret that was masked", "give the secret itself");
  }

  @Test
  void aParameterWithoutNameIsRefused() {
    assertThat(program.run("run", "daily-sales", "--date=2026-03-01", "--param==3")).isEqualTo(64);
    assertThat(program.err()).contains("Cannot use --param: '=3' is not a name and its value.");
  }

  @Test
  void aParameterTwiceIsRefused() {
    assertThat(
            program.run(
                "run", "daily-sales", "--date=2026-03-01", "--param=least=3", "--param=least=4"))
        .isEqualTo(64);
    assertThat(program.err())
        .contains("Cannot use --param least twice: it has one value in a run.", "Fix: keep one");
  }

  @Test
  void aMisspeltTimeoutSaysWhatIsExpected() {
    assertThat(program.run("run", "land-products", "--timeout", "half an hour")).isEqualTo(64);
    assertThat(program.err()).contains("such as 30m");
  }

  @Test
  void aMisspeltFormatListsThem() {
    assertThat(program.run("plan", "land-products", "--format", "jsn")).isEqualTo(64);
    assertThat(program.err())
        .contains(
            "Cannot use --format: 'jsn' is none of its values.",
            "Fix: did you mean 'json'? Values: text, json, mermaid.");
  }

  @Test
  void aPlanIsMadeForOneUnit() {
    assertThat(program.run("plan", "land-sales", "--from=2026-03-01", "--to=2026-03-03"))
        .isEqualTo(64);
    assertThat(program.err()).contains("a plan is made for one unit");
  }

  @Test
  void aLakeThatIsNotThereSaysHowToNameOne() throws IOException {
    Files.delete(directory.resolve("data"));

    assertThat(program.run("run", "land-products")).isEqualTo(64);
    assertThat(program.err())
        .contains("There is no lake at '" + directory.resolve("data"), "--lake DIR");
  }

  @Test
  void aFileIsNoLake() throws IOException {
    Files.writeString(directory.resolve("lake"), "");

    assertThat(program.run("run", "land-products", "--lake", "lake")).isEqualTo(64);
    assertThat(program.err()).contains("it is a file, not a directory");
  }

  @Test
  void aMisspeltLakeSaysWhereItWasNamed() {
    assertThat(program.run("run", "land-products", "--lake", "dta")).isEqualTo(64);
    assertThat(program.err()).contains("given by --lake");
  }

  @Test
  void aPathOutsideTheLakeIsRefused() {
    assertThat(program.run("show", "../secrets")).isEqualTo(64);
    assertThat(program.err()).contains("'../secrets'", "segment '..' is not allowed");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../runs", "..", "a/b", "", "*", "a b"})
  void whatIsNoRunIdIsRefused(String text) {
    assertThat(program.run("show", "mart/daily_sales", "--rejected=" + text)).isEqualTo(64);
    assertThat(program.err()).contains("'" + text + "' is no run's id", "the run's result line");
  }

  @Test
  void aSourceOfFilesIsNotShownButSaidHowToLookAt() {
    assertThat(program.run("show", "arrivals/sales/{arrival}")).isEqualTo(64);
    assertThat(program.err())
        .contains(
            "Cannot show 'arrivals/sales/{arrival}': what is there are files as they arrived",
            "show(read(csv(\"arrivals/sales/{arrival}\")");
  }

  @Test
  void showingNoRowsIsRefused() {
    assertThat(program.run("show", "mart/daily_sales", "--limit", "0")).isEqualTo(64);
    assertThat(program.err()).contains("--limit of at least 1");
  }

  @Test
  void aSecretInAMisspeltOptionIsNotRepeated() {
    assertThat(program.run("run", "land-products", "--cnf", "store.password=hunter22"))
        .isEqualTo(64);
    assertThat(program.err()).doesNotContain("hunter22");
  }

  @Test
  void anErrorOutsideOfAnyTaskIsAFaultOfTheProgram() {
    program.with(
        () -> {
          throw new StackOverflowError("deep");
        });

    assertThat(program.run("list")).isEqualTo(70);
    assertThat(program.err()).contains("StackOverflowError: deep", "Fix: run it with --verbose");
  }

  @Test
  void jobsThatClashAreAMatterOfConfiguration() {
    program.with(
        () ->
            JobRegistry.of(List.of(Jobs.daily("one", "mart/one"), Jobs.daily("one", "mart/two"))));

    assertThat(program.run("list")).isEqualTo(78);
    assertThat(program.err()).contains("Cannot tell two jobs named 'one' apart");
  }
}
