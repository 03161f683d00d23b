package io.penstock.spark.testing;

import io.penstock.spark.files.LocalLogStore;
import io.penstock.spark.files.S3ALogStore;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * The one Spark session of a test JVM.
 *
 * <p>Starting Spark takes seconds, so every test shares it and none stops it; the JVM's end does. A
 * test that changes the configuration does so on a {@code newSession()} of its own.
 */
public final class SparkTestSession {
  private SparkTestSession() {}

  /** Small, quiet, in UTC, and able to read and write Delta. */
  public static SparkSession spark() {
    SparkSession spark = Holder.SPARK;
    SparkSession.setActiveSession(spark);
    return spark;
  }

  private static final class Holder {
    static final SparkSession SPARK = start();

    private static SparkSession start() {
      return SparkSession.builder()
          .master("local[2]")
          .appName("penstock tests")
          .config("spark.ui.enabled", "false")
          .config("spark.driver.host", "localhost")
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.sql.shuffle.partitions", "2")
          .config("spark.sql.session.timeZone", "UTC")
          .config("spark.sql.warehouse.dir", Path.of("target", "warehouse").toUri().toString())
          .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
          .config(
              "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
          .config("spark.databricks.delta.snapshotPartitions", "1")
          // As the engine opens its own sessions.
          .config(LocalLogStore.SETTING, LocalLogStore.class.getName())
          .config(S3ALogStore.SETTING, S3ALogStore.class.getName())
          .config("spark.sql.artifact.isolation.enabled", "false")
          .config("spark.hadoop.parquet.page.verify-checksum.enabled", "true")
          .config("spark.executor.killOnFatalError.depth", "0")
          // The tests run in a zone where Delta would load a table's state after every commit.
          .config("spark.databricks.delta.allFilesInCrc.enabled", "false")
          // VACUUM lists a table's files with this many tasks, 10,000 if unset.
          .config("spark.sql.sources.parallelPartitionDiscovery.parallelism", "2")
          .getOrCreate();
    }
  }
}
