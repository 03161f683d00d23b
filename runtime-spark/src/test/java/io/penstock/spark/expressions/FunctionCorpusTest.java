package io.penstock.spark.expressions;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.spark.expressions.SyntaxCorpus.Entry;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.classic.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compiles the examples in the documentation of every function of Spark: those of an allowed
 * function compile and read nothing, and all others are refused. In both cases nothing is executed.
 */
@Tag("spark")
final class FunctionCorpusTest {
  /** Spark supports the type only with a flag. */
  private static final String NO_TIMES = "UNSUPPORTED_TIME_TYPE";

  /** The examples in which an allowed function uses an implicit value: the time, or the zone. */
  private static final Map<String, String> REFUSED =
      Map.of(
          "SELECT unix_timestamp()",
          "CLOCK_FUNCTION",
          "SELECT convert_timezone('Europe/Brussels', timestamp_ntz'2021-12-05 15:00:00')",
          "SESSION_FUNCTION",
          "SELECT from_json('{\"time\":\"26/08/2015\"}', 'time Timestamp', map('timestampFormat',"
              + " 'dd/MM/yyyy'))",
          "UNSUPPORTED_STEP");

  @TempDir private static Path directory;
  private static CorpusLake corpus;

  @BeforeAll
  static void fill() {
    corpus = CorpusLake.filled(directory, rows -> rows.coalesce(1));
  }

  @Test
  void everyFunctionIsAllowedOrRefused() {
    Map<String, String> before = corpus.content();
    List<String> surprises = new ArrayList<>();
    Map<String, String> refused = new TreeMap<>();
    try (Executions executions = Executions.of(corpus.lake().spark())) {
      FunctionCorpus.functions((SparkSession) corpus.lake().spark())
          .forEach(
              (name, examples) -> {
                for (Entry example : examples) {
                  String result = corpus.compiled(example);
                  if (!AllowedFunctions.isAllowed(name)) {
                    if (!result.endsWith("_FUNCTION") && !result.equals("UNKNOWN_TABLE")) {
                      surprises.add(name + " is not allowed: " + result + " | " + example.text());
                    }
                  } else if (!result.equals("ok") && !result.equals(NO_TIMES)) {
                    refused.put(example.text(), result);
                  }
                }
              });

      assertThat(surprises).isEmpty();
      assertThat(refused).as("examples of allowed functions").isEqualTo(REFUSED);
      assertThat(executions.seen()).as("jobs and commands").isEmpty();
    }
    assertThat(corpus.content()).as("the lake and what is outside").isEqualTo(before);
  }
}
