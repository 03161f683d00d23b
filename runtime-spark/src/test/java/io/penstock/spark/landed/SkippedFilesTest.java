package io.penstock.spark.landed;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.satisfies;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.penstock.dsl.Rows;
import io.penstock.engine.RunReport;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.Proofs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.execution.LogicalRDD;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Statistics of a file, or of a table's log, let Spark skip files without matching rows. No filter
 * may lose a row by that.
 */
@Tag("proof")
final class SkippedFilesTest {
  /** How many filters are tried on each source; all of them in full proofs. */
  private static final int FILTERS = Proofs.full() ? Integer.MAX_VALUE : 48;

  private static final int FILTERS_IN_ONE_QUERY = 24;

  /** The values of the rows, by column. Filters use the same values, and finer times. */
  private static final Map<String, List<String>> VALUES = new LinkedHashMap<>();

  static {
    VALUES.put(
        "d",
        List.of(
            "-0.0D",
            "1.5D",
            "double('NaN')",
            "double('Infinity')",
            "-1.5D",
            "0.0D",
            "1e-300D",
            "CAST(NULL AS DOUBLE)"));
    VALUES.put(
        "f",
        List.of(
            "-1.5F",
            "-0.0F",
            "1.5F",
            "float('NaN')",
            "0.0F",
            "float('-Infinity')",
            "1e-40F",
            "CAST(NULL AS FLOAT)"));
    VALUES.put(
        "s",
        List.of(
            "named_struct('d', -0.0D).d",
            "2.5D",
            "double('NaN')",
            "-2.5D",
            "0.0D",
            "1.0D",
            "3.0D",
            "CAST(NULL AS DOUBLE)"));
    VALUES.put(
        "at",
        List.of(
            "TIMESTAMP'2026-03-01 00:00:00'", "TIMESTAMP'2026-03-01 00:00:00.001'",
            "TIMESTAMP'9999-12-31 23:59:59.999'", "TIMESTAMP'1582-10-04 00:00:00'",
            "TIMESTAMP'1582-10-15 00:00:00'", "TIMESTAMP'1969-12-31 23:59:59.999'",
            "TIMESTAMP'0001-01-01 00:00:00'", "CAST(NULL AS TIMESTAMP)"));
    VALUES.put(
        "day",
        List.of(
            "DATE'2026-03-01'",
            "DATE'1582-10-04'",
            "DATE'1582-10-15'",
            "DATE'0001-01-01'",
            "DATE'9999-12-31'",
            "DATE'1969-12-31'",
            "DATE'1582-10-10'",
            "CAST(NULL AS DATE)"));
    VALUES.put(
        "n",
        List.of(
            "CAST(0.00 AS DECIMAL(10,2))",
            "CAST(-0.01 AS DECIMAL(10,2))",
            "CAST(99999999.99 AS DECIMAL(10,2))",
            "CAST(-99999999.99 AS DECIMAL(10,2))",
            "CAST(1.10 AS DECIMAL(10,2))",
            "CAST(1.00 AS DECIMAL(10,2))",
            "CAST(2.00 AS DECIMAL(10,2))",
            "CAST(NULL AS DECIMAL(10,2))"));
    VALUES.put(
        "t", List.of("''", "' '", "'a'", "'a '", "'A'", "'\uFFFD'", "'\uD83D\uDE00'", "NULL"));
    VALUES.put(
        "i", List.of("0", "-1", "2147483647", "-2147483648", "1", "2", "3", "CAST(NULL AS INT)"));
  }

  private static final List<String> FINER_TIMES =
      List.of(
          "TIMESTAMP'2026-03-01 00:00:00.0005'",
          "TIMESTAMP'1969-12-31 23:59:59.9995'",
          "TIMESTAMP'2026-03-01 00:00:00.001999'");

  /** The rows, of no file. */
  private static final String WRITTEN = "written_rows";

  private static Dataset<Row> kept;

  private static final AtomicInteger leftOut = new AtomicInteger();

  @TempDir private static Path root;
  private static EngineLake lake;

  private enum Source {
    DELTA,
    /** Times as INT96, as earlier releases and other programs write them. */
    DELTA_OF_INT96,
    /** Like tables of writers whose maximum ignores NaN. */
    DELTA_WITHOUT_NAN,
    /** With times in milliseconds. */
    PARQUET;

