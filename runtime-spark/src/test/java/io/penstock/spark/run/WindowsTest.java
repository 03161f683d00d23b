package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.RunReport;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.Interval;
import io.penstock.spec.Parameter;
import io.penstock.spec.Partition;
import io.penstock.spec.Source;
import io.penstock.spec.TypedValue;
import io.penstock.spec.UnitDate;
import io.penstock.spec.ValueType;
import io.penstock.spec.Window;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which units a run reads, and what expressions know of its interval and parameters. */
@Tag("spark")
final class WindowsTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/days",
        "SELECT day(d) AS n, d AS day FROM (SELECT explode(sequence(DATE'2026-02-26',"
            + " DATE'2026-03-08')) AS d)",
        "day");
    lake.table(
        "raw/text_days",
        "SELECT day AS n, date_format(day, 'yyyyMMdd') AS day FROM" + " delta.`{lake}/raw/days`",
        "day");
  }

  @Test
  void aWindowIsRelativeToTheUnitOfTheRun() {
    assertThat(days(DAY.unit())).containsExactly("2026-03-03");
    assertThat(days(DAY.last(3))).containsExactly("2026-03-01", "2026-03-02", "2026-03-03");
    assertThat(days(DAY.previous(2))).containsExactly("2026-03-01", "2026-03-02");
    assertThat(days(DAY.next(2))).containsExactly("2026-03-04", "2026-03-05");
    assertThat(days(DAY.around(1, 1))).containsExactly("2026-03-02", "2026-03-03", "2026-03-04");
  }

  @Test
  void aWindowCanNameTheUnitOfTheRunInAColumn() {
    Rows rows = read(delta("raw/days").partition(DAY.last(2).as("report_day")));

    assertThat(texts(rows.select("concat(report_day, '<', day) AS x"), march(3)))
        .containsExactly("2026-03-03<2026-03-02", "2026-03-03<2026-03-03");
  }

  @Test
  void aMonthReadsItsDays() {
    Partition month = Partition.monthly("month");
    lake.succeed(
        EngineLake.request(
            EngineLake.pipeline(
                read(delta("raw/days").partition(DAY).orEmpty())
                    .groupBy()
                    .aggregate("count(*) AS n")
                    .with("month", "CAST(:from AS DATE)")
                    .to(delta("mart/months").overwrite(month))),
            Optional.of(month.unitOf(UnitDate.of("2026-02-01"))),
            Map.of()));

    assertThat(lake.rows("mart/months").head()).hasToString("[3,2026-02-01]");
  }

  @Test
  void textPartitionsAreReadAndWritten() {
    Partition text = DAY.formatted("yyyyMMdd");

    RunReport report =
        lake.succeed(
            EngineLake.request(
                EngineLake.pipeline(
                    read(delta("raw/text_days").partition(text))
                        .to(delta("mart/text_days").overwrite(text))),
                Optional.of(march(3)),
                Map.of()));

    assertThat(report.inputs().get(0).rows()).hasValue(1);
    assertThat(lake.rows("mart/text_days").head()).hasToString("[2026-03-03,20260303]");
  }

  @Test
  void theWholeTableCanBeRead() {
    assertThat(texts(read(delta("raw/days")).select("CAST(day AS STRING) AS x"), march(3)))
        .hasSize(11);
  }

  @Test
  void filesAreReadByTheFoldersOfTheirUnits() {
    lake.file("arrivals/2026-03-03/a.csv", "id\n1\n");
    lake.file("arrivals/2026-03-04/a.csv", "id\n2\n");
    lake.file("hive/arrival=2026-03-03/a.csv", "id\n3\n");
    lake.file("arrivals/2026-03-04/_hidden.csv", "nonsense");
    Partition arrival = Partition.daily("arrival");

    assertThat(files(csv("arrivals/{arrival}").schema("id INT").partition(arrival.around(0, 1))))
        .containsExactly("2026-03-03 1", "2026-03-04 2");
    assertThat(files(csv("hive").schema("id INT").partition(arrival)))
        .containsExactly("2026-03-03 3");
  }

  @Test
  void theIntervalIsATimestampOfUtc() {
    Rows rows = read(delta("raw/days").partition(DAY));

    assertThat(
            texts(
                rows.select(
                    "concat_ws(' ', typeof(:from), :from, typeof(:to), :to, day = :from) AS x"),
                march(3)))
        .containsExactly("timestamp 2026-03-03 00:00:00 timestamp 2026-03-04 00:00:00 true");
  }

  @Test
  void parametersAreTypedValuesAndNeverText() {
    List<String> hostile =
        List.of(
            "' OR true --",
            "x'; DROP TABLE t; --",
            "\\' OR 1=1",
            "`${spark.app.name}`",
            ":other",
            "%_\"\n\0가😀");
    for (String text : hostile) {
      Pipeline pipeline =
          Pipeline.named("tested")
              .parameters(Parameter.string("text"), Parameter.decimal("least"))
              .writes(
                  read(delta("raw/days"))
                      .where("CAST(n AS STRING) = :text OR (:least = 12.50 AND n = 3)")
                      .select("n", ":text AS text", "typeof(:least) AS type")
                      .to(delta("mart/hostile").overwrite()));
      lake.succeed(
          EngineLake.request(
              pipeline,
              Optional.empty(),
              Map.of(
                  "text",
                  new TypedValue(ValueType.STRING, text),
                  "least",
                  ValueType.DECIMAL.parse("12.50"))));

      Row row = lake.rows("mart/hostile").head();
      assertThat(row.getString(1)).isEqualTo(text);
      assertThat(row.getString(2)).isEqualTo("decimal(4,2)");
      assertThat(lake.rows("mart/hostile").count()).isEqualTo(1);
    }
  }

  private static List<String> days(Window window) {
    return texts(
        read(delta("raw/days").partition(window)).select("CAST(day AS STRING) AS x"), march(3));
  }

  private static List<String> files(Source source) {
    return texts(read(source).select("concat(arrival, ' ', id) AS x"), march(3));
  }

  /** One column of text, as a view of the unit shows it. */
  private static List<String> texts(Rows rows, Interval unit) {
    return lake.engine().view(rows, Optional.of(unit)).first(50).rows().stream()
        .map(row -> row.get(0).orElseThrow())
        .sorted()
        .toList();
  }
}
