package io.penstock.spark.files;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.DelegateToFileSystem;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The local disk under the scheme {@code hdfs}: runs the code for distributed file systems on real
 * files. It doesn't decide races as a name node does.
 */
public final class HdfsOnLocalDisk extends RawLocalFileSystem {
  private static final URI ROOT = URI.create("hdfs://local/");

  static Configuration configuration() {
    Configuration configuration = new Configuration(false);
    configuration.setClass("fs.hdfs.impl", HdfsOnLocalDisk.class, RawLocalFileSystem.class);
    configuration.setClass(
        "fs.AbstractFileSystem.hdfs.impl", Context.class, DelegateToFileSystem.class);
    return configuration;
  }

  @Override
  public String getScheme() {
    return ROOT.getScheme();
  }

  @Override
  public URI getUri() {
    return ROOT;
  }

  /** The same for Hadoop's newer interface. */
  public static final class Context extends DelegateToFileSystem {
    /** Called by Hadoop, by reflection. */
    public Context(URI uri, Configuration configuration) throws IOException, URISyntaxException {
      super(uri, new HdfsOnLocalDisk(), configuration, ROOT.getScheme(), false);
    }
  }
}
