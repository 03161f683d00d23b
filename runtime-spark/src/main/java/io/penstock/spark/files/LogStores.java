package io.penstock.spark.files;

import io.delta.storage.HDFSLogStore;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * Knows which of Delta's log stores let exactly one of any number of processes commit a version.
 */
public final class LogStores {
  /**
   * The Spark setting by which users state that no other process writes to the lake while theirs
   * does.
   */
  public static final String ONLY_WRITER = "spark.penstock.onlyWriter";

  private static final Map<String, String> OWN =
      Map.of(
          "file", LocalLogStore.class.getName(),
          "hdfs", HDFSLogStore.class.getName(),
          "s3a", S3ALogStore.class.getName());

  /** Coordinates all writers through a shared database. */
  private static final Set<String> ALSO_SAFE_ON_S3A = Set.of("io.delta.storage.S3DynamoDBLogStore");

  private LogStores() {}

  /**
   * Why several processes can't safely publish to a table, and the fix.
   *
   * @param problem a sentence
   * @param fix what to do
   */
  public record Unsafe(String problem, String fix) {}

  /**
   * Checks a log store; empty when it is safe.
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
              "Cannot publish to a table on '%s': it is unknown whether %s keeps two writers apart there."
                  .formatted(scheme, store),
              "put the lake on file, hdfs or s3a."));
    }
    return Optional.of(
        new Unsafe(
            "Cannot publish to a table on '%s' by %s: two processes can both commit the same version, and one commit is lost."
                .formatted(scheme, store),
            "set spark.delta.logStore.%s.impl to %s and leave spark.delta.logStore.class out, when Spark starts; or set --conf %s=true if nobody else writes to this lake."
                .formatted(scheme, own, ONLY_WRITER)));
  }
}
