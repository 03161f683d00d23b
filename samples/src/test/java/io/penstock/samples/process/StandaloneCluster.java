package io.penstock.samples.process;

import org.apache.spark.SparkConf;
import org.apache.spark.deploy.LocalSparkCluster;

/**
 * A standalone master with one worker in this JVM; executors are processes of their own. The worker
 * starts them from the {@link SparkInstallation} that SPARK_HOME names.
 */
final class StandaloneCluster implements AutoCloseable {
  private final LocalSparkCluster cluster;
  private final String master;

  private StandaloneCluster(LocalSparkCluster cluster) {
    this.cluster = cluster;
    this.master = cluster.start()[0];
  }

  static StandaloneCluster start() {
    return new StandaloneCluster(LocalSparkCluster.apply(1, 2, 1024, new SparkConf(false)));
  }

  /** Its address, {@code spark://host:port}. */
  String master() {
    return master;
  }

  @Override
  public void close() {
    cluster.stop();
  }
}
