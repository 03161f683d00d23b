package io.penstock.samples;

import static io.penstock.dsl.Penstock.delta;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.Engine;
import io.penstock.engine.EngineSettings;
import io.penstock.jobs.cli.EngineFinder;
import io.penstock.plan.Write;
import io.penstock.samples.testing.Page;
import io.penstock.samples.testing.Source;
import io.penstock.samples.testing.TestLake;
import io.penstock.spec.Partition;
import io.penstock.spec.UnitDate;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples in the reference of the language are one program, which the engine accepts. */
@Tag("spark")
class LanguageExamplesTest {
  private static final String DAY = "2026-03-01";
  private static final TestLake LAKE = TestLake.empty();

  @TempDir private static Path folder;
  private static Object program;

  @BeforeAll
  static void compileTheProgramOnALakeWithWhatItReads() throws Exception {
    List<Page.Block> java =
        Page.LANGUAGE.blocks().stream().filter(block -> block.language().equals("java")).toList();
    String examples = java.stream().skip(1).map(Page.Block::text).collect(Collectors.joining());
    String text = java.get(0).text() + "public class Examples {\n" + examples + "}\n";
    program = new Source("Examples", text).instance(folder);

    LAKE.deliver("books")
        .deliver("session_timestamp/" + DAY)
        .write(
            "raw/session_timestamp",
            """
            SELECT 'a' AS sessionid, TIMESTAMP '2026-02-20 12:00:00' AS ts,
                   explode(sequence(DATE '2026-02-20', DATE '2026-03-01')) AS day
            """,
            "day")
        .write(
            "raw/user_session_channel",
            "SELECT 1L AS userid, 'a' AS sessionid, 'organic' AS channel")
        .write(
            "raw/session_transaction",
            "SELECT 'a' AS sessionid, false AS refunded, CAST(2 AS DECIMAL(12, 2)) AS amount");
    deliver(
        "arrivals/products/a.json",
        "[{\"id\": 1, \"tags\": [\"x\"], \"size\": {\"w\": 1, \"h\": 2}}]");
    deliver("arrivals/logs/server-1.out", "started\n");
    deliver("arrivals/sales/2026-03-01/a.csv", "shop;price;sold_on\nMitte;1.234,50;01.03.2026\n");
    deliver("arrivals/stock/stock_20260301_1.csv", "item,pieces\n1,2\n");
    deliver("arrivals/stock/stock_20260301.done", "");
    deliver("arrivals/counted/2026-03-01/a.csv", "id,amount\n1,2.50\n");
    deliver("arrivals/counted/2026-03-01/a.count", "1 a.csv\n");
    deliver("arrivals/clicks/a.json", "{\"id\":1,\"at\":1772366400000}\n");
    Path prices = Files.createDirectories(LAKE.root().resolve("arrivals/prices"));
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute(
          "COPY (SELECT 1 AS item) TO '%s' (FORMAT parquet)"
              .formatted(prices.resolve("a.parquet")));
    }
  }

  private static void deliver(String path, String content) throws IOException {
    Path file = LAKE.root().resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, content);
  }

  @Test
  void everyExampleOfRowsIsAnalysed() throws Exception {
    EngineSettings settings =
        new EngineSettings(
            LAKE.root().toString(), Optional.empty(), Map.of(), EngineSettings.Logs.QUIET);
    try (Engine engine = EngineFinder.find().open(settings)) {
      for (Field field : fieldsOf(Rows.class)) {
        Rows rows = (Rows) field.get(program);
        assertThat(
                engine
                    .view(rows, Optional.of(Partition.daily("day").unitOf(UnitDate.of(DAY))))
                    .schema())
            .as(field.getName())
            .isNotEmpty();
      }
    }
  }

  /** Only what is written has its expectations analysed. */
  @Test
  void theExpectationsOfEveryExampleOfRowsAreAnalysed() throws Exception {
    Write daily = ((Pipeline) fieldsOf(Pipeline.class).get(0).get(program)).writes().get(0);
    List<Write> examples = new ArrayList<>();
    for (Field field : fieldsOf(Rows.class)) {
      Rows rows = (Rows) field.get(program);
      examples.add(rows.to(delta("mart/example_" + field.getName()).overwrite()));
    }

    assertThat(
            LAKE.penstock(
                    List.of(
                        () ->
                            Pipeline.named("examples")
                                .writes(daily, examples.toArray(Write[]::new))),
                    "plan",
                    "examples",
                    "--date=" + DAY)
                .well()
                .out())
        .contains("satisfies(amount >= 0, allowing 0.05)");
  }

  @Test
  void everyExampleOfAPipelineIsPlanned() throws Exception {
    for (Field field : fieldsOf(Pipeline.class)) {
      Pipeline pipeline = (Pipeline) field.get(program);
      assertThat(
              LAKE.penstock(List.of(() -> pipeline), "plan", pipeline.name(), "--date=" + DAY)
                  .well()
                  .out())
          .as(field.getName())
          .contains("Replaces");
    }
  }

  private static List<Field> fieldsOf(Class<?> type) {
    List<Field> fields =
        List.of(program.getClass().getDeclaredFields()).stream()
            .filter(field -> type.isAssignableFrom(field.getType()))
            .toList();
    assertThat(fields).isNotEmpty();
    fields.forEach(field -> field.setAccessible(true));
    return fields;
  }
}
