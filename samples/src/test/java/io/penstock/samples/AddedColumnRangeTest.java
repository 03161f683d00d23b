package io.penstock.samples;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.jobs.Job;
import io.penstock.samples.testing.TestLake;
import io.penstock.spec.Partition;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On the command line: a range of days, on the second of which the files have one more column. */
@Tag("spark")
class AddedColumnRangeTest {
  private static final Partition DAY = Partition.daily("day");
  private static final String SCHEMA = "id INT, note STRING, extra INT";

  private static final Job NOTES =
      () ->
          Pipeline.named("notes")
              .writes(
                  read(csv("arrivals/notes/{day}").schema(SCHEMA).partition(DAY).optional("extra"))
                      .to(delta("raw/notes").overwrite(DAY)),
                  read(json("arrivals/notes/{day}").schema(SCHEMA).partition(DAY).optional("extra"))
                      .to(delta("raw/notes_of_json").overwrite(DAY)));

  private final TestLake lake = TestLake.empty();

  @Test
  void aBackfillLandsTheDaysBeforeAndAfter() {
    lake.deliver("notes/2026-03-01/a.csv", "id,note\n1,a\n");
    lake.deliver("notes/2026-03-01/a.json", "{\"id\": 1, \"note\": \"a\"}\n");
    lake.deliver("notes/2026-03-02/a.csv", "id,note,extra\n2,b,20\n");
    lake.deliver("notes/2026-03-02/a.json", "{\"id\": 2, \"note\": \"b\", \"extra\": 20}\n");

    lake.penstock(List.of(NOTES), "run", "notes", "--from", "2026-03-01", "--to", "2026-03-03")
        .well();
    lake.penstock(List.of(NOTES), "run", "notes", "--date", "2026-03-01").well();

    for (String table : List.of("raw/notes", "raw/notes_of_json")) {
      assertThat(lake.table(table).orderBy("id").collectAsList())
          .extracting(Object::toString)
          .containsExactly("[1,a,null,2026-03-01]", "[2,b,20,2026-03-02]");
    }
  }
}
