package io.penstock.spark.compile;

import static io.penstock.dsl.Penstock.csv;
import static io.penstock.dsl.Penstock.delta;
import static io.penstock.dsl.Penstock.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.delta.storage.HDFSLogStore;
import io.penstock.dsl.Rows;
import io.penstock.plan.Problem;
import io.penstock.spark.files.LocalLogStore;
import io.penstock.spark.files.LogStores;
import io.penstock.spark.testing.EngineLake;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark was started with a log store that can lose a commit. */
@Tag("spark")
final class CommitSafetyTest {
  @TempDir private Path directory;
  private EngineLake lake;
  private SparkConf settings;

  @BeforeEach
  void useTheDefaultLogStore() {
    lake = new EngineLake(directory);
    lake.table("raw/rows", "SELECT 1 AS id");
    settings = SparkEnv.get().conf();
    settings.set(LocalLogStore.SETTING, HDFSLogStore.class.getName());
  }

  @AfterEach
  void restore() {
    settings.set(LocalLogStore.SETTING, LocalLogStore.class.getName());
    lake.spark().conf().unset(LogStores.ONLY_WRITER);
  }

  @Test
  void aDeltaSinkIsRefusedUnlessNobodyElseWrites() {
    Rows rows = read(delta("raw/rows"));

    List<Problem> problems = lake.invalid(rows.to(delta("mart/out").overwrite())).problems();

    assertThat(problems).extracting(Problem::code).containsExactly("UNSAFE_LOG_STORE");
    assertThat(problems.get(0).message()).contains(HDFSLogStore.class.getName());
    assertThat(problems.get(0).fix()).contains(LocalLogStore.class.getName());
    lake.spark().conf().set(LogStores.ONLY_WRITER, "true");
    lake.succeed(rows.to(delta("mart/out").overwrite()));
  }

  @Test
  void anExportNeedsNoDeltaLog() {
    lake.succeed(read(delta("raw/rows")).to(csv("export/out").overwrite()));
  }
}
