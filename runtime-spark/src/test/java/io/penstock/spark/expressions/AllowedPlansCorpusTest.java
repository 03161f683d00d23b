package io.penstock.spark.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.plan.Problem;
import io.penstock.spark.expressions.SyntaxCorpus.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles every alternative of the grammar: it is either refused with a problem, or reads only
 * what was declared. In both cases nothing is executed.
 */
@Tag("spark")
final class AllowedPlansCorpusTest {
  @TempDir private static Path directory;
  private static CorpusLake corpus;

  @BeforeAll
  static void fill() {
    corpus = CorpusLake.filled(directory, rows -> rows.coalesce(1));
  }

  @Test
  void everyAlternativeOfTheGrammarHasAnEntry() {
    Set<String> spark = Grammar.ofSpark();
    spark.removeAll(SyntaxCorpus.nowhere());
    Set<String> delta = Grammar.ofDelta();
    delta.removeIf(name -> SyntaxCorpus.nowhere().contains("Delta." + name));
    for (Entry entry : SyntaxCorpus.entries(corpus.outside())) {
      spark.removeAll(Grammar.spark(entry.statement()));
      delta.removeAll(Grammar.delta(entry.statement()));
    }

    assertThat(spark).as("alternatives of Spark's grammar without an entry").isEmpty();
    assertThat(delta).as("alternatives of Delta's grammar without an entry").isEmpty();
  }

  @Test
  void everyEntryIsRefusedOrReadsDeclaredInputs() {
    Map<String, String> before = corpus.content();
    List<String> surprises = new ArrayList<>();
    try (Executions executions = Executions.of(corpus.lake().spark())) {
      for (Entry entry : SyntaxCorpus.entries(corpus.outside())) {
        String result = corpus.compiled(entry);
        if (!result.equals(entry.isAccepted() ? "ok" : entry.expected())) {
          surprises.add("%s instead of %s | %s".formatted(result, entry.expected(), entry.text()));
        }
      }

      assertThat(surprises).isEmpty();
      assertThat(executions.seen()).as("jobs and commands").isEmpty();
    }
    assertThat(corpus.content()).as("the lake and what is outside").isEqualTo(before);
  }

  @Test
  void anEntryThatDependsOnTheOrderOfRowsIsRefusedByARun() {
    assertThat(SyntaxCorpus.entries(corpus.outside()))
        .filteredOn(entry -> entry.isAccepted() && !entry.isSettled())
        .isNotEmpty()
        .allSatisfy(
            entry ->
                assertThat(corpus.lake().problems(CorpusLake.rows(entry)))
                    .extracting(Problem::code)
                    .contains("NOT_REPEATABLE"));
  }
}
