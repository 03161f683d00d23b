package com.example;

import static io.penstock.jobs.testing.JobTest.row;
import static io.penstock.jobs.testing.JobTest.rows;

import io.penstock.jobs.testing.JobTest;
import org.junit.jupiter.api.Test;

class VisitorsByPageTest {
  @Test
  void aVisitorCountsOnceForEachPage() {
    JobTest.of(new VisitorsByPage())
        .givenFile("arrivals/visits/2026-03-01/a.csv", "page,visitor\nhome,1\nhome,1\ncart,1\n")
        .givenFile("arrivals/visits/2026-03-01/b.csv", "page,visitor\nhome,2\n")
        .run("2026-03-01")
        .succeeded()
        .table("mart/visitors_by_page")
        .hasRows(
            rows(
                "day DATE, page STRING, visitors BIGINT",
                row("2026-03-01", "home", 2),
                row("2026-03-01", "cart", 1)));
  }
}
