package io.penstock.samples;

import static io.penstock.dsl.Penstock.business;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.technical;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.spec.CsvCompression;
import io.penstock.spec.CsvProfile;
import io.penstock.spec.Partition;

/** A day of the report as files for PostgreSQL's COPY and for Excel. */
public final class ChannelReportFiles implements Job {
  private static final Partition DAY = Partition.daily("day");

  @Override
  public Pipeline pipeline() {
    Rows report = read(delta("mart/channel_report").partition(DAY)).orderBy("channel");

    return Pipeline.named("channel-report-files")
        .describedAs("A day of the report as files for PostgreSQL and for Excel")
        .owners(business("growth"), technical("data-platform"))
        .writes(
            report.to(
                csv("export/channel_report_postgres")
                    .overwrite(DAY)
                    .profile(CsvProfile.POSTGRES)
                    .compressed(CsvCompression.GZIP)
                    .partsOf("256 MB")),
            report.to(csv("export/channel_report_excel").overwrite(DAY).profile(CsvProfile.EXCEL)));
  }
}
