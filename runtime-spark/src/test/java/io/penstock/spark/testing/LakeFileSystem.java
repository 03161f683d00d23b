package io.penstock.spark.testing;

import io.delta.storage.HDFSLogStore;
import io.delta.storage.LogStore;
import io.penstock.spark.files.LakeFiles;
import io.penstock.spark.files.LocalLogStore;
import io.penstock.spark.files.S3ALogStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.util.VersionInfo;
import org.apache.spark.sql.SparkSession;

/** The file systems that a lake may lie on, each a real one that answers to its own protocol. */
public enum LakeFileSystem {
  LOCAL(LocalLogStore.class) {
    @Override
    public Path place(java.nio.file.Path temporary) {
      return new Path("file:" + temporary);
    }

    @Override
    public Map<String, String> options() {
      return Map.of();
    }

    @Override
    public String version() {
      return "local disk of " + System.getProperty("os.name");
    }
  },
  HDFS(HDFSLogStore.class) {
    @Override
    public Path place(java.nio.file.Path temporary) {
      return new Path(HdfsCluster.uri() + "/" + UUID.randomUUID());
    }

    @Override
    public Map<String, String> options() {
      return HdfsCluster.options();
    }

    @Override
    public String version() {
      return "HDFS " + VersionInfo.getVersion() + ", one name node and one data node";
    }
  },
  S3A(S3ALogStore.class) {
    @Override
    public Path place(java.nio.file.Path temporary) {
      return new Path(Bucket.SERVER.path(UUID.randomUUID().toString()));
    }

    @Override
    public Map<String, String> options() {
      return Bucket.SERVER.options();
    }

    @Override
    public String version() {
      return "S3A of Hadoop " + VersionInfo.getVersion() + " on the tests' own S3 server";
    }
  };

  private final Class<? extends LogStore> logStore;

  LakeFileSystem(Class<? extends LogStore> logStore) {
    this.logStore = logStore;
  }

  /**
   * A directory that no other test knows.
   *
   * @param temporary a directory of the test on this machine
   */
  public abstract Path place(java.nio.file.Path temporary);

  /** The settings of Hadoop by which it is reached. */
  public abstract Map<String, String> options();

  /** What it is, for a figure that was found on it. */
  public abstract String version();

  public Configuration configuration() {
    return configuration(options());
  }

  /** Hadoop's own settings and these. */
  public static Configuration configuration(Map<String, String> options) {
    Configuration configuration = new Configuration();
    options.forEach(configuration::set);
    return configuration;
  }

  /** A session of its own that reaches it. */
  public SparkSession session() {
    SparkSession session = SparkTestSession.spark().newSession();
    options().forEach(session.conf()::set);
    return session;
  }

  /** A store of the kind with which Delta writes its logs there. */
  public LogStore logStore() {
    try {
      return logStore.getConstructor(Configuration.class).newInstance(configuration());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("Cannot make " + logStore, e);
    }
  }

  /** Writes a new file. */
  public void write(Path file, String content) throws IOException {
    try (OutputStream out = files(file).create(file)) {
      out.write(content.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** The content of a file. */
  public String text(Path file) throws IOException {
    try (InputStream in = files(file).open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** The names of all that lies in a directory, also of what is hidden. */
  public List<String> names(Path directory) {
    return files(directory).list(directory).stream().map(LakeFiles.Entry::name).toList();
  }

  private LakeFiles files(Path path) {
    return LakeFiles.of(path, configuration());
  }

  /** Started by the first test that needs it, and gone with the JVM. */
  private static final class Bucket {
    static final S3Server SERVER = new S3Server(S3Server.Conditions.HONOURED);
  }
}
