package io.penstock.engine.contract;

import static io.penstock.engine.contract.ContractLake.EXPORT;
import static io.penstock.engine.contract.ContractLake.FIRST;
import static io.penstock.engine.contract.ContractLake.MART;
import static io.penstock.engine.contract.ContractLake.SALES;
import static io.penstock.engine.contract.ContractLake.SECOND;
import static io.penstock.engine.contract.ContractLake.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.penstock.engine.Cleaning;
import io.penstock.engine.CurrentExport;
import io.penstock.engine.CurrentTable;
import io.penstock.engine.FailureKind;
import io.penstock.engine.Lake;
import io.penstock.engine.Preview;
import io.penstock.engine.RunFailedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The lake tells what lies in it, and keeps the records of runs. */
interface LakeContract extends Contract {
  @Test
  default void aLakeThatIsNotThereYetHoldsNothing() {
    Lake lake = lake().engine().lake();

    assertThat(lake.isPresent(SALES)).isFalse();
    assertThat(lake().missing(SALES)).containsExactly(FIRST, SECOND);
    assertThat(lake.hasExport(EXPORT)).isFalse();
    assertThat(lake.unfinished()).isEmpty();
    assertThat(lake.recordOf("land-sales", "run-of-nobody")).isEmpty();
    assertThat(lake.cleaning(List.of(), Cleaning.LEAST_AGE).leftovers()).isEmpty();
  }

  @Test
  default void theLatestRecordOfARunIsKeptAsItIs() {
    Lake lake = lake().engine().lake();

    lake.record("land-sales", "run-a", "{\"status\":\"RUNNING\"}");
    lake.record("land-sales", "run-a", "{\"status\":\"SUCCEEDED\"}");
    lake.record("land-sales", "run-b", "{\"status\":\"FAILED\"}");
    lake.record("report-sales", "run-c", "{}");

    assertThat(lake.recordOf("land-sales", "run-a")).contains("{\"status\":\"SUCCEEDED\"}");
    assertThat(lake.recordOf("land-sales", "run-b")).contains("{\"status\":\"FAILED\"}");
    assertThat(lake.recordOf("report-sales", "run-a")).isEmpty();
  }

  @Test
  default void noMoreRowsAreShownThanAskedFor() {
    lake().landed(FIRST);

    Preview one = show(1);
    Preview all = show(100);

    assertThat(one.rows()).hasSize(1);
    assertThat(one.more()).isTrue();
    assertThat(all.rows()).hasSizeGreaterThan(1);
    assertThat(all.more()).isFalse();
    assertThat(all.types()).hasSameSizeAs(all.columns());
    assertThat(all.rows()).allSatisfy(row -> assertThat(row).hasSameSizeAs(all.columns()));
  }

  private Preview show(int limit) {
    return lake().engine().lake().show(SALES, Optional.empty(), limit, Optional.empty());
  }

  @Test
  default void anExportIsThereInThePartitionsThatArePublished() {
    lake().landed(FIRST).run(report(), FIRST);

    Lake lake = lake().engine().lake();
    assertThat(lake.hasExport(EXPORT)).isTrue();
    assertThat(lake.hasExport(MART)).isFalse();
    CurrentExport export = lake.currentExports(EXPORT).get(0);
    assertThat(export.partition()).hasToString("[day=2026-03-01]");
    assertThat(export.columns()).isNotEmpty();
    assertThat(export.files()).isNotEmpty();
  }

  @Test
  default void aTableIsFoundByItsUri() {
    lake().landed(FIRST);

    CurrentTable table = lake().engine().lake().currentTable(SALES);

    assertThat(table.uri()).matches("[a-z0-9]+:/.*/" + SALES);
    assertThat(table.limits()).isEmpty();
  }

  @Test
  default void whatIsNotThereIsAMistakeOfWhoeverAsksForIt() {
    lake().landed(FIRST);
    Lake lake = lake().engine().lake();

    assertMistaken(() -> lake.show(MART, Optional.empty(), 1, Optional.empty()));
    assertMistaken(() -> lake.currentExports(EXPORT));
    assertMistaken(() -> lake.currentTable(MART));
    assertMistaken(() -> lake.cleaning(List.of(MART), Cleaning.LEAST_AGE));
  }

  @Test
  default void whatALivingRunMayOwnCanNotBeCleanedUp() {
    Duration tooYoung = Cleaning.LEAST_AGE.minusHours(1);

    assertMistaken(() -> lake().engine().lake().cleaning(List.of(), tooYoung));
  }

  private static void assertMistaken(ThrowingCallable act) {
    RunFailedException refused = catchThrowableOfType(RunFailedException.class, act);
    assertThat(refused).as("it is refused").isNotNull();
    assertThat(refused.failure().kind()).isEqualTo(FailureKind.USAGE);
  }
}
