package io.penstock.spark.repeatability;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.keys;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.plan.Problem;
import io.penstock.spark.compile.TestCompiler;
import io.penstock.spark.files.LakeRoot;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spark.testing.Proofs;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random pipelines over rows full of ties: a step without doubts gives the same rows however the
 * same input is stored in files, split and shuffled.
 */
@Tag("proof")
final class RepeatedComputationTest {
  private static final int PIPELINES = Proofs.full() ? 600 : 14;
  private static final List<String> AGGREGATES =
      List.of(
          "count(DISTINCT name)",
          "sum(n)",
          "max(w)",
          "first(n)",
          "last(name)",
          "any_value(at)",
          "collect_list(n)",
          "array_sort(collect_list(name))",
          "size(collect_set(name))",
          "sort_array(collect_set(w))",
          "array_join(array_sort(collect_list(name)), '')",
          "concat_ws('', collect_list(name))",
          "max_by(name, at)",
          "max_by(name, struct(at, name))",
          "min_by(n, IF(at IS NULL, NULL, struct(at, n)))",
          "listagg(name) WITHIN GROUP (ORDER BY at)",
          "listagg(name) WITHIN GROUP (ORDER BY at, name)",
          "mode(name)",
          "mode(name, true)",
          "percentile(n, 0.3)",
          "median(n)",
          "approx_count_distinct(n)",
          "bit_xor(n)",
          "sum(w)",
          "count_min_sketch(n, 0.5D, 0.5D, 1)",
          "bitmap_construct_agg(n)",
          "first(grp)",
          "max_by(name, struct(at, IF(n > 1, name, NULL)))",
          "listagg(name) WITHIN GROUP (ORDER BY IF(n > 1, name, NULL))",
          "try_avg(CAST(IF(n > 1, '6', '-6') || repeat('0', 37) AS DECIMAL(38, 0)))",
          "CAST(array_max(collect_list(name COLLATE UTF8_LCASE)) AS STRING)",
          "CAST(mode(name COLLATE UTF8_LCASE, true) AS STRING)",
          "stddev(n)");
  private static final List<String> FUNCTIONS =
      List.of(
          "row_number()",
          "ntile(3)",
          "lag(n)",
          "lead(name, 2)",
          "rank()",
          "dense_rank()",
          "cume_dist()",
          "first_value(n)",
          "last_value(n)",
          "nth_value(name, 2)",
          "sum(n)",
          "max(w)",
          "collect_list(n)",
          "array_sort(collect_list(name))",
          "count(*)",
          "max_by(n, at)");
  private static final List<String> FRAMES =
      List.of(
          "",
          " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
          " ROWS BETWEEN 1 PRECEDING AND 2 FOLLOWING",
          " RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
          " RANGE BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING",
          " RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING");
  private static final List<String> ORDERS =
      List.of("at", "at DESC, grp", "w", "name NULLS LAST", "n % 2", "w DESC, at");
  private static final List<String> QUERIES =
      List.of(
          "SELECT * FROM r LIMIT 7",
          "SELECT name, n FROM r ORDER BY at LIMIT 5",
          "SELECT grp, n FROM r ORDER BY w DESC LIMIT 4 OFFSET 2",
          "SELECT * FROM (SELECT * FROM r ORDER BY at) WHERE n > 0 LIMIT 6",
          "SELECT * FROM r WHERE n IN (SELECT n FROM r ORDER BY at LIMIT 2)",
          "SELECT a.grp, (SELECT b.n FROM r b WHERE b.grp = a.grp ORDER BY b.n DESC LIMIT 1) AS x"
              + " FROM r a",
          "SELECT a.grp, (SELECT b.n FROM r b WHERE b.grp = a.grp LIMIT 1) AS x FROM r a",
          "SELECT a.grp, x.n FROM (SELECT DISTINCT grp FROM r) a, LATERAL (SELECT b.n, b.at FROM r"
              + " b WHERE b.grp = a.grp ORDER BY b.at, b.n LIMIT 2) x",
          "SELECT count(*) AS n FROM (SELECT grp, at, collect_list(n) AS l FROM r GROUP BY grp, at)"
              + " GROUP BY l",
          "SELECT count(*) FILTER (WHERE l[0] > 1) AS n FROM (SELECT grp, collect_list(n) AS l FROM"
              + " r GROUP BY grp)",
          "SELECT first(name) AS f, count(*) AS c FROM r GROUP BY grp, IF(n > 1, name, NULL)",
          "WITH t AS (SELECT grp, max(n) AS top FROM r GROUP BY grp) SELECT t.top, r.* FROM r JOIN"
              + " t ON r.n = t.top LIMIT 5",
          "SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY grp ORDER BY at) AS p FROM r)"
              + " WHERE p = 1",
          "SELECT grp, explode(collect_list(n)) AS x FROM r GROUP BY grp",
          "SELECT grp, at, max(w) AS w, sum(n) AS s, rank() OVER (ORDER BY sum(n)) AS k FROM r"
              + " GROUP BY grp, at",
          "SELECT DISTINCT at, w FROM r ORDER BY at LIMIT 3",
          "SELECT name FROM r EXCEPT SELECT name FROM r WHERE n > 1 LIMIT 2");

