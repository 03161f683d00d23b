package io.penstock.spark.files;

import io.delta.storage.HDFSLogStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/** Which of Delta's log stores let exactly one of any number of processes commit a version. */
public final class LogStores {
  /**
   * The setting of Spark's configuration by which a user says that no other process writes to the
   * lake while his does.
   */
  public static final String ONLY_WRITER = "spark.penstock.onlyWriter";

  private static final Map<String, String> OWN =
      Map.of(
          "file", LocalLogStore.class.getName(),
          "hdfs", HDFSLogStore.class.getName(),
          "s3a", S3ALogStore.class.getName());

  /** Keeps what it decides in a database that all writers share. */
  private static final Set<String> ALSO_SAFE_ON_S3A = Set.of("io.delta.storage.S3DynamoDBLogStore");

  private LogStores() {}

  /**
   * Why a table can't be published to from several processes, and what to do about it.
   *
   * @param problem a sentence
   * @param fix how to go on
   */
  public record Unsafe(String problem, String fix) {}

  /**
   * Judges a log store.
   *
   * @param table qualified
   * @param store the class that writes the table's log
   */
  public static Optional<Unsafe> check(Path table, String store) {
    String scheme = String.valueOf(table.toUri().getScheme());
    String own = OWN.get(scheme);
    if (store.equals(own) || (scheme.equals("s3a") && ALSO_SAFE_ON_S3A.contains(store))) {
      return Optional.empty();
    }
    if (own == null) {
      return Optional.of(
          new Unsafe(
              "Cannot publish to a table on '%s': nothing is known about how %s keeps two writers apart there."
                  .formatted(scheme, store),
              "put the lake on file, hdfs or s3a."));
    }
    return Optional.of(
        new Unsafe(
            "Cannot publish to a table on '%s' by %s: two processes can both commit one version, and one of them is lost."
                .formatted(scheme, store),
            "set spark.delta.logStore.%s.impl to %s and leave spark.delta.logStore.class out, when Spark starts; or --conf %s=true if nobody else writes to this lake."
                .formatted(scheme, own, ONLY_WRITER)));
  }
}
