package io.penstock.spark.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.penstock.engine.FailureKind;
import io.penstock.engine.RunFailedException;
import io.penstock.spark.delta.KnownSettings;
import io.penstock.spark.testing.SparkTestSession;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.delta.DeltaConfigs;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.Metadata;
import org.apache.spark.sql.delta.actions.Protocol;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import scala.Option;
import scala.jdk.javaapi.CollectionConverters;

/** Settings by which one text gives other rows are refused, before Spark starts. */
@Tag("spark")
final class AllowedSettingsTest {
  @ParameterizedTest
  @CsvSource({
    "spark.sql.legacy.timeParserPolicy, LEGACY",
    "spark.sql.legacy.castComplexTypesToString.enabled, true",
    "spark.sql.parser.escapedStringLiterals, true",
    "spark.sql.legacy.parquet.datetimeRebaseModeInRead, LEGACY",
    "spark.databricks.delta.properties.defaults.appendOnly, true",
    "spark.databricks.delta.properties.defaults.enableDeletionVectors, true",
    "spark.databricks.delta.properties.defaults.columnMapping.mode, name",
    "spark.databricks.delta.properties.defaults.checkpointPolicy, v2",
    "spark.databricks.delta.properties.defaults.enableRowTracking, true",
    "spark.databricks.delta.properties.defaults.enableTypeWidening, true",
    "spark.databricks.delta.properties.defaults.enableInCommitTimestamps, true",
    "spark.databricks.delta.properties.defaults.minReaderVersion, 3",
    "spark.databricks.delta.properties.defaults.feature.v2Checkpoint, supported",
    "spark.databricks.delta.properties.defaults.notYetInvented, true",
    "spark.sql.parquet.outputTimestampType, TIMESTAMP_MILLIS",
    "spark.sql.parquet.datetimeRebaseModeInWrite, LEGACY",
    "spark.sql.parquet.int96RebaseModeInRead, LEGACY",
    "spark.sql.timestampType, TIMESTAMP_NTZ",
    "spark.sql.files.ignoreCorruptFiles, true",
    "spark.sql.files.ignoreMissingFiles, true",
    "spark.sql.mapKeyDedupPolicy, LAST_WIN",
    "spark.sql.storeAssignmentPolicy, LEGACY",
    "spark.sql.decimalOperations.allowPrecisionLoss, false",
    "spark.sql.parquet.int96TimestampConversion, true",
    "spark.sql.sources.partitionOverwriteMode, DYNAMIC",
    "spark.databricks.delta.stalenessLimit, 1h",
    "spark.databricks.delta.commitValidation.enabled, false",
    "spark.databricks.delta.schema.autoMerge.enabled, true",
    "spark.sql.session.timeZone, Asia/Seoul",
    "spark.sql.ansi.enabled, false",
    "spark.sql.caseSensitive, true"
  })
  void whatDecidesAboutRowsKeepsItsDefault(String key, String value) {
    assertThatThrownBy(() -> AllowedSettings.require(Map.of(key, value)))
        .isInstanceOfSatisfying(
            RunFailedException.class,
            e -> {
              assertThat(e.failure().kind()).isEqualTo(FailureKind.INVALID);
              assertThat(e.failure().code()).isEqualTo("SETTING_NOT_ALLOWED");
              assertThat(e.failure().message()).contains(key + "=" + value);
            });
  }

  @Test
  void allAreToldAtOnce() {
    assertThatThrownBy(
            () ->
                AllowedSettings.require(
                    Map.of(
                        "spark.sql.timestampType",
                        "TIMESTAMP_NTZ",
                        "spark.sql.files.ignoreMissingFiles",
                        "true")))
        .hasMessageContaining("spark.sql.timestampType=TIMESTAMP_NTZ")
        .hasMessageContaining("spark.sql.files.ignoreMissingFiles=true");
  }

  @ParameterizedTest
  @CsvSource({
    "spark.sql.shuffle.partitions, 400",
    "spark.sql.adaptive.enabled, false",
    "spark.sql.autoBroadcastJoinThreshold, -1",
    "spark.sql.parquet.compression.codec, zstd",
    "spark.databricks.delta.optimize.maxFileSize, 1048576",
    "spark.databricks.delta.properties.defaults.checkpointInterval, 20",
    "spark.databricks.delta.properties.defaults.logRetentionDuration, interval 60 days",
    "spark.sql.files.ignoreCorruptFiles, FALSE",
    "spark.sql.variable.substitute, true",
    "spark.sql.parquet.filterPushdown.date, true",
    "spark.sql.timestampType, timestamp_ltz",
    "spark.sql.of.an.extension, 7",
    "spark.executor.memory, 4g"
  })
  void whatDecidesAboutSpeedOrIsAsEverIsAllowed(String key, String value) {
    assertThatCode(() -> AllowedSettings.require(Map.of(key, value))).doesNotThrowAnyException();
  }

  @Test
  void everyPropertyThatNewTablesMayGetIsOneThatDeltaKnows() {
    assertThat(CollectionConverters.asJava(DeltaConfigs.getAllConfigs()).keySet())
        .containsAll(
            AllowedSettings.ALLOWED_TABLE_DEFAULTS.stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .toList());
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "3", "name", "v2", "interval 60 days"})
  void noPropertyThatNewTablesMayGetNeedsAFeature(String value) {
    for (String name : AllowedSettings.ALLOWED_TABLE_DEFAULTS) {
      Metadata table =
          (Metadata)
              Action.fromJson(
                  """
                  {"metaData":{"id":"t","format":{"provider":"parquet","options":{}},
                  "schemaString":"{\\"type\\":\\"struct\\",\\"fields\\":[]}",
                  "partitionColumns":[],"configuration":{"delta.%s":"%s"}}}
                  """
                      .formatted(name, value));
      assertThat(Protocol.forNewTable(SparkTestSession.spark(), Option.apply(table)).json())
          .as(name)
          .isEqualTo("{\"protocol\":{\"minReaderVersion\":1,\"minWriterVersion\":2}}");
    }
  }

  @Test
  void whatThisSessionIsOpenedWithIsAllowed() {
    assertThatCode(() -> AllowedSettings.require(Sessions.REQUIRED)).doesNotThrowAnyException();
  }

  @Test
  void everyAllowedNameIsOneThatSparkOrDeltaKnows() {
    Set<String> known = KnownSettings.names();

    assertThat(AllowedSettings.ALLOWED)
        .filteredOn(
            allowed ->
                known.stream()
                    .noneMatch(
                        name ->
                            name.equals(allowed)
                                || (allowed.endsWith(".") && name.startsWith(allowed))))
        .isEmpty();
  }
}