  private static final String SPILL_AFTER = "spark.shuffle.spill.numElementsForceSpillThreshold";

  @TempDir private static Path directory;
  private static EngineLake lake;
  private static List<Layout> layouts;

  private final Random random = Proofs.random("pipelines over ties");

  /** A layout of the same rows in files, with its own splits and shuffles. */
  private record Layout(Path root, SparkSession session, String sortsSpillAfter) {
    /** Makes sorts spill, which leaves ties in another order. */
    List<String> rows(Rows rows) {
      SparkConf conf = SparkEnv.get().conf();
      conf.set(SPILL_AFTER, sortsSpillAfter);
      try {
        return computed(rows);
      } finally {
        conf.remove(SPILL_AFTER);
      }
    }

    private List<String> computed(Rows rows) {
      LakeRoot lakeRoot = LakeRoot.of(root.toString(), session.sessionState().newHadoopConf());
      Dataset<Row> frame =
          TestCompiler.on(lakeRoot, session).view(rows.plan(), Optional.empty(), Map.of());
      org.apache.spark.sql.SparkSession.setActiveSession(session);
      // The two zeros are one value, and a maximum may keep either.
      return frame.collectAsList().stream()
          .map(row -> printed(row).replace("-0.0", "0.0"))
          .sorted()
          .toList();
    }
  }

