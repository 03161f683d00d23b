package io.penstock.spark.files;

import io.penstock.engine.RunFailedException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * Finds out whether the store under a lake heeds the condition by which {@link PutIfAbsent} keeps
 * writers apart on S3A. Stores that only resemble S3 may ignore it in silence: then every writer is
 * told that it won, and what the others wrote is lost.
 */
public final class ConditionalWrites {
  /** The lakes of which this process knows. */
  private static final Set<Path> HEEDED = ConcurrentHashMap.newKeySet();

  private ConditionalWrites() {}

  /**
   * Refuses a lake whose store lets two writers win. The first time for a lake on S3A this writes
   * an object below {@code _penstock/}, tries to write it again, and removes it; other file systems
   * are known, and not asked.
   *
   * @param configuration with the session's settings in it: the {@linkplain LogStores#ONLY_WRITER
   *     only writer} of a lake needs no store that heeds it, though one that takes such writes
   * @throws RunFailedException if the store doesn't heed the condition
   */
  public static void require(LakeRoot root, Configuration configuration) {
    boolean known = !"s3a".equals(root.path().toUri().getScheme()) || HEEDED.contains(root.path());
    if (known || configuration.getBoolean(LogStores.ONLY_WRITER, false)) {
      return;
    }
    try (Probe probe = Probe.in(root, configuration)) {
      probe.put("first");
      if (probe.put("second")) {
        throw FileErrors.conditionIgnored(root.path());
      }
    }
    HEEDED.add(root.path());
  }

  private record Probe(Path path, PutIfAbsent putIfAbsent, LakeFiles files)
      implements AutoCloseable {
    static Probe in(LakeRoot root, Configuration configuration) {
      // Named like other temporary files, so that one whose process was killed is cleaned up.
      Path path = new Path(root.resolve(LakeLayout.OWN), ".probe." + UUID.randomUUID());
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
