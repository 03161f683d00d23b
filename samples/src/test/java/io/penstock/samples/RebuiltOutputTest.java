package io.penstock.samples;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.jobs.Job;
import io.penstock.samples.testing.Ended;
import io.penstock.samples.testing.TestLake;
import io.penstock.spec.Partition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An output gets a new partitioning by following the printed steps literally. */
@Tag("spark")
class RebuiltOutputTest {
  private static final Partition MONTHS = Partition.monthly("day");
  private static final Partition WEEKS = Partition.weekly("day");
  private static final Partition DAYS = Partition.daily("day");
  private static final Partition ARRIVAL = Partition.daily("arrival");
  private static final String TABLE = "mart/visits";
  private static final String EXPORT = "export/visits";
  private static final Pattern STEPS =
      Pattern.compile(
          "move the directory '([^']+)' away and run what it held, in this lake:"
              + " penstock (run [^.\n]+)\\.");

  @TempDir private Path elsewhere;
  private final TestLake lake = TestLake.empty();

  /** Eight visits on four days, of two months and of one week. */
  @BeforeEach
  void arrive() {
    visits("2026-03-30", "home,1", "home,2", "cart,1");
    visits("2026-03-31", "home,3", "cart,9");
    visits("2026-04-01", "home,5");
    visits("2026-04-02", "home,1", "cart,7");
  }

  private void visits(String day, String... lines) {
    lake.deliver(
        "visits/" + day + "/a.csv", "page,visitor\n" + String.join("\n", List.of(lines)) + "\n");
  }

  private static Rows counted(Partition units) {
    return read(csv("arrivals/visits/{arrival}")
            .schema("page STRING, visitor INT")
            .partition(ARRIVAL)
            .orEmpty())
        .select("CAST(date_trunc('%s', arrival) AS DATE) AS day".formatted(units.grain().text()))
        .groupBy("day")
        .aggregate("count(*) AS visits");
  }

  private static List<Job> table(Partition units) {
    return List.of(
        () -> Pipeline.named("visits").writes(counted(units).to(delta(TABLE).overwrite(units))));
  }

  private static List<Job> export(Partition units) {
    return List.of(
        () -> Pipeline.named("visits").writes(counted(units).to(csv(EXPORT).overwrite(units))));
  }

  @Test
  void aTableOfDaysBecomesOneOfMonths() throws IOException {
    run(table(DAYS), "run visits --from 2026-03-30 --to 2026-04-03");

    rebuild(TABLE, table(MONTHS), "run visits --from 2026-03-01 --to 2026-05-01");

    assertThat(tabled()).containsExactly("2026-03-01,5", "2026-04-01,3");
    run(table(MONTHS), "run visits --date 2026-03-17");
    assertThat(tabled()).containsExactly("2026-03-01,5", "2026-04-01,3");
  }

  @Test
  void aTableOfWeeksBecomesOneOfDays() throws IOException {
    run(table(WEEKS), "run visits --date 2026-04-01");
    assertThat(tabled()).containsExactly("2026-03-30,8");

    rebuild(TABLE, table(DAYS), "run visits --from 2026-03-30 --to 2026-04-06");

    assertThat(tabled())
        .containsExactly("2026-03-30,3", "2026-03-31,2", "2026-04-01,1", "2026-04-02,2");
  }

  @Test
  void anExportOfDaysBecomesOneOfMonths() throws IOException {
    run(export(DAYS), "run visits --from 2026-03-30 --to 2026-04-03");

    rebuild(EXPORT, export(MONTHS), "run visits --from 2026-03-01 --to 2026-05-01");

    assertThat(exported()).containsExactly("2026-03-01,5", "2026-04-01,3");
    run(export(MONTHS), "run visits --date 2026-03-17");
    assertThat(exported()).containsExactly("2026-03-01,5", "2026-04-01,3");
  }

  @Test
  void anExportOfWeeksBecomesOneOfDays() throws IOException {
    run(export(WEEKS), "run visits --date 2026-04-01");
    assertThat(exported()).containsExactly("2026-03-30,8");

    rebuild(EXPORT, export(DAYS), "run visits --from 2026-03-30 --to 2026-04-06");

    assertThat(exported())
        .containsExactly("2026-03-30,3", "2026-03-31,2", "2026-04-01,1", "2026-04-02,2");
  }

  private Ended run(List<Job> jobs, String command) {
    return lake.penstock(jobs, command.split(" ")).well();
  }

  /** Follows the steps that the refused job prints, and does nothing else. */
  private void rebuild(String output, List<Job> changed, String expected) throws IOException {
    List<String> before = held(output);
    Ended refused = lake.penstock(changed, "run", "visits", "--date", "2026-04-01").with(78);
    assertThat(held(output)).as("what a refused run leaves").isEqualTo(before);

    Matcher steps = STEPS.matcher(refused.err());
    assertThat(steps.find()).as(refused.err()).isTrue();
    Path directory = Path.of(steps.group(1));
    String command = steps.group(2);
    assertThat(directory).isEqualTo(lake.root().resolve(output));
    assertThat(command).isEqualTo(expected);

    Files.move(directory, elsewhere.resolve("moved"));
    run(changed, command);
  }

  private List<String> held(String output) {
    return output.equals(TABLE) ? tabled() : exported();
  }

  /** The rows of the table, as lines. */
  private List<String> tabled() {
    return lake.table(TABLE).orderBy("day").collectAsList().stream()
        .map(row -> row.getDate(0) + "," + row.getLong(1))
        .toList();
  }

  /** The rows of the export, as lines. */
  private List<String> exported() {
    return lake.exports().values().stream().flatMap(text -> text.lines().skip(1)).sorted().toList();
  }
}
