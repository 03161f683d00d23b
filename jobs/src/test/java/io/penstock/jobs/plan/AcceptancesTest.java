package io.penstock.jobs.plan;

import static io.penstock.dsl.Penstock.atLeast;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.rows;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.engine.AcceptedCheck;
import io.penstock.engine.RunRequest;
import io.penstock.jobs.Jobs;
import io.penstock.jobs.run.CommandLines;
import io.penstock.plan.Problem;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which checks of which jobs may fail. */
class AcceptancesTest {
  private static final Pipeline SALES = checked("sales");
  private static final Pipeline UPSTREAM = checked("upstream");
  private static final Acceptances FEAST =
      new Acceptances(List.of("rows(atLeast(5))"), "it's a feast", Set.of("sales"));

  private static Pipeline checked(String name) {
    return Pipeline.named(name)
        .writes(
            read(csv("arrivals/" + name).schema("day DATE").partition(Jobs.DAY))
                .to(delta("raw/" + name).overwrite(Jobs.DAY).expect(rows(atLeast(5)))));
  }

  @Test
  void aJobThatIsNotNamedKeepsItsChecks() {
    assertThat(FEAST.problemsFor(List.of(SALES))).isEmpty();
    assertThat(FEAST.of(SALES))
        .extracting(AcceptedCheck::name, AcceptedCheck::reason)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("rows(atLeast(5))", "it's a feast"));
    assertThat(FEAST.of(UPSTREAM)).isEmpty();
  }

  @Test
  void oneNameForTwoJobsIsRefused() {
    assertThat(FEAST.problemsFor(List.of(SALES, UPSTREAM)))
        .extracting(Problem::code)
        .containsExactly("AMBIGUOUS_CHECK");
  }

  @Test
  void theRunIsAskedForWithThem() {
    Arguments arguments = new Arguments(Map.of(), FEAST);
    RunRequest request =
        new Task(SALES, Optional.of(Jobs.day("2026-03-01")))
            .request(arguments, "run-1", Instant.EPOCH);

    assertThat(request.accepted()).isEqualTo(FEAST.of(SALES));
    assertThat(request.acceptedReasons()).containsValue("it's a feast");
  }

  @Test
  void theCommandThatRunsItAgainAcceptsThemToo() {
    CommandLines commands =
        CommandLines.in(Map.of(), Optional.empty())
            .with(Optional.empty(), Map.of(), new Arguments(Map.of(), FEAST));

    assertThat(commands.rerun(new Task(SALES, Optional.of(Jobs.day("2026-03-01")))))
        .isEqualTo(
            "penstock run sales --date 2026-03-01 --accept 'rows(atLeast(5))' --reason"
                + " 'it'\\''s a feast'");
    assertThat(commands.rerun(new Task(UPSTREAM, Optional.of(Jobs.day("2026-03-01")))))
        .isEqualTo("penstock run upstream --date 2026-03-01");
  }
}
