package io.penstock.jobs;

import static io.penstock.dsl.Penstock.business;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.technical;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.jobs.registry.JobRegistry;
import io.penstock.spec.Interval;
import io.penstock.spec.Parameter;
import io.penstock.spec.Partition;
import io.penstock.spec.UnitDate;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The jobs of a small shop: daily sales, a monthly view of them, a full refresh, a running total.
 */
public final class Jobs {
  public static final Partition DAY = Partition.daily("day");
  public static final Partition MONTH = Partition.monthly("month");

  private Jobs() {}

  public static final class LandSales implements Job {
    @Override
    public Pipeline pipeline() {
      Rows arrivals =
          read(csv("arrivals/sales").schema("day DATE, amount DECIMAL(9,2)").partition(DAY));
      return Pipeline.named("land-sales").writes(arrivals.to(delta("raw/sales").overwrite(DAY)));
    }
  }

  public static final class LandProducts implements Job {
    @Override
    public Pipeline pipeline() {
      Rows arrivals = read(csv("arrivals/products").schema("product STRING"));
      return Pipeline.named("land-products").writes(arrivals.to(delta("raw/products").overwrite()));
    }
  }

  public static final class DailySales implements Job {
    @Override
    public Pipeline pipeline() {
      Rows sales = read(delta("raw/sales").partition(DAY));
      Rows products = read(delta("raw/products"));
      Rows report = sales.join(products).using("product").groupBy("day").aggregate("count(1) AS n");
      return Pipeline.named("daily-sales")
          .describedAs("Sales by day")
          .owners(business("growth"), technical("data-platform"))
          .parameters(
              Parameter.integer("least").defaultsTo("1"),
              Parameter.string("note").defaultsTo("none"),
              Parameter.string("token").defaultsTo("none"))
          .writes(
              report.to(delta("mart/daily_sales").overwrite(DAY)),
              report.to(csv("export/daily_sales").overwrite(DAY)));
    }
  }

  public static final class MonthlySales implements Job {
    @Override
    public Pipeline pipeline() {
      Rows sales = read(delta("mart/daily_sales").partition(DAY));
      return Pipeline.named("monthly-sales")
          .writes(sales.to(delta("mart/monthly_sales").overwrite(MONTH)));
    }
  }

  public static final class RunningTotal implements Job {
    @Override
    public Pipeline pipeline() {
      Rows before =
          read(
              delta("mart/running_total")
                  .partition(DAY.previous(1))
                  .orEmpty()
                  .schema("day DATE, n INT"));
      Rows today = read(delta("mart/daily_sales").partition(DAY));
      return Pipeline.named("running-total")
          .writes(before.union(today).to(delta("mart/running_total").overwrite(DAY)));
    }
  }

  public static final class TopProducts implements Job {
    @Override
    public Pipeline pipeline() {
      return Pipeline.named("top-products")
          .parameters(Parameter.integer("count"))
          .writes(read(delta("raw/products")).to(delta("mart/top_products").overwrite()));
    }
  }

  /** A registry of all of them. */
  public static JobRegistry all() {
    return JobRegistry.of(
        List.of(
            new LandSales(),
            new LandProducts(),
            new DailySales(),
            new MonthlySales(),
            new RunningTotal(),
            new TopProducts()));
  }

  /** A job that reads Delta tables by day and writes one. */
  public static Job daily(String name, String writes, String... reads) {
    return () -> {
      Rows rows =
          Arrays.stream(reads)
              .map(path -> read(delta(path).partition(DAY)))
              .reduce(Rows::union)
              .orElseGet(() -> read(csv("arrivals/" + name).schema("day DATE").partition(DAY)));
      return Pipeline.named(name).writes(rows.to(delta(writes).overwrite(DAY)));
    };
  }

  /** A job without partition that reads a Delta table whole. */
  public static Job whole(String name, String reads) {
    return () ->
        Pipeline.named(name).writes(read(delta(reads)).to(delta("mart/" + name).overwrite()));
  }

  public static Interval day(String date) {
    return DAY.unitOf(UnitDate.of(date));
  }

  public static Interval[] days(String from, int count) {
    return IntStream.range(0, count)
        .mapToObj(day -> DAY.neighbour(day(from), day))
        .toArray(Interval[]::new);
  }

  /** What an engine reports of a run whose output a check refused. */
  /** Any failure of a kind. */
  public static Failure failure(FailureKind kind) {
    return new Failure(kind, kind.name(), "It failed.", "mend it.");
  }

  public static Failure checkFailed() {
    return new Failure(
        FailureKind.DATA,
        "CHECK_FAILED",
        "unique(day) at expect (Jobs.java:1): 2 of 6 rows fail, such as day=2026-03-01.",
        "nothing was published.");
  }
}