    Rows rows() {
      return this == PARQUET
          ? read(parquet("arrivals/files"))
          : read(delta("raw/" + name().toLowerCase(Locale.ROOT)));
    }
  }

  @BeforeAll
  static void writeEachRowIntoTwoFiles() throws IOException {
    lake = new EngineLake(root);
    String millis = "spark.sql.parquet.outputTimestampType";
    SparkSession int96 = lake.spark().newSession();
    int96.conf().set(millis, "INT96");
    for (int file = 0; file < 8; file++) {
      String rows = rows(List.of(file, (file + 1) % 8), 8);
      append(lake.spark(), Source.DELTA, rows);
      append(lake.spark(), Source.DELTA_WITHOUT_NAN, rows);
      append(int96, Source.DELTA_OF_INT96, rows);
      String before = lake.spark().conf().get(millis);
      lake.spark().conf().set(millis, "TIMESTAMP_MILLIS");
      try {
        lake.sql(rows)
            .coalesce(1)
            .write()
            .mode("append")
            .parquet(root.resolve("arrivals/files").toString());
      } finally {
        lake.spark().conf().set(millis, before);
      }
    }
    kept = lake.sql(written()).localCheckpoint();
    kept.createOrReplaceTempView(WRITTEN);
    leaveNanOut(root.resolve("raw/delta_without_nan/_delta_log"));
    assertThat(leftOut).as("columns of files with NaN among others").hasValue(6);
    DeltaLog.clearCache();
  }

  private static void append(SparkSession session, Source table, String rows) {
    session
        .sql(rows)
        .coalesce(1)
        .write()
        .format("delta")
        .mode("append")
        .save(root.resolve("raw/" + table.name().toLowerCase(Locale.ROOT)).toString());
  }

  /** The session is shared with other tests. */
  @AfterAll
  static void releaseTheRows() {
    lake.spark().catalog().dropTempView(WRITTEN);
    ((LogicalRDD) kept.queryExecution().logical()).rdd().unpersist(true);
  }

  /** Rows with the values at these indexes, repeated so that Parquet creates a dictionary. */
  private static String rows(List<Integer> places, int copies) {
    List<String> all = new ArrayList<>();
    for (int place : places) {
      String row =
          VALUES.entrySet().stream()
              .map(
                  column ->
                      column.getKey().equals("s")
                          ? "named_struct('d', " + column.getValue().get(place) + ")"
                          : column.getValue().get(place))
              .collect(Collectors.joining(", ", "(", ")"));
      all.addAll(Collections.nCopies(copies, row));
    }
    return "SELECT * FROM VALUES %s AS v (%s)"
        .formatted(String.join(", ", all), String.join(", ", VALUES.keySet()));
  }

  private static void leaveNanOut(Path log) throws IOException {
    ObjectMapper json = new ObjectMapper();
    try (var entries = Files.list(log)) {
      for (Path entry : entries.filter(path -> path.toString().endsWith("json")).toList()) {
        List<String> lines = new ArrayList<>();
        for (String line : Files.readAllLines(entry)) {
          ObjectNode action = (ObjectNode) json.readTree(line);
          if (action.get("add") instanceof ObjectNode add) {
            ObjectNode stats = (ObjectNode) json.readTree(add.get("stats").asText());
            withoutNan((ObjectNode) stats.get("minValues"), (ObjectNode) stats.get("maxValues"));
            add.put("stats", stats.toString());
          }
          lines.add(action.toString());
        }
        Files.write(entry, lines);
      }
    }
    // Spark's own checksums of the log's files.
    try (var sums = Files.list(log)) {
      for (Path sum : sums.filter(path -> path.toString().endsWith(".crc")).toList()) {
        Files.delete(sum);
      }
    }
  }

