package io.penstock.spark.failures;

import io.penstock.engine.FailureKind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The kind of failure behind each error condition of Spark and Delta. A condition has the kind that
 * is listed for it; otherwise that of its SQLSTATE's class, where the class has one kind; otherwise
 * none, and counts as a bug. Only conditions listed as such are worth a retry, so that one that is
 * not listed is never retried for ever.
 */
final class ErrorConditions {
  /** The kinds of conditions whose SQLSTATE would give another kind, or none. */
  private static final Map<String, FailureKind> DECIDED = new HashMap<>();

  /** The kinds of the SQLSTATE classes that have one. */
  private static final Map<String, FailureKind> CLASSES = new HashMap<>();

  static {
    // Data exception, constraint violation, a subquery with more rows than one, no more rows.
    classes(FailureKind.DATA, "22", "23", "21");
    // Syntax and access rules, features that don't exist, limits, states, configuration, Java.
    classes(
        FailureKind.INVALID,
        "42",
        "0A",
        "07",
        "24",
        "25",
        "2B",
        "3F",
        "44",
        "46",
        "51",
        "54",
        "55",
        "56",
        "F0");
    classes(FailureKind.OUT_OF_MEMORY, "53", "82");

    // A conflict with another writer: the same run on the current state may succeed.
    decided(
        FailureKind.TRY_AGAIN,
        "DELTA_CONCURRENT_APPEND",
        "DELTA_CONCURRENT_DELETE_DELETE",
        "DELTA_CONCURRENT_DELETE_READ",
        "DELTA_CONCURRENT_TRANSACTION",
        "DELTA_CONCURRENT_WRITE",
        "DELTA_MAX_COMMIT_RETRIES_EXCEEDED",
        "DELTA_METADATA_CHANGED",
        "DELTA_PROTOCOL_CHANGED",
        "DELTA_SCHEMA_CHANGE_SINCE_ANALYSIS",
        "INCOMPATIBLE_TABLE_CHANGE_AFTER_ANALYSIS",
        // An executor was lost, and with it what it kept.
        "CHECKPOINT_RDD_BLOCK_ID_NOT_FOUND");
    decided(FailureKind.STORAGE, "CHECKPOINT_FILE_CHECKSUM_VERIFICATION_FAILED");
    decided(FailureKind.STOPPED, "SPARK_JOB_CANCELLED", "OPERATION_CANCELED");
    decided(FailureKind.OUT_OF_MEMORY, "INVALID_DRIVER_MEMORY", "INVALID_EXECUTOR_MEMORY");

    // Values that an expression doesn't expect, under SQLSTATEs of other kinds.
    decided(
        FailureKind.DATA,
        "INVALID_FORMAT.MISMATCH_INPUT",
        "USER_RAISED_EXCEPTION",
        "USER_RAISED_EXCEPTION_PARAMETER_MISMATCH",
        "USER_RAISED_EXCEPTION_UNKNOWN_ERROR_CLASS",
        "_LEGACY_ERROR_USER_RAISED_EXCEPTION",
        "COLLECTION_SIZE_LIMIT_EXCEEDED",
        "TUPLE_SIZE_EXCEEDS_LIMIT",
        "EXCEED_LIMIT_LENGTH",
        "DELTA_EXCEED_CHAR_VARCHAR_LIMIT",
        "MALFORMED_CSV_RECORD",
        "MALFORMED_PROTOBUF_MESSAGE");

    // A session, a table or a call that is wrong, under a SQLSTATE of data.
    decided(
        FailureKind.INVALID,
        "CANNOT_USE_KRYO",
        "COLUMN_ORDINAL_OUT_OF_BOUNDS",
        "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
        "FAILED_PARSE_STRUCT_TYPE",
        "INVALID_ARTIFACT_PATH",
        "INVALID_BUCKET_COUNT",
        "INVALID_CONF_VALUE",
        "NULL_DATA_SOURCE_OPTION",
        "OPTION_VALUE_EXCEEDS_ONE_CHARACTER",
        "RULE_ID_NOT_FOUND",
        "SUM_OF_LIMIT_AND_OFFSET_EXCEEDS_MAX_INT",
        "UNRESOLVED_TABLE_PATH",
        "DELTA_CANNOT_RECONSTRUCT_PATH_FROM_URI",
        "DELTA_CLUSTERING_COLUMN_MISSING_STATS",
        "DELTA_COLUMN_STRUCT_TYPE_MISMATCH",
        "DELTA_COMPLEX_TYPE_COLUMN_CONTAINS_NULL_TYPE",
        "DELTA_FAILED_TO_MERGE_FIELDS",
        "DELTA_INVALID_AUTO_COMPACT_TYPE",
        "DELTA_INVALID_INTERVAL",
        "DELTA_INVALID_PARTITION_PATH",
        "DELTA_MATERIALIZED_ROW_TRACKING_COLUMN_NAME_MISSING",
        "DELTA_ROW_ID_ASSIGNMENT_WITHOUT_STATS",
        "DELTA_USER_DEFINED_TYPE_COLUMN_CONTAINS_NULL_TYPE",
        "DELTA_VERSION_NOT_FOUND",
        // Tables that something else has damaged, or wrote for a later release.
        "DELTA_CHECKPOINT_SNAPSHOT_MISMATCH",
        "DELTA_DELETION_VECTOR_CARDINALITY_MISMATCH",
        "DELTA_DELETION_VECTOR_CHECKSUM_MISMATCH",
        "DELTA_DELETION_VECTOR_INVALID_ROW_INDEX",
        "DELTA_DELETION_VECTOR_MISSING_NUM_RECORDS",
        "DELTA_DELETION_VECTOR_SIZE_MISMATCH",
        "DELTA_DUPLICATE_ACTIONS_FOUND",
        "DELTA_FAILED_READ_FILE_FOOTER",
        "DELTA_FEATURES_PROTOCOL_METADATA_MISMATCH",
        "DELTA_INVALID_COMMITTED_VERSION",
        "DELTA_INVALID_PROTOCOL_DOWNGRADE",
        "DELTA_INVALID_PROTOCOL_VERSION",
        "DELTA_METADATA_ABSENT",
        "DELTA_MISSING_COMMIT_INFO",
        "DELTA_MISSING_COMMIT_TIMESTAMP",
        "DELTA_NO_COMMITS_FOUND",
        "DELTA_NO_RECREATABLE_HISTORY_FOUND",
        "DELTA_NUM_RECORDS_MISMATCH",
        "DELTA_PATH_BASED_ACCESS_TO_CATALOG_MANAGED_TABLE_BLOCKED",
        "DELTA_READ_FEATURE_PROTOCOL_REQUIRES_WRITE",
        "DELTA_SCHEMA_NOT_SET",
        "DELTA_STATE_RECOVER_ERROR",
        "DELTA_TXN_LOG_FAILED_INTEGRITY",
        "DELTA_UNRECOGNIZED_FILE_ACTION",
        "DELTA_UNRECOGNIZED_LOGFILE",
        "DELTA_UNIVERSAL_FORMAT_VIOLATION",
        "DELTA_UNIVERSAL_FORMAT_CONVERSION_FAILED",
        "DELTA_ICEBERG_COMPAT_VIOLATION",
        "DELTA_VERSIONS_NOT_CONTIGUOUS",
        "ALL_PARTITION_COLUMNS_NOT_ALLOWED",
        "CONFLICTING_DIRECTORY_STRUCTURES",
        "CONFLICTING_PARTITION_COLUMN_NAMES",
        "CONFLICTING_PARTITION_COLUMN_NAME_WITH_RESERVED",
        "EMPTY_PARTITION_COLUMN_NAME",
        "EMPTY_PARTITION_COLUMN_VALUE",
        "INCOMPATIBLE_DATA_FOR_TABLE");

    // Faults of a pipeline's own code, or of Spark: only a change of the code helps.
    decided(
        FailureKind.BUG,
        "FAILED_EXECUTE_UDF",
        "FAILED_FUNCTION_CALL",
        "FAILED_TO_LOAD_ROUTINE",
        "CLASS_NOT_OVERRIDE_EXPECTED_METHOD",
        "INVALID_UDF_IMPLEMENTATION",
        "NO_UDF_INTERFACE",
        "COMPARATOR_RETURNS_NULL",
        "UDT_CLASS_LOADING_DISABLED",
        "UDT_CLASS_NOT_USER_DEFINED_TYPE",
        // The cause says what happened.
        "FAILED_READ_FILE",
        "TASK_WRITE_FAILED",
        "DELTA_POST_COMMIT_HOOK_FAILED",
        "DELTA_ACTIVE_SPARK_SESSION_NOT_FOUND",
        "DELTA_ACTIVE_TRANSACTION_ALREADY_SET",
        "FAILED_RENAME_TEMP_FILE",
        "FAILED_REGISTER_CLASS_WITH_KRYO",
        "STAGE_MATERIALIZATION_MULTIPLE_FAILURES");
    classes(FailureKind.BUG, "XX");
  }

  private ErrorConditions() {}

  /**
   * What a condition means; empty when neither it nor its SQLSTATE's class is listed.
   *
   * @param condition with or without the part behind a dot
   * @param sqlState empty when the condition has none
   */
  static Optional<FailureKind> meaning(String condition, Optional<String> sqlState) {
    FailureKind decided =
        DECIDED.getOrDefault(condition, DECIDED.get(condition.split("\\.", 2)[0]));
    if (decided != null) {
      return Optional.of(decided);
    }
    return sqlState
        .filter(state -> state.length() >= 2)
        .map(state -> CLASSES.get(state.substring(0, 2)));
  }

  /** The conditions that are listed. */
  static Set<String> decided() {
    return Set.copyOf(DECIDED.keySet());
  }

  private static void decided(FailureKind kind, String... conditions) {
    List.of(conditions).forEach(condition -> DECIDED.put(condition, kind));
  }

  private static void classes(FailureKind kind, String... classes) {
    List.of(classes).forEach(name -> CLASSES.put(name, kind));
  }
}
