package io.penstock.spark.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.hdfs.MiniDFSCluster;

/**
 * An HDFS of one name node and one data node, on the loopback interface. Starting it takes seconds,
 * so the tests of a JVM share one, which the first of them starts and the JVM's end stops.
 */
public final class HdfsCluster {
  private HdfsCluster() {}

  /** Its root. */
  public static String uri() {
    return Holder.CLUSTER.getURI().toString();
  }

  /** What suits its clients. */
  public static Map<String, String> options() {
    // The client asks before the data node has told of the block, and would ask again after 400 ms.
    // Here it asks sooner, and more often, as each time it waits twice as long.
    return Map.of(
        "dfs.client.block.write.locateFollowingBlock.initial.delay.ms", "2",
        "dfs.client.block.write.locateFollowingBlock.retries", "13");
  }

  private static final class Holder {
    static final MiniDFSCluster CLUSTER = start();

    /** Several JVMs share the tests of a module. */
    private static Path place() {
      return Path.of("target", "hdfs-" + ProcessHandle.current().pid()).toAbsolutePath();
    }

    private static MiniDFSCluster start() {
      try {
        MiniDFSCluster cluster =
            new MiniDFSCluster.Builder(new Configuration(), place().toFile())
                .numDataNodes(1)
                .build();
        Runtime.getRuntime().addShutdownHook(new Thread(cluster::shutdown, "end hdfs"));
        return cluster;
      } catch (IOException e) {
        throw new UncheckedIOException("Cannot start HDFS", e);
      }
    }
  }
}
