package io.penstock.samples;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.TestLake;
import io.penstock.spec.Parameter;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is misspelt is told with its place, the reason and what was probably meant; nothing has
 * run then, and nobody has to read a stack trace.
 */
@Tag("spark")
class MisspellingTest {
  private static final String PAYMENTS = "raw/session_transaction";

  /** A job whose text has a slip. */
  private record Slip(String table, String condition, List<String> columns) implements Job {
    Slip(String table, String condition, String... columns) {
      this(table, condition, List.of(columns));
    }

    @Override
    public Pipeline pipeline() {
      return Pipeline.named("slip")
          .parameters(Parameter.decimal("least").defaultsTo("1"))
          .writes(rows().to(delta("mart/slip").overwrite()));
    }

    private Rows rows() {
      return read(delta(table)).where(condition).select(columns.toArray(String[]::new));
    }
  }

  /**
   * @param named what the test is called
   * @param says what stderr contains
   */
  private record Case(
      String named, List<Job> jobs, String command, int exitCode, List<String> says) {
    Case(String named, List<Job> jobs, String command, int exitCode, String... says) {
      this(named, jobs, command, exitCode, List.of(says));
    }

    @Override
    public String toString() {
      return named;
    }
  }

  static Stream<Case> slips() {
    return Stream.of(
        slip(
            "a column in a condition",
            new Slip(PAYMENTS, "amuont > :least", "sessionid"),
            "Pipeline 'slip' is invalid: 1 problem.",
            "1. UNRESOLVED_COLUMN at where (MisspellingTest.java:",
            "Cannot find 'amuont' in \"amuont > :least\".",
            "Fix: did you mean 'amount'? Columns: sessionid, refunded, amount."),
        slip(
            "a column in a selection",
            new Slip(PAYMENTS, "amount > :least", "sessionid", "amount * 2 AS twice", "refundet"),
            "1. UNRESOLVED_COLUMN at select (MisspellingTest.java:",
            "did you mean 'refunded'?"),
        slip(
            "two things at once",
            new Slip(PAYMENTS, "amuont > :least", "sesionid"),
            "Pipeline 'slip' is invalid: 2 problems.",
            "did you mean 'amount'?",
            "did you mean 'sessionid'?"),
        slip(
            "a function",
            new Slip(PAYMENTS, "amount > :least", "uper(sessionid) AS id"),
            "at select (MisspellingTest.java:",
            "'uper'",
            "did you mean 'upper'?"),
        slip(
            "a parameter in an expression",
            new Slip(PAYMENTS, "amount > :laest", "sessionid"),
            "at where (MisspellingTest.java:",
            "laest",
            "did you mean 'least'?"),
        slip(
            "a table",
            new Slip("raw/session_transactoin", "amount > :least", "sessionid"),
            "1. UNKNOWN_TABLE at read (MisspellingTest.java:",
            "Cannot find a Delta table at 'raw/session_transactoin'",
            "did you mean 'raw/session_transaction'?"),
        usage(
            "a job",
            "run chanel-report --date=2026-02-20",
            "There is no job named 'chanel-report'.",
            "Fix: did you mean 'channel-report'? Jobs: channel-report, channel-report-files,"),
        usage(
            "a date",
            "run channel-report --date=2026-2-20",
            "'2026-2-20' is not a date",
            "year-month-day, such as 2026-03-01"),
        usage("a day", "run channel-report --date=2026-02-30", "'2026-02-30' is not a date"),
        usage("an option", "run channel-report --dat=2026-02-20", "did you mean '--date'?"),
        usage("a command", "rum channel-report --date=2026-02-20", "did you mean 'run'?"),
        usage(
            "a format",
            "plan channel-report --date=2026-02-20 --format=jsno",
            "Cannot use --format: 'jsno' is none of its values.",
            "Fix: did you mean 'json'? Values: text, json, mermaid."),
        usage(
            "a parameter that no job has",
            "run channel-report --date=2026-02-20 --param least=3",
            "Cannot use --param least: no job of this run declares it.",
            "Fix: Parameters: none."),
        new Case(
            "a parameter's name",
            List.of(new Slip(PAYMENTS, "amount > :least", "sessionid")),
            "run slip --param leest=3",
            64,
            "Cannot use --param leest: no job of this run declares it.",
            "did you mean 'least'?"),
        new Case(
            "a parameter's value",
            List.of(new Slip(PAYMENTS, "amount > :least", "sessionid")),
            "run slip --param least=many",
            64,
            "Cannot read 'many' as"),
        usage("a path to show", "show mart/chanel_report", "'mart/chanel_report'", "Fix: "),
        usage(
            "a column to show",
            "show raw/session_transaction --where amuont>3",
            "--where \"amuont>3\"",
            "amuont"),
        usage("a lake", "run channel-report --date=2026-02-20 --lake=dta", "There is no lake at"));
  }

  @ParameterizedTest
  @MethodSource("slips")
  void isToldWithWhatWasMeant(Case slip) {
    TestLake lake = TestLake.landed();
    Map<String, Long> versions = lake.versions();
    String[] words = slip.command().split(" ");

    Ended ended = slip.jobs().isEmpty() ? lake.penstock(words) : lake.penstock(slip.jobs(), words);

    ended.with(slip.exitCode());
    assertThat(ended.err())
        .contains(slip.says().toArray(String[]::new))
        .doesNotContain("\tat ", "Exception");
    assertThat(lake.versions()).isEqualTo(versions);
  }

  @Test
  void aSlipThatPlanFindsIsToldLikeOneThatRunFinds() {
    Ended ended =
        TestLake.landed()
            .penstock(List.of(new Slip(PAYMENTS, "amuont > :least", "sessionid")), "plan", "slip")
            .with(78);

    assertThat(ended.out()).isEmpty();
    assertThat(ended.err()).contains("did you mean 'amount'?").doesNotContain("\tat ");
  }

  private static Case slip(String named, Job job, String... says) {
    return new Case(named, List.of(job), "run slip", 78, says);
  }

  private static Case usage(String named, String command, String... says) {
    return new Case(named, List.of(), command, 64, says);
  }
}
