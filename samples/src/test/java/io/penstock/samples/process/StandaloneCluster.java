package io.penstock.samples.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.LocalSparkCluster;

/** A standalone master with one worker, in a process of their own; executors are further ones. */
public final class StandaloneCluster {
  private static final String SIGN = "master: ";

  private StandaloneCluster() {}

  /** Starts the cluster from an installation of Spark. */
  static PenstockProcess start(SparkInstallation spark) {
    List<Path> classPath = new ArrayList<>(spark.classPath());
    Repository.classPath().stream()
        .filter(entry -> entry.endsWith("test-classes"))
        .forEach(classPath::add);
    return PenstockProcess.start(
        classPath, spark.environment(), List.of(StandaloneCluster.class.getName()));
  }

  /** The address of a cluster that was started. */
  static String master(PenstockProcess cluster) throws InterruptedException {
    String line = cluster.awaitLine(SIGN);
    return line.substring(line.indexOf(SIGN) + SIGN.length());
  }

  /**
   * Starts the cluster, says where it is, and ends when stdin does: with the test at the latest.
   */
  public static void main(String[] arguments) throws IOException {
    LocalSparkCluster cluster = LocalSparkCluster.apply(1, 2, 1024, new SparkConf());
    System.err.println(SIGN + cluster.start()[0]);
    System.in.transferTo(OutputStream.nullOutputStream());
    System.exit(0);
  }
}
