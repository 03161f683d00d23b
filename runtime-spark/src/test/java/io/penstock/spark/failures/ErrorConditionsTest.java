package io.penstock.spark.failures;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.penstock.engine.FailureKind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every error condition that this release of Spark and Delta knows has a meaning here, and none is
 * tried again that nobody has decided to try again.
 */
final class ErrorConditionsTest {
  /** Parts of Spark that no plan of a pipeline reaches. */
  private static final Pattern ELSEWHERE =
      Pattern.compile(
          "_LEGACY_ERROR_.*|STDS_.*|STATE_.*|STREAM.*|CONNECT.*|SPARK_CONNECT.*|AUTOCDC_.*|PYTHON_.*"
              + "|TRANSFORM_WITH_STATE.*|FLATMAPGROUPSWITHSTATE.*|FOREACH_.*|GRAPHITE_.*|.*AVRO.*"
              + "|.*JDBC.*|.*HIVE.*|.*KRYO.*|CURSOR_.*|INVALID_CURSOR|INVALID_HANDLE|PIPELINE_.*"
              + "|.*STATE_STORE.*|TABLE_VALUED_FUNCTION_FAILED_TO_ANALYZE_IN_PYTHON|INVALID_LOG_VERSION"
              + "|DATAFLOW_GRAPH_NOT_FOUND|MALFORMED_LOG_FILE|CONCURRENT_STREAM_LOG_UPDATE"
              + "|CANNOT_LOAD_CHECKPOINT_FILE_MANAGER|.*DIRECT_QUERY|.*VIEW_SCHEMA|INVALID_BUCKET_FILE"
              + "|CANNOT_RESTORE_PERMISSIONS_FOR_PATH|MISSING_TIMEOUT_CONFIGURATION|NONEXISTENT_.*"
              + "|DATA_SOURCE_EXTERNAL_ERROR"
              + "|DELTA_PARSING_.*|DELTA_STREAMING_.*|DELTA_ZORDERING_.*|DELTA_INCORRECT_ARRAY_ACCESS.*"
              + "|DELTA_SCHEMA_CHANGED.*|DELTA_UNEXPECTED_(?:NUM_)?PART.*|DELTA_FOUND_MAP_TYPE_COLUMN"
              + "|DELTA_MISSING_CHANGE_DATA|DELTA_TABLE_INVALID_REMOVE_TABLE_REDIRECT"
              + "|DELTA_NON_PARTITION_COLUMN_ABSENT|DELTA_FAILED_SCAN_WITH_HISTORICAL_VERSION"
              + "|DELTA_FEATURE_DROP_.*");

  /** What is tried again without anybody's doing: this list is the decision. */
  private static final Set<String> TRIED_AGAIN =
      Set.of(
          "CHECKPOINT_FILE_CHECKSUM_VERIFICATION_FAILED",
          "CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND",
          "DELTA_CONCURRENT_APPEND",
          "DELTA_CONCURRENT_DELETE_DELETE",
          "DELTA_CONCURRENT_DELETE_READ",
          "DELTA_CONCURRENT_TRANSACTION",
          "DELTA_CONCURRENT_WRITE",
          "DELTA_MAX_COMMIT_RETRIES_EXCEEDED",
          "DELTA_METADATA_CHANGED",
          "DELTA_PROTOCOL_CHANGED",
          "DELTA_SCHEMA_CHANGE_SINCE_ANALYSIS",
          "INCOMPATIBLE_TABLE_CHANGE_AFTER_ANALYSIS");

  private static final Set<FailureKind> PASSING =
      Set.of(FailureKind.TRY_AGAIN, FailureKind.STORAGE, FailureKind.UNAVAILABLE);

  @Test
  void everyConditionThatAPlanCanMeetHasAMeaning() throws IOException {
    List<String> undecided = new ArrayList<>();
    conditions()
        .forEach(
            (condition, state) -> {
              if (!ELSEWHERE.matcher(condition).matches()
                  && ErrorConditions.meaning(condition, state).isEmpty()) {
                undecided.add(condition + state.map(code -> " (" + code + ")").orElse(""));
              }
            });

    assertThat(undecided).as("conditions that nobody has decided on").isEmpty();
  }

  @Test
  void nothingIsTriedAgainThatIsNotOnTheList() throws IOException {
    Set<String> triedAgain = new TreeSet<>();
    conditions()
        .forEach(
            (condition, state) ->
                ErrorConditions.meaning(condition, state)
                    .filter(PASSING::contains)
                    .ifPresent(kind -> triedAgain.add(condition)));

    assertThat(triedAgain).isEqualTo(new TreeSet<>(TRIED_AGAIN));
  }

  @Test
  void everyConditionThatIsDecidedOnExists() throws IOException {
    Set<String> all = new TreeSet<>(conditions().keySet());
    all.addAll(subclasses());
    assertThat(all).containsAll(ErrorConditions.decided());
  }

  /** The parts of conditions, under their whole names. */
  private static Set<String> subclasses() throws IOException {
    Set<String> all = new TreeSet<>();
    try (InputStream in =
        ErrorConditionsTest.class
            .getClassLoader()
            .getResourceAsStream("error/error-conditions.json")) {
      new ObjectMapper()
          .readTree(in)
          .properties()
          .forEach(
              entry ->
                  entry
                      .getValue()
                      .path("subClass")
                      .fieldNames()
                      .forEachRemaining(part -> all.add(entry.getKey() + "." + part)));
    }
    return all;
  }

  @Test
  void aSubclassMeansWhatItsConditionMeans() {
    assertThat(ErrorConditions.meaning("DELTA_CONCURRENT_APPEND.WITH_HINT", Optional.of("2D521")))
        .contains(FailureKind.TRY_AGAIN);
    assertThat(ErrorConditions.meaning("INVALID_FORMAT.MISMATCH_INPUT", Optional.of("42601")))
        .as("unless it is decided on by itself")
        .contains(FailureKind.DATA);
    assertThat(ErrorConditions.meaning("SOMETHING_NEW", Optional.empty())).isEmpty();
  }

  private static Map<String, Optional<String>> conditions() throws IOException {
    Map<String, Optional<String>> all = new TreeMap<>();
    for (String file : List.of("error/error-conditions.json", "error/delta-error-classes.json")) {
      try (InputStream in = ErrorConditionsTest.class.getClassLoader().getResourceAsStream(file)) {
        JsonNode conditions = new ObjectMapper().readTree(in);
        conditions
            .properties()
            .forEach(
                entry ->
                    all.put(
                        entry.getKey(),
                        Optional.ofNullable(entry.getValue().get("sqlState"))
                            .map(JsonNode::asText)));
      }
    }
    assertThat(all).hasSizeGreaterThan(1500);
    return all;
  }
}
