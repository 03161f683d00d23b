package io.penstock.spark.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.delta.storage.HDFSLogStore;
import io.delta.storage.S3SingleDriverLogStore;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LogStoresTest {
  @ParameterizedTest
  @CsvSource({
    "file:/lake/t, io.penstock.spark.files.LocalLogStore",
    "hdfs://cluster/lake/t, io.delta.storage.HDFSLogStore",
    "s3a://bucket/t, io.penstock.spark.files.S3ALogStore",
    "s3a://bucket/t, io.delta.storage.S3DynamoDBLogStore"
  })
  void safeStoresAreAccepted(String table, String store) {
    assertThat(LogStores.check(new Path(table), store)).isEmpty();
  }

  @Test
  void theDefaultStoresOfLocalDisksAndObjectStoresAreRefused() {
    LogStores.Unsafe local =
        LogStores.check(new Path("file:/lake/t"), HDFSLogStore.class.getName()).orElseThrow();
    assertThat(local.problem())
        .isEqualTo(
            "Cannot publish to a table on 'file' by io.delta.storage.HDFSLogStore: two processes"
                + " can both commit the same version, and one commit is lost.");
    assertThat(local.fix())
        .isEqualTo(
            "set spark.delta.logStore.file.impl to io.penstock.spark.files.LocalLogStore and leave"
                + " spark.delta.logStore.class out, when Spark starts; or set --conf"
                + " spark.penstock.onlyWriter=true if nobody else writes to this lake.");
    assertThat(LogStores.check(new Path("s3a://bucket/t"), S3SingleDriverLogStore.class.getName()))
        .isPresent();
  }

  @Test
  void storesOfUnknownFileSystemsAreRefused() {
    assertThat(
            LogStores.check(new Path("gs://bucket/t"), "io.delta.storage.GCSLogStore")
                .orElseThrow()
                .problem())
        .contains(
            "it is unknown whether io.delta.storage.GCSLogStore keeps two writers apart there");
  }
}
