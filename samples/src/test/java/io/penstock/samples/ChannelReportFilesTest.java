package io.penstock.samples;

import static io.penstock.jobs.testing.GivenRow.NULL;
import static io.penstock.jobs.testing.JobTest.row;
import static io.penstock.jobs.testing.JobTest.rows;

import io.penstock.jobs.testing.JobTest;
import io.penstock.spec.Partition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("spark")
class ChannelReportFilesTest {
  @Test
  void postgresGetsWhatStandsInTheTableAndExcelNoFormulas() {
    JobTest.of(new ChannelReportFiles())
        .given(
            "mart/channel_report",
            Partition.daily("day"),
            rows(
                "day DATE, channel STRING, net_revenue DECIMAL(22, 2)",
                row("2026-03-01", "=HYPERLINK(A1)", -5),
                row("2026-03-01", "\\.", NULL),
                row("2026-03-02", "of another day", 1)))
        .run("2026-03-01")
        .succeeded()
        .export("export/channel_report_postgres")
        .hasContent(
            """
            day,channel,net_revenue
            2026-03-01,=HYPERLINK(A1),-5.00
            2026-03-01,"\\.",
            """)
        .export("export/channel_report_excel")
        .hasContent(
            """
            \uFEFFday,channel,net_revenue
            2026-03-01,'=HYPERLINK(A1),-5.00
            2026-03-01,"\\.",
            """);
  }

  @Test
  void withoutTheReportThereIsNeitherFile() {
    JobTest.of(new ChannelReportFiles())
        .run("2026-03-01")
        .export("export/channel_report_postgres")
        .isAbsent()
        .export("export/channel_report_excel")
        .isAbsent();
  }
}
