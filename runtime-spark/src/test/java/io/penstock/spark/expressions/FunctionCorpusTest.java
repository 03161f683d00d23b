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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every function of Spark, by the examples of its documentation: those of a closed one compile, and
 * read nothing, any other is refused. Whichever it is, nothing is executed for it.
 */
final class FunctionCorpusTest {
  /** Spark has the type only behind a switch. */
  private static final String NO_TIMES = "UNSUPPORTED_TIME_TYPE";

  /** The examples in which a closed function takes what isn't said: the time, and the zone. */
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
  void everyFunctionIsClosedOrRefused() {
    Map<String, String> before = corpus.content();
    List<String> surprises = new ArrayList<>();
    Map<String, String> refused = new TreeMap<>();
    try (Executions executions = Executions.of(corpus.lake().spark())) {
      FunctionCorpus.functions((SparkSession) corpus.lake().spark())
          .forEach(
              (name, examples) -> {
                for (Entry example : examples) {
                  String came = corpus.compiled(example);
                  if (!ClosedFunctions.isClosed(name)) {
                    if (!came.endsWith("_FUNCTION") && !came.equals("UNKNOWN_TABLE")) {
                      surprises.add(name + " is not closed: " + came + " | " + example.text());
                    }
                  } else if (!came.equals("ok") && !came.equals(NO_TIMES)) {
                    refused.put(example.text(), came);
                  }
                }
              });

      assertThat(surprises).isEmpty();
      assertThat(refused).as("examples of closed functions").isEqualTo(REFUSED);
      assertThat(executions.seen()).as("jobs and commands").isEmpty();
    }
    assertThat(corpus.content()).as("the lake and what is outside").isEqualTo(before);
  }
}
