package io.penstock.spark.files;

import io.penstock.engine.RunFailedException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Finds out whether a lake's object store honours the condition by which {@link PutIfAbsent} keeps
 * writers apart on S3A. Stores that are only similar to S3 may ignore it silently: then every
 * writer succeeds, and all but the last version are lost.
 */
public final class ConditionalWrites {
  /** The lakes that this process has checked. */
  private static final Set<Path> HONOURED = ConcurrentHashMap.newKeySet();

  private ConditionalWrites() {}

  /**
   * Refuses a lake whose store lets two writers succeed. The first call for a lake on S3A writes an
   * object below {@code _penstock/}, tries to write it again, and removes it. Other file systems
   * need no check.
   *
   * @param configuration includes the session's settings. The {@linkplain LogStores#ONLY_WRITER
   *     only writer} of a lake needs a store that accepts conditional writes, but not one that
   *     honours the condition
   * @throws RunFailedException if the store doesn't honour the condition
   */
  public static void require(LakeRoot root, Configuration configuration) {
    boolean known =
        !"s3a".equals(root.path().toUri().getScheme()) || HONOURED.contains(root.path());
    if (known || configuration.getBoolean(LogStores.ONLY_WRITER, false)) {
      return;
    }
    try (Probe probe = Probe.in(root, configuration)) {
      probe.put("first");
      if (probe.put("second")) {
        throw FileErrors.conditionIgnored(root.path());
      }
    }
    HONOURED.add(root.path());
  }

  private record Probe(Path path, PutIfAbsent putIfAbsent, LakeFiles files)
      implements AutoCloseable {
    static Probe in(LakeRoot root, Configuration configuration) {
      // Named like other temporary files, so that 'penstock clean' removes it after a crash.
      Path path = new Path(root.resolve(LakeLayout.STATE), ".probe." + UUID.randomUUID());
      return new Probe(path, new PutIfAbsent(configuration), LakeFiles.of(path, configuration));
    }

    boolean put(String content) {
      return putIfAbsent.put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      files.delete(path);
    }
  }
}