  private static String printed(Row row) {
    List<String> values = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      values.add(
          row.get(i) instanceof byte[] bytes
              ? HexFormat.of().formatHex(bytes)
              : String.valueOf(row.get(i)));
    }
    return values.toString();
  }

  @BeforeAll
  static void createTheSameRowsInThreeLayouts() {
    lake = new EngineLake(directory.resolve("0"));
    lake.table("raw/ties", ties());
    layouts =
        List.of(
            new Layout(directory.resolve("0"), session(1, "false"), "1000000"),
            layout(
                "1",
                5,
                frame -> frame.orderBy(functions.expr("xxhash64(n, name, at, w)")),
                7,
                "true"),
            layout(
                "2",
                3,
                frame -> frame.orderBy(functions.expr("xxhash64(w, grp, n)").desc()),
                3,
                "false"));
  }

  @Test
  void rowsWithoutDoubtsAreTheSameInEveryLayout() {
    int compared = 0;
    for (int i = 0; i < PIPELINES; i++) {
      List<String> told = new ArrayList<>();
      Rows rows = pipeline(told);
      if (isDoubted(rows, told)) {
        continue;
      }
      compared++;
      List<String> first = computed(layouts.get(0), rows, told);
      for (Layout layout : layouts.subList(1, layouts.size())) {
        assertThat(computed(layout, rows, told)).as("%s", told).isEqualTo(first);
      }
    }
    Proofs.tell(
        "%s of %s random pipelines were not doubted, and the same in each layout"
            .formatted(compared, PIPELINES));
    assertThat(compared).isGreaterThan(PIPELINES / 4);
  }

  private static List<String> computed(Layout layout, Rows rows, List<String> told) {
    try {
      return layout.rows(rows);
    } catch (RuntimeException e) {
      throw new AssertionError("Cannot compute " + told, e);
    }
  }

  private static boolean isDoubted(Rows rows, List<String> told) {
    try {
      return !TiedRows.doubts(lake, rows).isEmpty();
    } catch (InvalidPipelineException e) {
      assertThat(e.problems())
          .as("%s", told)
          .extracting(Problem::code)
          // The second is the code where Spark loses the order of a subquery.
          .isSubsetOf("NOT_REPEATABLE", "UNSUPPORTED_STEP");
      return true;
    }
  }

  /** A few steps that keep the columns, and a last one with other columns. */
  private Rows pipeline(List<String> told) {
    Rows rows = read(delta("raw/ties"));
    if (random.nextBoolean()) {
      rows = rows.drop("m");
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      rows = step(rows, told);
    }
    return lastStep(rows, told);
  }

  private Rows step(Rows rows, List<String> told) {
    String order = any(ORDERS);
    return switch (random.nextInt(6)) {
      case 0 -> {
        told.add("limit by " + order);
        yield rows.orderBy(order.split(", ", -1)).limit(20);
      }
      case 1 -> {
        told.add("latestBy by " + order);
        yield rows.latestBy(keys("grp", "name"), order.split(", ", -1));
      }
      case 2 -> {
        told.add("where over lag by " + order);
        yield rows.with("_lag", "lag(n) OVER (ORDER BY " + order + ")")
            .where("_lag IS NULL OR _lag <> n")
            .drop("_lag");
      }
      case 3 -> {
        told.add("distinct");
        yield rows.select("grp", "n", "name", "at", "w").distinct();
      }
      case 4 -> {
        told.add("union");
        yield rows.union(rows.where("n > 1"));
      }
      default -> {
        told.add("join");
        yield rows.join(rows.groupBy("grp").aggregate("max(at) AS latest"))
            .using("grp")
            .where("latest >= at")
            .drop("latest");
      }
    };
  }

  private Rows lastStep(Rows rows, List<String> told) {
    return switch (random.nextInt(4)) {
      case 0 -> {
        List<String> aggregates = some(AGGREGATES);
        told.addAll(aggregates);
        yield rows.groupBy("grp").aggregate(aggregates.toArray(String[]::new));
      }
      case 1 -> {
        String query = any(QUERIES);
        told.add(query);
        yield sql(query).from("r", rows);
      }
      case 2 -> {
        List<String> windows = windows();
        told.addAll(windows);
        List<String> columns = new ArrayList<>(List.of("grp", "n"));
        columns.addAll(windows);
        yield rows.select(columns.toArray(String[]::new));
      }
      default -> {
        String window = windows().get(0).replaceFirst(" AS .*", "");
        told.add(window);
        yield rows.with("x", window);
      }
    };
  }

  private List<String> windows() {
    List<String> windows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String function = any(FUNCTIONS);
      boolean framed = function.matches("(first|last|nth|sum|max|collect|count).*");
      boolean sorted = function.startsWith("array_sort");
      String over =
          " OVER (PARTITION BY grp ORDER BY " + any(ORDERS) + (framed ? any(FRAMES) : "") + ")";
      windows.add(
          (sorted ? "array_sort(collect_list(name)" + over + ")" : function + over) + " AS x" + i);
    }
    return windows;
  }

  /** Few enough that some pipelines don't depend on the order. */
  private List<String> some(List<String> all) {
    List<String> shuffled = new ArrayList<>(all);
    Collections.shuffle(shuffled, random);
    List<String> some = new ArrayList<>();
    for (String aggregate : shuffled.subList(0, 2)) {
      some.add(aggregate + " AS x" + some.size());
    }
    return some;
  }

  private String any(List<String> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** 90 rows: few values in each column, some rows several times, zeros of both signs. */
  private static String ties() {
    return """
    SELECT CAST(id % 3 AS INT) AS grp, CAST(id % 4 AS BIGINT) AS n,
      element_at(array('a', 'b', 'A', NULL, 'ab'), CAST(id * 7 % 5 + 1 AS INT)) AS name,
      CAST(id % 2 AS INT) AS at,
      element_at(array(0.0D, -0.0D, 0.1D, 0.2D, CAST('NaN' AS DOUBLE), 1e16D), CAST(id * 5 % 6 + 1 AS INT)) AS w,
      map('k', CAST(id * 11 % 3 AS INT)) AS m
    FROM range(90)
    """;
  }

  private static Layout layout(
      String name,
      int files,
      Function<Dataset<Row>, Dataset<Row>> order,
      int shuffles,
      String adaptive) {
    Path root = directory.resolve(name);
    order
        .apply(lake.sql(ties()))
        .repartition(files)
        .write()
        .format("delta")
        .save(root.resolve("raw/ties").toString());
    return new Layout(root, session(shuffles, adaptive), "3");
  }

  private static SparkSession session(int shuffles, String adaptive) {
    // With the settings that every run has.
    SparkSession session = ((SparkSession) lake.spark()).cloneSession();
    session.conf().set("spark.sql.shuffle.partitions", String.valueOf(shuffles));
    session.conf().set("spark.sql.adaptive.enabled", adaptive);
    session.conf().set("spark.sql.files.openCostInBytes", "1");
    session.conf().set("spark.sql.files.maxPartitionBytes", shuffles == 1 ? "128m" : "2k");
    return session;
  }
}
