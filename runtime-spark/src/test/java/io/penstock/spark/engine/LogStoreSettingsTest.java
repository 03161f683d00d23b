package io.penstock.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.delta.storage.GCSLogStore;
import io.delta.storage.HDFSLogStore;
import io.penstock.engine.EngineSettings;
import io.penstock.engine.Failure;
import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.files.LocalLogStore;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("spark")
class LogStoreSettingsTest {
  private static final String ON_GS = "spark.delta.logStore.gs.impl";

  @ParameterizedTest
  @ValueSource(strings = {"spark.delta.logStore.class", "delta.logStore.class"})
  void oneStoreForAllSchemesIsRefused(String key) {
    Failure failure = refused(Map.of(key, HDFSLogStore.class.getName()));

    assertThat(failure.message())
        .isEqualTo(
            "Cannot use %s=io.delta.storage.HDFSLogStore: Delta takes either one log store for everything or one for each scheme, and Penstock sets those of file and s3a."
                .formatted(key));
    assertThat(failure.fix()).contains("spark.delta.logStore.<scheme>.impl");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "org.example.Absent | there is no such class on the class path",
        "java.lang.String | the class isn't a log store of Delta",
        "io.delta.storage.HadoopFileSystemLogStore | the class is abstract, or has no constructor"
            + " by which Delta could make one",
      })
  void aClassThatDeltaCanNotUseIsRefused(String store, String problem) {
    Failure failure = refused(Map.of(ON_GS, store));

    assertThat(failure.message())
        .isEqualTo("Cannot use %s=%s: %s.".formatted(ON_GS, store, problem));
    assertThat(failure.fix()).contains("io.delta.storage.LogStore");
  }

  @Test
  void whatSparkSubmitSaysIsCheckedToo() {
    System.setProperty(ON_GS, "org.example.Absent");
    try {
      assertThat(refused(Map.of()).message()).contains(ON_GS, "org.example.Absent");
    } finally {
      System.clearProperty(ON_GS);
    }
  }

  @Test
  void anotherStoreForLocalTablesIsRefusedRatherThanReplaced() {
    String store = HDFSLogStore.class.getName();
    assertThat(refused(Map.of(LocalLogStore.SETTING, store)).message())
        .contains("Cannot use spark.delta.logStore.file.impl=" + store);
    System.setProperty(LocalLogStore.SETTING, store);
    try {
      assertThat(refused(Map.of()).message()).contains(store);
    } finally {
      System.clearProperty(LocalLogStore.SETTING);
    }
  }

  @Test
  void twoSpellingsThatDifferAreRefused() {
    Failure failure = refused(Map.of("delta.logStore.file.impl", HDFSLogStore.class.getName()));

    assertThat(failure.message())
        .contains(HDFSLogStore.class.getName(), LocalLogStore.class.getName(), "of 'file'");
    assertThat(failure.fix()).contains("leave out delta.logStore.file.impl");
  }

  @Test
  void storesOfDeltaAndOfUsersAreLeftToThem() {
    LogStoreSettings.check(
        Map.of(
            ON_GS,
            GCSLogStore.class.getName(),
            "delta.logStore.gs.impl",
            GCSLogStore.class.getName(),
            "spark.delta.logStore.hdfs.impl",
            "org.apache.spark.sql.delta.storage.HDFSLogStore"));
  }

  private static Failure refused(Map<String, String> configuration) {
    RunFailedException thrown =
        catchThrowableOfType(
            RunFailedException.class,
            () ->
                new SparkEngineProvider()
                    .open(
                        new EngineSettings(
                            "lake", Optional.empty(), configuration, EngineSettings.Logs.QUIET)));
    assertThat(thrown).as("opening the engine is refused").isNotNull();
    assertThat(thrown.failure().kind()).isEqualTo(FailureKind.INVALID);
    return thrown.failure();
  }
}
