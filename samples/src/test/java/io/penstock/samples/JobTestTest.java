package io.penstock.samples;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.unique;
import static io.penstock.jobs.testing.GivenRow.NULL;
import static io.penstock.jobs.testing.JobTest.row;
import static io.penstock.jobs.testing.JobTest.rows;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.jobs.result.ExitCode;
import io.penstock.jobs.testing.GivenRows;
import io.penstock.jobs.testing.JobOutcome;
import io.penstock.jobs.testing.JobTest;
import io.penstock.spec.Parameter;
import io.penstock.spec.Partition;
import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The test kit, on the real engine; most tests share one lake, because giving tables takes time.
 * They are here and not in the kit's own module, whose tests do without Spark and so in seconds.
 */
@Tag("spark")
class JobTestTest {
  private static JobTest revenue;

  private static final Partition DAY = Partition.daily("day");
  private static final String SALES = "day DATE, product STRING, amount DECIMAL(9,2)";
  private static final String REPORT = "day DATE, name STRING, revenue DECIMAL(19,2)";

  /** Revenue by product, with the products' names. */
  private static final class Revenue implements Job {
    @Override
    public Pipeline pipeline() {
      Rows sales = read(delta("raw/sales").partition(DAY));
      Rows products = read(delta("raw/products"));
      Rows report =
          sales
              .join(products)
              .using("product")
              .groupBy("day", "name")
              .aggregate("sum(amount) AS revenue")
              .expect(notNull("name"));
      return Pipeline.named("revenue")
          .writes(
              report.to(delta("mart/revenue").overwrite(DAY).expect(unique("day", "name"))),
              report.to(csv("export/revenue").overwrite(DAY)));
    }
  }

  /** The sales of all days with a column above a threshold. */
  private record LargeSales(String column) implements Job {
    @Override
    public Pipeline pipeline() {
      return Pipeline.named("large-sales")
          .parameters(Parameter.decimal("least"))
          .writes(
              read(delta("raw/sales"))
                  .where(column + " >= :least")
                  .to(delta("mart/large_sales").overwrite()));
    }
  }

  /** The rows of a day. */
  private static final class DailyCopy implements Job {
    @Override
    public Pipeline pipeline() {
      Rows rows = read(delta("raw/days").partition(DAY));
      return Pipeline.named("daily-copy")
          .writes(
              rows.to(delta("mart/days").overwrite(DAY)),
              rows.to(csv("export/days").overwrite(DAY)));
    }
  }

  /** An export whose check rejects some sales as too small. */
  private static final class Checked implements Job {
    @Override
    public Pipeline pipeline() {
      return Pipeline.named("checked")
          .writes(
              read(delta("raw/sales").partition(DAY))
                  .expect(satisfies("amount > 3"))
                  .to(csv("export/checked").overwrite(DAY)));
    }
  }

  @BeforeAll
  static void giveSalesAndProducts() {
    revenue =
        JobTest.of(new Revenue())
            .given(
                "raw/sales",
                DAY,
                rows(
                    SALES,
                    row("2026-03-01", "b", 4),
                    row("2026-03-01", "b", new BigDecimal("1.50")),
                    row("2026-03-01", "t", 3),
                    row("2026-03-02", "b", 7)))
            .given(
                "raw/products",
                rows("product STRING, name STRING", row("b", "빵"), row("t", "tea, green")));
  }

  @Test
  void whatIsGivenIsReadAndWhatIsWrittenIsFound() {
    JobOutcome outcome = revenue.run("2026-03-01").succeeded();

    outcome
        .table("mart/revenue")
        .hasRows(
            rows(
                REPORT,
                row("2026-03-01", "빵", new BigDecimal("5.50")),
                row("2026-03-01", "tea, green", 3)))
        .export("export/revenue")
        .hasLines("day,name,revenue", "2026-03-01,\"tea, green\",3.00", "2026-03-01,빵,5.50")
        .check("notNull(name)")
        .passed();
    assertThatThrownBy(
            () ->
                outcome
                    .table("mart/revenue")
                    .hasRows(
                        rows(
                            REPORT,
                            row("2026-03-01", "빵", new BigDecimal("5.50")),
                            row("2026-03-01", NULL, 3))))
        .isInstanceOf(AssertionError.class)
        .hasMessage(
            """
            Expected other rows in 'mart/revenue' (day | name | revenue).
            Missing (1):
              2026-03-01 | ∅ | 3.00
            Unexpected (1):
              2026-03-01 | tea, green | 3.00\
            """);
    assertThatThrownBy(() -> outcome.table("mart/revenue").hasRows(rows("day DATE")))
        .isInstanceOf(AssertionError.class)
        .hasMessageStartingWith("Expected 'mart/revenue' to have the columns {day=DATE}");
  }

  @Test
  void anEmptyUnitIsPresentAndClearsItsOutput() {
    revenue
        .then(new DailyCopy())
        .given("raw/days", DAY, rows(SALES, row("2026-03-05", "a", 1)))
        .run("2026-03-05")
        .succeeded();

    revenue
        .then(new DailyCopy())
        .givenEmpty("raw/days", DAY, SALES, "2026-03-05")
        .run("2026-03-05")
        .succeeded()
        .table("mart/days")
        .isEmpty()
        .export("export/days")
        .hasContent("day,product,amount\n");
  }

  @Test
  void aMissingUnitIsAProblem() {
    revenue.run("2026-03-09").failedWith(ExitCode.INPUT_MISSING);
  }

  @Test
  void aFailedCheckPublishesNothing() {
    revenue
        .then(new Checked())
        .run("2026-03-01")
        .failedWith(ExitCode.DATA)
        .check("satisfies(amount > 3)")
        .failedFor(2)
        .export("export/checked")
        .isAbsent();
  }

  @Test
  void aMisspeltColumnIsAProblem() {
    revenue
        .then(new LargeSales("amuont"))
        .withParameter("least", "3")
        .run()
        .failedWith(ExitCode.INVALID)
        .problems()
        .areExactly("UNRESOLVED_COLUMN")
        .problems()
        .contain("UNRESOLVED_COLUMN");
  }

  @Test
  void aJobWithoutPartitionRunsInTheSameLakeWithItsParameters() {
    revenue
        .then(new LargeSales("amount"))
        .withParameter("least", "3")
        .run()
        .succeeded()
        .table("mart/large_sales")
        .hasRows(
            rows(
                SALES,
                row("2026-03-01", "t", 3),
                row("2026-03-01", "b", 4),
                row("2026-03-02", "b", 7)));
  }

  @Test
  void aMissingParameterIsAUsageError() {
    revenue.then(new LargeSales("amount")).run().failedWith("PARAMETER_MISSING");
  }

  @Test
  void valuesOfEveryTypeComeThrough() {
    String schema = "id BIGINT, ts TIMESTAMP, ok BOOLEAN, share DOUBLE, text STRING";
    Job copy =
        () -> Pipeline.named("copy").writes(read(delta("raw/in")).to(delta("raw/out").overwrite()));
    GivenRows values =
        rows(
            schema,
            row(1L, Instant.parse("2026-03-01T10:00:00.123456Z"), true, 0.5, "a\n\"b\""),
            row(2, "2026-03-01T10:00:00Z", NULL, NULL, ""));

    revenue.then(copy).given("raw/in", values).run().succeeded().table("raw/out").hasRows(values);
  }

  @Test
  void aRowWithTooFewValuesIsRefused() {
    assertThatThrownBy(() -> rows(SALES, row("2026-03-01", "a")))
        .hasMessageContaining("Cannot use a row of 2 values");
  }
}