  private static void withoutNan(ObjectNode least, ObjectNode greatest) {
    greatest
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (greatest.get(name) instanceof ObjectNode fields) {
                withoutNan((ObjectNode) least.get(name), fields);
              } else if (greatest.get(name).asText().equals("NaN")) {
                greatest.set(name, least.get(name));
                leftOut.incrementAndGet();
              }
            });
  }

  private static List<String> filters() {
    List<String> filters = new ArrayList<>();
    VALUES.forEach(
        (name, values) -> {
          String column = name.equals("s") ? "s.d" : name;
          List<String> literals = new ArrayList<>(values);
          if (name.equals("at")) {
            literals.addAll(FINER_TIMES);
          }
          for (int at = 0; at < literals.size(); at++) {
            String literal = literals.get(at);
            String other = literals.get((at + 3) % literals.size());
            for (String operator : List.of("=", "<>", "<", "<=", ">", ">=", "<=>")) {
              filters.add(column + " " + operator + " " + literal);
              filters.add("NOT (" + column + " " + operator + " " + literal + ")");
            }
            filters.add("%s IN (%s, %s)".formatted(column, literal, other));
            filters.add("%s NOT IN (%s, %s)".formatted(column, literal, other));
            filters.add("%s BETWEEN %s AND %s".formatted(column, literal, other));
          }
        });
    return filters;
  }

  /** Else what follows would compare filters on rows that are others already. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void withoutAFilterTheRowsAreThoseThatWereWritten(Source source) {
    lake.succeed(source.rows().to(delta("mart/read").overwrite()));

    assertThat(texts(lake.rows("mart/read"))).isEqualTo(texts(lake.sql(written())));
  }

  private static List<String> texts(Dataset<Row> rows) {
    return rows.collectAsList().stream().map(Row::toString).sorted().toList();
  }

  @ParameterizedTest
  @EnumSource(Source.class)
  void noFilterLosesARow(Source source) {
    List<String> filters = new ArrayList<>(filters());
    Random random = Proofs.random("filters on " + source);
    Collections.shuffle(filters, random);
    filters.addAll(
        0, List.of("d = 0.0D", "d >= 0.0D", "d > 5D", "s.d > 5D", "at < " + FINER_TIMES.get(0)));
    List<String> tried = filters.subList(0, Math.min(FILTERS, filters.size()));
    for (int at = 0; at < tried.size(); at += FILTERS_IN_ONE_QUERY) {
      List<String> some = tried.subList(at, Math.min(tried.size(), at + FILTERS_IN_ONE_QUERY));
      assertThat(found(some, source)).isEqualTo(expected(some));
    }
  }

  private static Map<String, Long> found(List<String> filters, Source source) {
    lake.succeed(
        sql(counts(filters, "t")).from("t", source.rows()).to(delta("mart/out").overwrite()));
    return counted(lake.rows("mart/out").collectAsList());
  }

  /** The counts of the same filters on rows that aren't read from files. */
  private static Map<String, Long> expected(List<String> filters) {
    return counted(lake.sql(counts(filters, WRITTEN)).collectAsList());
  }

  private static String written() {
    return rows(IntStream.range(0, 8).boxed().toList(), 16);
  }

  private static String counts(List<String> filters, String table) {
    return filters.stream()
        .distinct()
        .map(
            filter ->
                "SELECT \"%s\" AS filter, count(*) AS n FROM %s WHERE %s"
                    .formatted(filter, table, filter))
        .collect(Collectors.joining(" UNION ALL "));
  }

  private static Map<String, Long> counted(List<Row> rows) {
    Map<String, Long> counts = new TreeMap<>();
    rows.forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }

  /** The optimizer derives a filter from the joined value. */
  @ParameterizedTest
  @EnumSource(Source.class)
  void noJoinLosesARow(Source source) {
    lake.succeed(
        sql("SELECT count(*) AS n FROM t JOIN (SELECT 0.0D AS zero) ON t.d = zero")
            .from("t", source.rows())
            .to(delta("mart/joined").overwrite()));

    assertThat(lake.rows("mart/joined").head().getLong(0)).isEqualTo(32);
  }

  @Test
  void noCheckOfWrittenRowsLosesARow() {
    RunReport report =
        lake.run(
            Source.DELTA
                .rows()
                .select("d")
                .to(delta("mart/checked").overwrite().expect(satisfies("d <> 0.0D OR d IS NULL"))));

    assertThat(report.checks()).hasSize(1);
    assertThat(report.checks().get(0).failingRows()).isEqualTo(32);
  }
}
