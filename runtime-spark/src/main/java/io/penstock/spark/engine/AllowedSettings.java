package io.penstock.spark.engine;

import io.penstock.engine.RunFailedException;
import io.penstock.spark.delta.KnownSettings;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.classic.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The settings of Spark SQL and Delta that a user may change: those of speed, memory, parallelism
 * and display. With any other, the same query could give other rows on another machine, so they
 * keep their defaults. Settings that Spark and Delta don't know are not checked: neither reads
 * them.
 */
final class AllowedSettings {
  /** Settings on which no rows depend; a name that ends with a dot is a prefix. */
  static final Set<String> ALLOWED =
      Set.of(
          "spark.databricks.delta.allFilesInCrc.",
          "spark.databricks.delta.autoCompact.",
          "spark.databricks.delta.checkpoint.partSize",
          "spark.databricks.delta.lastCommitVersionInSession",
          "spark.databricks.delta.merge.",
          "spark.databricks.delta.optimize.",
          "spark.databricks.delta.optimizeWrite.",
          "spark.databricks.delta.retentionDurationCheck.enabled",
          "spark.databricks.delta.snapshotPartitions",
          "spark.databricks.delta.stats.collect",
          "spark.databricks.delta.vacuum.",
          "spark.sql.adaptive.",
          "spark.sql.analyzer.maxIterations",
          "spark.sql.artifact.",
          "spark.sql.autoBroadcastJoinThreshold",
          "spark.sql.broadcastTimeout",
          "spark.sql.cartesianProductExec.",
          "spark.sql.catalogImplementation",
          "spark.sql.cbo.",
          "spark.sql.codegen.",
          "spark.sql.debug.",
          "spark.sql.defaultSizeInBytes",
          "spark.sql.event.",
          "spark.sql.exchange.reuse",
          "spark.sql.execution.arrow.",
          "spark.sql.execution.pandas.",
          "spark.sql.execution.pyspark.",
          "spark.sql.execution.python.",
          "spark.sql.execution.pythonUDF.",
          "spark.sql.execution.pythonUDTF.",
          "spark.sql.execution.reuseSubquery",
          "spark.sql.execution.useObjectHashAggregateExec",
          "spark.sql.extensions",
          "spark.sql.files.maxPartitionBytes",
          "spark.sql.files.maxPartitionNum",
          "spark.sql.files.maxRecordsPerFile",
          "spark.sql.files.minPartitionNum",
          "spark.sql.files.openCostInBytes",
          "spark.sql.hive.",
          "spark.sql.inMemoryColumnarStorage.",
          "spark.sql.join.preferSortMergeJoin",
          "spark.sql.leafNodeDefaultParallelism",
          "spark.sql.maxBroadcastTableSize",
          "spark.sql.maxMetadataStringLength",
          "spark.sql.maxPlanStringLength",
          "spark.sql.maxSinglePartitionBytes",
          "spark.sql.objectHashAggregate.",
          "spark.sql.optimizer.dynamicPartitionPruning.",
          "spark.sql.optimizer.maxIterations",
          "spark.sql.optimizer.runtime.",
          "spark.sql.parquet.columnarReaderBatchSize",
          "spark.sql.parquet.compression.codec",
          "spark.sql.parquet.enableVectorizedReader",
          // Delta sets it in every session.
          "spark.sql.parquet.fieldId.read.enabled",
          "spark.sql.parquet.filterPushdown",
          "spark.sql.parquet.output.committer.class",
          "spark.sql.planChangeLog.",
          "spark.sql.pyspark.",
          "spark.sql.queryExecutionListeners",
          "spark.sql.redaction.",
          "spark.sql.repl.",
          "spark.sql.shuffle.partitions",
          "spark.sql.shuffledHashJoinFactor",
          "spark.sql.sort.enableRadixSort",
          "spark.sql.sortMergeJoinExec.",
          "spark.sql.sources.bucketing.",
          "spark.sql.sources.commitProtocolClass",
          "spark.sql.sources.outputCommitterClass",
          "spark.sql.sources.parallelPartitionDiscovery.",
          "spark.sql.statistics.",
          "spark.sql.streaming.",
          "spark.sql.subquery.maxThreadThreshold",
          "spark.sql.thriftServer.",
          "spark.sql.thriftserver.",
          "spark.sql.ui.",
          "spark.sql.warehouse.dir",
          "spark.sql.windowExec.");

  private static final String TABLE_DEFAULTS = "spark.databricks.delta.properties.defaults.";

  /**
   * Properties that new tables may get. Most others lock readers out (deletion vectors, column
   * mapping), or keep a table's later runs from writing to it (append only).
   */
  static final Set<String> ALLOWED_TABLE_DEFAULTS =
      Set.of(
          "autoOptimize",
          "autoOptimize.autoCompact",
          "autoOptimize.optimizeWrite",
          "checkpoint.writeStatsAsStruct",
          "checkpointInterval",
          "checkpointRetentionDuration",
          "dataSkippingNumIndexedCols",
          "dataSkippingStatsColumns",
          "dataSkippingStringPrefixLength",
          "deletedFileRetentionDuration",
          "enableExpiredLogCleanup",
          "enableFullRetentionRollback",
          "isolationLevel",
          "logRetentionDuration",
          "randomPrefixLength",
          "randomizeFilePrefixes",
          "sampleRetentionDuration");

  private AllowedSettings() {}

  /**
   * Checks what is asked for.
   *
   * @throws RunFailedException naming all that are not allowed
   */
  static void require(Map<String, String> settings) {
    Map<String, String> refused = new TreeMap<>();
    Map<String, String> refusedDefaults = new TreeMap<>();
    settings.forEach(
        (key, value) -> {
          if (isRefusedDefault(key)) {
            refusedDefaults.put(key, value);
          } else if (!isAllowed(key) && isChanged(key, value)) {
            refused.put(key, value);
          }
        });
    if (!refused.isEmpty()) {
      throw EngineErrors.settingsNotAllowed(refused);
    }
    if (!refusedDefaults.isEmpty()) {
      throw EngineErrors.tableDefaultsNotAllowed(refusedDefaults, ALLOWED_TABLE_DEFAULTS);
    }
  }

  /**
   * Checks what a session holds.
   *
   * @throws RunFailedException naming all that are not allowed
   */
  static void require(SparkSession session) {
    require(CollectionConverters.asJava(session.conf().getAll()));
  }

  /** Whether the rows of a job may depend on this setting's not having its default. */
  static boolean decidesAboutRows(String key, String value) {
    return Sessions.REQUIRED.containsKey(key)
        || isRefusedDefault(key)
        || (!isAllowed(key) && isChanged(key, value));
  }

  private static boolean isRefusedDefault(String key) {
    return key.startsWith(TABLE_DEFAULTS)
        && !ALLOWED_TABLE_DEFAULTS.contains(key.substring(TABLE_DEFAULTS.length()));
  }

  private static boolean isAllowed(String key) {
    return key.startsWith(TABLE_DEFAULTS)
        || ALLOWED.contains(key)
        || ALLOWED.stream().anyMatch(name -> name.endsWith(".") && key.startsWith(name));
  }

  private static boolean isChanged(String key, String value) {
    return !value.equalsIgnoreCase(Sessions.REQUIRED.get(key))
        && KnownSettings.defaultOf(key).filter(text -> !text.equalsIgnoreCase(value)).isPresent();
  }
}
