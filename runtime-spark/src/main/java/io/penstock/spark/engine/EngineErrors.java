package io.penstock.spark.engine;

import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spec.LakePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.hadoop.fs.Path;

/** Every failure that an engine finds by itself: the problem, the place, why, the fix. */
final class EngineErrors {
  private EngineErrors() {}

  static RunFailedException logStoreOfEveryScheme(String key, String store) {
    return wrong(
        "Cannot use %s=%s: Delta takes either one log store for everything or one for each scheme, and Penstock sets those of file and s3a."
            .formatted(key, store),
        "leave it out; for the tables of one scheme set spark.delta.logStore.<scheme>.impl.");
  }

  static RunFailedException unusableLogStore(String key, String store, String problem) {
    return wrong(
        "Cannot use %s=%s: %s.".formatted(key, store, problem),
        "leave it out, or name a class that implements io.delta.storage.LogStore and put its jar on"
            + " the class path.");
  }

  static RunFailedException twoLogStores(String scheme, String store, String sparkStore) {
    return wrong(
        "Cannot use two log stores for the tables of '%1$s': delta.logStore.%1$s.impl is %2$s and spark.delta.logStore.%1$s.impl is %3$s."
            .formatted(scheme, store, sparkStore),
        "leave out delta.logStore.%1$s.impl, and set spark.delta.logStore.%1$s.impl alone."
            .formatted(scheme));
  }

  static RunFailedException nothingToShow(String message, String hint) {
    return usage("NOTHING_TO_SHOW", message, hint);
  }

  static RunFailedException noExport(LakePath path, String hint) {
    return usage("NO_EXPORT", "There is no export at '" + path + "'.", hint);
  }

  static UncheckedIOException unreadableRecord(Path file, IOException cause) {
    return new UncheckedIOException(
        "Cannot read the record '"
            + file
            + "' of a run: "
            + cause.getMessage()
            + ". Check that the lake can be reached; then ask again.",
        cause);
  }

  private static RunFailedException usage(String code, String message, String hint) {
    return new RunFailedException(new Failure(FailureKind.USAGE, code, message, hint));
  }

  private static RunFailedException wrong(String message, String hint) {
    return new RunFailedException(
        new Failure(FailureKind.INVALID, "INVALID_LOG_STORE", message, hint));
  }
}
