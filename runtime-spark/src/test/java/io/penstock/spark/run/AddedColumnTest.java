package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.avro;
import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.excel;
import static io.penstock.dsl.Penstock.json;
import static io.penstock.dsl.Penstock.orc;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.spark.testing.EngineLake.DAY;
import static io.penstock.spark.testing.EngineLake.march;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.plan.Write;
import io.penstock.spark.excel.Workbook;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.FileSource;
import io.penstock.spec.Partition;
import io.penstock.spec.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.avro.AvroFileFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Days before and after their files got a column are landed into one table, and again. */
@Tag("spark")
final class AddedColumnTest {
  private static final String SCHEMA = "id INT, note STRING, extra INT";

  @TempDir private Path directory;

  /** The formats of files whose columns have names. */
  private enum Format {
    CSV,
    JSON,
    EXCEL,
    PARQUET,
    ORC,
    AVRO;

    private FileSource<?> source(Window days) {
      String folder = "arrivals/notes/{day}";
      return switch (this) {
        case CSV -> csv(folder).schema(SCHEMA).optional("extra").partition(days);
        case JSON -> json(folder).schema(SCHEMA).optional("extra").partition(days);
        case EXCEL -> excel(folder).schema(SCHEMA).optional("extra").partition(days);
        case PARQUET -> parquet(folder).schema(SCHEMA).optional("extra").partition(days);
        case ORC -> orc(folder).schema(SCHEMA).optional("extra").partition(days);
        case AVRO -> avro(folder).schema(SCHEMA).optional("extra").partition(days);
      };
    }

    /** One row, whose column {@code extra} isn't there on the first day. */
    private void deliver(EngineLake lake, int day) throws IOException {
      String folder = "arrivals/notes/2026-03-0" + day;
      boolean extra = day > 1;
      switch (this) {
        case CSV ->
            lake.file(
                folder + "/a.csv",
                extra ? "id,note,extra\n%1$s,n%1$s,%1$s0\n".formatted(day) : "id,note\n1,n1\n");
        case JSON ->
            lake.file(
                folder + "/a.json",
                "{\"id\": %1$s, \"note\": \"n%1$s\"%2$s}\n"
                    .formatted(day, extra ? ", \"extra\": " + day + "0" : ""));
        case EXCEL -> {
          Files.createDirectories(lake.path(folder));
          String header = cell("id") + cell("note") + (extra ? cell("extra") : "");
          String row = cell("" + day) + cell("n" + day) + (extra ? cell(day + "0") : "");
          Files.write(
              lake.path(folder + "/a.xlsx"),
              new Workbook()
                  .sheet("Data", "<row>" + header + "</row><row>" + row + "</row>")
                  .content());
        }
        case PARQUET, ORC, AVRO ->
            lake.sql(
                    "SELECT %1$s AS id, 'n%1$s' AS note%2$s"
                        .formatted(day, extra ? ", " + day + "0 AS extra" : ""))
                .coalesce(1)
                .write()
                .format(
                    this == AVRO ? AvroFileFormat.class.getName() : name().toLowerCase(Locale.ROOT))
                .save(lake.path(folder).toString());
      }
    }

    private static String cell(String text) {
      return "<c t=\"inlineStr\"><is><t>" + text + "</t></is></c>";
    }
  }

  @ParameterizedTest
  @EnumSource(Format.class)
  void everyDayIsLandedWithAndWithoutTheColumn(Format format) throws IOException {
    EngineLake lake = new EngineLake(directory);
    format.deliver(lake, 1);
    format.deliver(lake, 2);
    Rows landed = read(format.source(DAY.unit()));
    Write table = landed.to(delta("raw/notes").overwrite(DAY));
    Write export = landed.to(csv("export/notes").overwrite(DAY));

    // The older day is the one with which the table begins, and one that is landed again.
    for (int day : new int[] {1, 2, 1}) {
      lake.succeed(request(pipeline(table, export), Optional.of(march(day)), Map.of()));
    }

    assertThat(texts(lake, "raw/notes"))
        .containsExactly("[1,n1,null,2026-03-01]", "[2,n2,20,2026-03-02]");
    assertThat(lake.content("export/notes/day=2026-03-01/notes.csv"))
        .isEqualTo("id,note,extra,day\n1,n1,,2026-03-01\n");
    assertThat(lake.content("export/notes/day=2026-03-02/notes.csv"))
        .isEqualTo("id,note,extra,day\n2,n2,20,2026-03-02\n");

    Rows both = read(format.source(DAY.last(2).as("until")));
    lake.succeed(
        request(
            pipeline(both.to(delta("mart/both").overwrite(Partition.daily("until")))),
            Optional.of(march(2)),
            Map.of()));
    assertThat(texts(lake, "mart/both"))
        .containsExactly("[1,n1,null,2026-03-01,2026-03-02]", "[2,n2,20,2026-03-02,2026-03-02]");
  }

  private static List<String> texts(EngineLake lake, String table) {
    return lake.rows(table).orderBy("id").collectAsList().stream().map(Object::toString).toList();
  }
}
