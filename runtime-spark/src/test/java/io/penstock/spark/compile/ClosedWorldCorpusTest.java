package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.parquet;
import static io.penstock.dsl.Penstock.read;
import static io.penstock.dsl.Penstock.sql;
import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.dsl.Rows;
import io.penstock.engine.InvalidPipelineException;
import io.penstock.plan.Problem;
import io.penstock.spark.compile.SyntaxCorpus.Entry;
import io.penstock.spark.compile.SyntaxCorpus.Kind;
import io.penstock.spark.testing.EngineLake;
import io.penstock.spec.TypedValue;
import io.penstock.spec.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Every alternative of the grammar, compiled: it is refused with a problem, or what it reads is
 * what was declared. Whichever it is, nothing is executed for it.
 */
final class ClosedWorldCorpusTest {
  private static final Map<String, TypedValue> ARGUMENTS =
      Map.of("day", new TypedValue(ValueType.DATE, LocalDate.of(2026, 3, 1)));

  @TempDir private static Path directory;
  private static EngineLake lake;
  private static Path outside;
  private static Compiler compiler;

  @BeforeAll
  static void fill() {
    lake = new EngineLake(directory.resolve("lake"));
    lake.sql("SELECT * FROM VALUES (1, 1, 'a'), (2, 0, 'b'), (3, 1, NULL) AS o (id, odd, name)")
        .coalesce(1)
        .write()
        .parquet(lake.path("raw").toString());
    outside = directory.resolve("outside");
    lake.spark().range(3).toDF("x").write().format("delta").save(outside.toString());
    compiler = TestCompiler.on(directory.resolve("lake"), (SparkSession) lake.spark());
  }

  private static Rows rows(Entry entry) {
    Rows o = read(parquet("raw"));
    return entry.kind() == Kind.EXPRESSIONS
        ? o.as("o").select(entry.text())
        : sql(entry.text()).from("o", o).from("p", o);
  }

  @Test
  void everyAlternativeOfTheGrammarHasAnEntry() {
    Set<String> spark = Grammar.ofSpark();
    spark.removeAll(SyntaxCorpus.nowhere());
    Set<String> delta = Grammar.ofDelta();
    delta.removeIf(name -> SyntaxCorpus.nowhere().contains("Delta." + name));
    for (Entry entry : SyntaxCorpus.entries(outside)) {
      spark.removeAll(Grammar.spark(entry.statement()));
      delta.removeAll(Grammar.delta(entry.statement()));
    }

    assertThat(spark).as("alternatives of Spark's grammar without an entry").isEmpty();
    assertThat(delta).as("alternatives of Delta's grammar without an entry").isEmpty();
  }

  @Test
  void everyEntryIsRefusedOrReadsWhatWasDeclared() throws IOException {
    Map<String, String> before = content();
    List<String> surprises = new ArrayList<>();
    try (Executions executions = Executions.of(lake.spark())) {
      for (Entry entry : SyntaxCorpus.entries(outside)) {
        String came = compiled(entry);
        if (!came.equals(entry.isAccepted() ? "ok" : entry.expected())) {
          surprises.add("%s instead of %s | %s".formatted(came, entry.expected(), entry.text()));
        }
      }

      assertThat(surprises).isEmpty();
      assertThat(executions.seen()).as("jobs and commands").isEmpty();
    }
    assertThat(content()).as("the lake and what is outside").isEqualTo(before);
  }

  @Test
  void acceptedQueriesGiveTheSameFromOtherFilesOfTheSameRowsOnAnotherMachine() {
    EngineLake other = new EngineLake(directory.resolve("other"));
    other
        .sql("SELECT * FROM VALUES (3, 1, NULL), (1, 1, 'a'), (2, 0, 'b') AS o (id, odd, name)")
        .repartition(3)
        .write()
        .parquet(other.path("raw").toString());
    Compiler there = TestCompiler.on(directory.resolve("other"), (SparkSession) lake.spark());
    Map<String, Entry> settled = new TreeMap<>();
    for (Entry entry : SyntaxCorpus.entries(outside)) {
      if (entry.isSettled()) {
        settled.put(entry.kind() + " " + entry.text(), entry);
      }
    }
    List<String> some = RowTexts.some("queries on another machine", settled.keySet());
    Map<String, String> here = RowTexts.of(some, name -> frame(compiler, settled.get(name)));

    assertThat(here).hasSizeGreaterThan(some.size() * 9 / 10);
    assertThat(
            AnotherMachine.on(
                "de-DE", () -> RowTexts.of(here.keySet(), name -> frame(there, settled.get(name)))))
        .isEqualTo(here);
  }

  @Test
  void anEntryThatDependsOnTheOrderOfRowsIsRefusedByARun() {
    assertThat(SyntaxCorpus.entries(outside))
        .filteredOn(entry -> entry.isAccepted() && !entry.isSettled())
        .isNotEmpty()
        .allSatisfy(
            entry ->
                assertThat(lake.problems(rows(entry)))
                    .extracting(Problem::code)
                    .contains("NOT_REPEATABLE"));
  }

  private static Dataset<Row> frame(Compiler compiler, Entry entry) {
    return compiler.view(rows(entry).plan(), Optional.empty(), ARGUMENTS);
  }

  private static String compiled(Entry entry) {
    try {
      Dataset<Row> frame = frame(compiler, entry);
      return undeclaredLeaves(frame).isEmpty() ? "ok" : "reads " + undeclaredLeaves(frame);
    } catch (InvalidPipelineException e) {
      return e.problems().get(0).code();
    } catch (RuntimeException | StackOverflowError e) {
      return "threw " + e;
    }
  }

  /** What is read besides the files of the lake and values. */
  private static Set<String> undeclaredLeaves(Dataset<Row> frame) {
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

  private static boolean isOfTheLake(LogicalPlan plan) {
    return plan instanceof LogicalRelation relation
        && relation.relation() instanceof HadoopFsRelation files
        && CollectionConverters.asJava(files.location().rootPaths()).stream()
            .allMatch(path -> Path.of(path.toUri()).startsWith(lake.path("raw")));
  }

  private static Map<String, String> content() throws IOException {
    Map<String, String> content = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        content.put(
            directory.relativize(file).toString(),
            Files.getLastModifiedTime(file)
                + " "
                + java.util.HexFormat.of().formatHex(Files.readAllBytes(file)));
      }
    }
    return content;
  }
}
