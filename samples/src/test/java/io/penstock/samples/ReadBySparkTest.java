package io.penstock.samples;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.samples.testing.TestLake;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What {@code read-command} prints for Spark, run as it is printed. */
@Tag("spark")
final class ReadBySparkTest {
  @Test
  void theSnippetReadsTheRowsOfTheTable() {
    TestLake lake = TestLake.empty();
    lake.write("mart/by_spark", "SELECT * FROM VALUES (1, 'a'), (2, NULL) AS t(id, name)");

    String printed = lake.penstock("read-command", "mart/by_spark", "--for", "spark").well().out();

    assertThat(printed).startsWith("-- ").endsWith(";\n");
    Dataset<Row> rows = lake.query(printed.strip().replaceAll(";$", ""));
    assertThat(rows.toJSON().collectAsList())
        .containsExactlyInAnyOrderElementsOf(List.of("{\"id\":1,\"name\":\"a\"}", "{\"id\":2}"));
  }
}
