package io.penstock.spark.csv;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.plan.Write;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.CsvSource;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The cells of files, as programs write them, in the table that a run makes of them. */
@Tag("spark")
final class CsvRunsTest {
  @TempDir private static Path directory;
  private static EngineLake lake;

  /**
   * A file, and what it holds.
   *
   * @param declared what else is said of the files
   */
  private record Case(
      String name,
      String schema,
      UnaryOperator<CsvSource> declared,
      String content,
      Charset encoding,
      List<List<Object>> rows) {
    @Override
    public String toString() {
      return name;
    }
  }

  /** All in one run, whose outputs don't depend on each other. */
  @BeforeAll
  static void land() throws IOException {
    lake = new EngineLake(directory);
    for (Case file : cases().toList()) {
      Path folder = Files.createDirectories(lake.path("arrivals/" + file.name()));
      Files.write(folder.resolve("a.csv"), file.content().getBytes(file.encoding()));
    }
    lake.succeed(
        cases()
            .map(
                file ->
                    read(file.declared()
                            .apply(csv("arrivals/" + file.name()).schema(file.schema())))
                        .to(delta("raw/" + file.name()).overwrite()))
            .toArray(Write[]::new));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void theTableHoldsTheCellsOfTheFile(Case file) {
    assertThat(lake.rows("raw/" + file.name()).collectAsList().stream().map(CsvRunsTest::cells))
        .containsExactlyInAnyOrderElementsOf(file.rows());
  }

  static Stream<Case> cases() {
    Stream<Case> kinds =
        DialectsTest.kinds()
            .flatMap(
                kind ->
                    Stream.of(
                        new Case(
                            kind.name(),
                            kind.schema(),
                            source -> source,
                            kind.content(),
                            UTF_8,
                            kind.rows()),
                        new Case(
                            kind.name() + "_crlf",
                            kind.schema(),
                            source -> source,
                            kind.content().replace("\n", "\r\n"),
                            UTF_8,
                            kind.rowsWithWindowsLineEnds())))
            .filter(
                file ->
                    !file.name().endsWith("_crlf")
                        || List.of("empty_crlf", "newlines_crlf", "simple_crlf")
                            .contains(file.name()));
    return Stream.concat(kinds, own());
  }

  private static Stream<Case> own() {
    return Stream.of(
        new Case(
            "flights",
            "dep_time INT, delay DOUBLE, carrier STRING, time_hour TIMESTAMP",
            source -> source.nullWords("NA"),
            """
            dep_time,delay,carrier,time_hour
            517,2.5,UA,2013-01-01T10:00:00Z
            NA,NA,NA,NA
            542,-1,"NA",2013-01-01T11:00:00Z
            """,
            UTF_8,
            List.of(
                row(517, 2.5, "UA", time("2013-01-01T10:00:00Z")),
                row(null, null, null, null),
                row(542, -1.0, "NA", time("2013-01-01T11:00:00Z")))),
        new Case(
            "headerless",
            "id INT, name STRING, score DOUBLE",
            CsvSource::headerless,
            "1,\"Kim, Jo\",0.5\n2,,\n",
            UTF_8,
            List.of(row(1, "Kim, Jo", 0.5), row(2, null, null))),
        new Case(
            "spreadsheet",
            "shop STRING, note STRING, price DECIMAL(12,2)",
            source ->
                source
                    .encoding("UTF-16")
                    .delimiter("\t")
                    .decimalSeparator(",")
                    .thousandsSeparator("."),
            """
            \uFEFFshop\tnote\tprice\r
            Köln\t"a\tb""c""\r
            d"\t1.234,50\r
            부산\t\t-0,5\r
            """,
            Charset.forName("UTF-16LE"),
            List.of(
                row("Köln", "a\tb\"c\"\r\nd", new BigDecimal("1234.50")),
                row("부산", null, new BigDecimal("-0.50")))));
  }

  private static Timestamp time(String instant) {
    return Timestamp.from(Instant.parse(instant));
  }

  private static List<Object> row(Object... values) {
    return Arrays.asList(values);
  }

  private static List<Object> cells(Row row) {
    return IntStream.range(0, row.size()).mapToObj(row::get).collect(Collectors.toList());
  }
}
