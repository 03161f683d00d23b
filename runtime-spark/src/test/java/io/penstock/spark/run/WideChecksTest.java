package io.penstock.spark.run;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.notNull;
import static io.penstock.dsl.Penstock.oneOf;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.unique;
import static io.penstock.spark.testing.EngineLake.pipeline;
import static io.penstock.spark.testing.EngineLake.request;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.engine.RunReport;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.Expectation;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Expectations with very many columns, values and terms: Spark's recursion is as deep as a tree.
 */
@Tag("spark")
final class WideChecksTest {
  private static final int COLUMNS = 500;

  @TempDir private Path directory;
  private EngineLake lake;

  @BeforeEach
  void fill() {
    lake = new EngineLake(directory);
    lake.table(
        "raw/wide",
        Stream.of(names()).map(name -> "'v1' AS " + name).collect(joining(", ", "SELECT ", ""))
            + " UNION ALL "
            + Stream.of(names())
                .map(name -> name.equals("c499") ? "NULL" : "'v2'")
                .collect(joining(", ", "SELECT ", "")));
  }

  @Test
  void columnsThatAreNotNullAndUniqueMayBeMany() {
    assertThat(failingRows(notNull(names()))).isEqualTo(1);
    assertThat(failingRows(unique(names()))).isZero();
  }

  @Test
  void valuesMayBeMany() {
    assertThat(failingRows(oneOf("c0", values(2, 5_000)))).isEqualTo(1);
    assertThat(failingRows(oneOf("c0", values(1, 5_000)))).isZero();
  }

  @Test
  void termsMayBeMany() {
    String all =
        Stream.of(values(2, 1_000)).map(v -> "c0 <> '" + v + "'").collect(joining(" AND "));
    String any = Stream.of(values(2, 1_000)).map(v -> "c0 = '" + v + "'").collect(joining(" OR "));

    assertThat(failingRows(satisfies(all))).isEqualTo(1);
    assertThat(failingRows(satisfies(any))).isEqualTo(1);
  }

  private long failingRows(Expectation expectation) {
    RunReport report =
        lake.run(
            request(
                pipeline(
                    read(delta("raw/wide"))
                        .expect(expectation)
                        .to(delta("mart/out").overwrite()))));
    assertThat(report.checks()).as("%s", report.failure()).hasSize(1);
    return report.checks().get(0).failingRows();
  }

  private static String[] names() {
    return IntStream.range(0, COLUMNS).mapToObj(i -> "c" + i).toArray(String[]::new);
  }

  private static String[] values(int first, int count) {
    return IntStream.range(first, first + count).mapToObj(i -> "v" + i).toArray(String[]::new);
  }
}
