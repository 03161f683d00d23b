package io.penstock.spark.expressions;

import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;

import io.penstock.dsl.Pipeline;
import io.penstock.dsl.Rows;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.spark.compile.Compilation;
import io.penstock.spark.compile.Compiler;
import io.penstock.spark.compile.TestCompiler;
import io.penstock.spark.expressions.SyntaxCorpus.Entry;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.Parameter;
import io.penstock.spec.TypedValue;
import io.penstock.spec.ValueType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.CTERelationRef;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.OneRowRelation;
import org.apache.spark.sql.catalyst.plans.logical.Range;
import org.apache.spark.sql.catalyst.plans.logical.UnionLoopRef;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.LogicalRelation;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The lake on which the entries of the corpora are compiled: the rows {@code o} in files, the same
 * rows in a table, and outside the lake a table that is no input.
 */
final class CorpusLake {
  /** The rows in files. */
  static final Rows FILES = read(parquet("raw/files"));

  /** The same rows in a Delta table. */
  static final Rows TABLE = read(delta("raw/table"));

  /** Functions are called with values. */
  private static final Rows NOTHING = read(delta("raw/none").orEmpty().schema("id INT"));

  private static final Parameter DAY = Parameter.date("day");
  private static final Map<String, TypedValue> ARGUMENTS =
      Map.of(DAY.name(), new TypedValue(ValueType.DATE, LocalDate.of(2026, 3, 1)));

  /** Ties in each column, and letters with another case or order in some languages. */
  private static final String ROWS =
      """
      SELECT CAST(id % 7 + 1 AS INT) AS id, CAST((id % 7 + 1) % 2 AS INT) AS odd,
        element_at(array('a', 'b', NULL, 'A', 'ab', 'ß', 'İ', 'ı', 'ijs'),
          CAST(id * 5 % 9 + 1 AS INT)) AS name
      FROM range(40)
      """;

  private final Path directory;
  private final EngineLake lake;
  private final Compiler compiler;

  private CorpusLake(Path directory) {
    this.directory = directory;
    this.lake = new EngineLake(directory.resolve("lake"));
    this.compiler = TestCompiler.on(directory.resolve("lake"), (SparkSession) lake.spark());
  }

  /** An existing lake. */
  static CorpusLake at(Path directory) {
    return new CorpusLake(directory);
  }

  /**
   * A new lake.
   *
   * @param layout the number of its files and the order of the rows in them
   */
  static CorpusLake filled(Path directory, UnaryOperator<Dataset<Row>> layout) {
    CorpusLake filled = new CorpusLake(directory);
    Dataset<Row> rows = layout.apply(filled.lake.sql(ROWS));
    rows.write().parquet(files(directory).toString());
    rows.write().format("delta").save(filled.lake.path("raw/table").toString());
    filled.lake.spark().range(3).toDF("x").write().format("delta").save(outside(directory));
    return filled;
  }

  /** The folder of the rows in files. */
  static Path files(Path directory) {
    return directory.resolve("lake/raw/files");
  }

  private static String outside(Path directory) {
    return directory.resolve("outside").toString();
  }

  EngineLake lake() {
    return lake;
  }

  /** The folder of the table that is no input. */
  Path outside() {
    return Path.of(outside(directory));
  }

  /** The rows of an entry. */
  static Rows rows(Entry entry) {
    return rows(entry, FILES);
  }

  /**
   * The rows of an entry.
   *
   * @param others the rows {@code p}
   */
  static Rows rows(Entry entry, Rows others) {
    return switch (entry.kind()) {
      case EXPRESSIONS -> FILES.as("o").select(entry.text());
      case FUNCTIONS -> sql(entry.text()).from("o", NOTHING);
      default -> sql(entry.text()).from("o", FILES).from("p", others);
    };
  }

  /**
   * Compiles rows as a run would.
   *
   * @throws InvalidPipelineException with every problem
   */
  Compilation compile(Rows rows) {
    // Rows may have columns that a table can't have.
    Pipeline pipeline =
        new Pipeline(
            "tested",
            "",
            List.of(),
            List.of(DAY),
            List.of(rows.select("1 AS one").to(delta("mart/out").overwrite())));
    return compiler.compile(EngineLake.request(pipeline, Optional.empty(), ARGUMENTS), 0);
  }

  /** The result of compiling an entry: {@code ok}, the code of its problem, or what is wrong. */
  String compiled(Entry entry) {
    try {
      Set<String> undeclared =
          undeclaredLeaves(compiler.view(rows(entry).plan(), Optional.empty(), ARGUMENTS));
      return undeclared.isEmpty() ? "ok" : "reads " + undeclared;
    } catch (InvalidPipelineException e) {
      return e.problems().get(0).code();
    } catch (RuntimeException | StackOverflowError e) {
      return "threw " + e;
    }
  }

  /** The inputs other than files of the lake and values. */
  private Set<String> undeclaredLeaves(Dataset<Row> frame) {
    Set<String> undeclared = new TreeSet<>();
    PlanWalk.over(
        frame.queryExecution().analyzed(),
        plan -> {
          boolean ofNothing =
              plan instanceof LocalRelation
                  || plan instanceof OneRowRelation
                  || plan instanceof Range
                  || plan instanceof CTERelationRef
                  || plan instanceof UnionLoopRef;
          if (plan.children().isEmpty() && !ofNothing && !isOfTheLake(plan)) {
            undeclared.add(plan.nodeName());
          }
        },
        expression -> {});
    return undeclared;
  }

  private boolean isOfTheLake(LogicalPlan plan) {
    return plan instanceof LogicalRelation relation
        && relation.relation() instanceof HadoopFsRelation files
        && CollectionConverters.asJava(files.location().rootPaths()).stream()
            .allMatch(path -> Path.of(path.toUri()).startsWith(files(directory)));
  }

  /** The bytes and times of all files, in the lake and outside. */
  Map<String, String> content() {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(
            directory.relativize(file).toString(),
            Files.getLastModifiedTime(file)
                + " "
                + HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content;
  }
}
